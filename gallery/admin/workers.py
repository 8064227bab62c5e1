"""Workers in the admin."""

from django.contrib import admin
from django.http import HttpRequest

from gallery.models import Worker


@admin.register(Worker)
class WorkerAdmin(admin.ModelAdmin):
    """The workers, as they report themselves."""

    list_display = ("name", "host", "device", "seen", "started")
    fields = readonly_fields = ("name", "host", "device", "memory", "networks", "facts", "started", "seen")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Workers register themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Worker | None = None) -> bool:
        """And say themselves what they are."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Worker | None = None) -> bool:
        """They are forgotten a day after they were last heard of."""
        return False
