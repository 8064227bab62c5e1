"""`manage.py worker`: paints waiting renders until it is told to stop."""

import logging
import os
import socket
from typing import Any

import django_rq
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from redis.exceptions import RedisError

from gallery.queueing.queue import QUEUE
from transfer.process import yield_the_processor


class Command(BaseCommand):
    """One worker; start as many as there are devices."""

    help = "Paints waiting renders until it is told to stop (SIGTERM or Ctrl-C)."

    def add_arguments(self, parser: Any) -> None:
        """The worker's name must be unique."""
        parser.add_argument("--name", default=f"{socket.gethostname()}.{os.getpid()}", help="default: host and process")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports torch once, then works."""
        yield_the_processor()
        from gallery.painting.process import RenderWorker

        logging.getLogger("rq").propagate = False
        queue = django_rq.get_queue(QUEUE)
        try:
            worker = RenderWorker(
                [queue], name=options["name"], connection=queue.connection, serializer=queue.serializer
            )
            connections.close_all()
            worker.work(logging_level="WARNING" if options["verbosity"] < 2 else "INFO")
        except RedisError as error:
            raise CommandError(f"The queue cannot be reached: {error}") from error
