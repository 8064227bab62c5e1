"""The gallery's addresses."""

from django.urls import path

from gallery.views import accounts, gallery, health, media, pairs, pictures, plan, queue, renders, studio, sweeps

urlpatterns = [
    path("", gallery.index, name="gallery"),
    path("new/", studio.new, name="new"),
    path("new/plan/", plan.fragment, name="new_plan"),
    path("renders/<uuid:render_id>/", renders.page, name="render"),
    path("renders/<uuid:render_id>/status.json", renders.status, name="render_status"),
    path("renders/<uuid:render_id>/frame.jpg", renders.frame, name="render_frame"),
    path("renders/<uuid:render_id>/cancel/", renders.cancel, name="render_cancel"),
    path("renders/<uuid:render_id>/pause/", renders.pause, name="render_pause"),
    path("renders/<uuid:render_id>/keep/", renders.keep, name="render_keep"),
    path("renders/<uuid:render_id>/resume/", renders.resume, name="render_resume"),
    path("renders/<uuid:render_id>/retry/", renders.retry, name="render_retry"),
    path("renders/<uuid:render_id>/up/", queue.move, {"to": "up"}, name="render_up"),
    path("renders/<uuid:render_id>/down/", queue.move, {"to": "down"}, name="render_down"),
    path("renders/<uuid:render_id>/front/", queue.move, {"to": "front"}, name="render_front"),
    path("renders/<uuid:render_id>/to/<uuid:other_id>/", queue.move_to, name="render_to"),
    path("renders/<uuid:render_id>/delete/", renders.delete, name="render_delete"),
    path("sweeps/", sweeps.mine, name="sweeps"),
    path("sweeps/new/", sweeps.new, name="new_sweep"),
    path("sweeps/<uuid:sweep_id>/", sweeps.page, name="sweep"),
    path("sweeps/<uuid:sweep_id>/cells/", sweeps.cells, name="sweep_cells"),
    path("sweeps/<uuid:sweep_id>/pick/", sweeps.pick, name="sweep_pick"),
    path("sweeps/<uuid:sweep_id>/cancel/", sweeps.cancel, name="sweep_cancel"),
    path("sweeps/<uuid:sweep_id>/retry/", sweeps.retry, name="sweep_retry"),
    path("sweeps/<uuid:sweep_id>/delete/", sweeps.delete, name="sweep_delete"),
    path("pairs/<uuid:pair_id>/", pairs.page, name="pair"),
    path("pictures/", pictures.mine, name="pictures"),
    path("pictures/<uuid:picture_id>/delete/", pictures.delete, name="picture_delete"),
    path("queue/", queue.page, name="queue"),
    path("queue/retry-failed/", queue.retry_failed, name="queue_retry_failed"),
    path("login/", accounts.log_in, name="login"),
    path("logout/", accounts.log_out, name="logout"),
    path("healthz", health.check, name="health"),
    path("media/<path:name>", media.serve, name="media"),
]
