"""The gallery as a Django app."""

from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """Pictures, pairs and renders."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "gallery"

    def ready(self) -> None:
        """Connects the signal handler for log-ins."""
        from gallery.accounts import taking_over  # noqa: F401
