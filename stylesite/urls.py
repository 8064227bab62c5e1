"""The site's addresses."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("gallery.urls")),
    # Workers were called machines once.
    path("admin/gallery/machine/<path:rest>", RedirectView.as_view(url="/admin/gallery/worker/%(rest)s")),
    path("admin/gallery/machine/", RedirectView.as_view(url="/admin/gallery/worker/")),
    path("admin/", admin.site.urls),
]
