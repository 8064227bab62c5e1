"""The site's addresses."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse

handler400 = "gallery.views.refused.bad_request"


def _worker(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Workers were called machines once."""
    return redirect(reverse("admin:gallery_worker_changelist") + rest)


urlpatterns = [
    path("", include("gallery.urls")),
    path("admin/gallery/machine/<path:rest>", _worker),
    path("admin/gallery/machine/", _worker),
    path("admin/", admin.site.urls),
]
