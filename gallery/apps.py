"""The gallery as a Django app."""

from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """Pictures, pairs and renders."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "gallery"

    def ready(self) -> None:
        """Connects the log-in signal. A kind of work that cannot be loaded stops the site from starting."""
        from gallery.accounts import taking_over  # noqa: F401
        from transfer import kinds

        kinds.known()
