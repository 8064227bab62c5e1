"""The gallery's addresses."""

from django.urls import path

from gallery.views import gallery, health, media, pairs, pictures, queue, renders, studio

urlpatterns = [
    path("", gallery.index, name="gallery"),
    path("new/", studio.new, name="new"),
    path("renders/<uuid:render_id>/", renders.page, name="render"),
    path("renders/<uuid:render_id>/status.json", renders.status, name="render_status"),
    path("renders/<uuid:render_id>/frame.jpg", renders.frame, name="render_frame"),
    path("renders/<uuid:render_id>/cancel/", renders.cancel, name="render_cancel"),
    path("renders/<uuid:render_id>/delete/", renders.delete, name="render_delete"),
    path("pairs/<uuid:pair_id>/", pairs.page, name="pair"),
    path("pictures/", pictures.mine, name="pictures"),
    path("pictures/<uuid:picture_id>/delete/", pictures.delete, name="picture_delete"),
    path("queue/", queue.page, name="queue"),
    path("healthz", health.check, name="health"),
    path("media/<path:name>", media.serve, name="media"),
]
