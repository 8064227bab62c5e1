"""The gallery as a Django app."""

from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """Pictures, pairs and renders."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "gallery"
