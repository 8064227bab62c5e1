"""The gallery as a Django app."""

from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """Pictures, pairs and renders."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "gallery"

    def ready(self) -> None:
        """What happens at log-in is heard of, and whatever a render is found by stays current."""
        from gallery.accounts import taking_over  # noqa: F401
        from gallery.browsing.search import keep_words_current

        keep_words_current()
