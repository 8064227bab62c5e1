"""`manage.py instant`: shows the studio's sliders their pictures, until it is told to stop."""

from typing import Any

from django.core.management.base import BaseCommand

from transfer.process import keep_freed_memory, yield_the_processor


class Command(BaseCommand):
    """One is enough for a machine; without any, the studio shows its previews as workers paint them."""

    help = "Makes instant pictures for the studio until it is told to stop (SIGTERM or Ctrl-C)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads the networks, then answers."""
        yield_the_processor()
        keep_freed_memory()
        from gallery.painting.instant import Resident

        Resident().run()
