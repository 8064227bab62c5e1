"""The gallery's addresses."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from gallery.views import (
    accounts,
    collections,
    crediting,
    gallery,
    health,
    media,
    pairs,
    pictures,
    queue,
    selection,
    theme,
)
from gallery.views.renders import downloads, editing, marks, relief, rerender, watching
from gallery.views.renders import page as renders
from gallery.views.studio import (
    cookbook,
    examples,
    instant,
    making,
    new_sweep,
    picker,
    plan,
    preview,
    recall,
    regions,
    starters,
    sweeps,
)
from gallery.views.studio import new as studio
from transfer.synthesis.exports.files import RAW_SIDES


def _maps(of: str, under: str) -> Iterator[URLPattern]:
    """The files of what is known of a picture's places; `of` is what has them, and begins their names."""
    yield path(f"{under}relief.glb", relief.model, name=f"{of}_model")
    yield path(f"{under}height.png", relief.height_map, name=f"{of}_height_map")
    yield path(f"{under}normals.png", relief.normals, name=f"{of}_normals")
    yield path(f"{under}maps.zip", relief.maps, name=f"{of}_maps")
    for ending in ("geojson", "svg"):
        yield path(f"{under}rivers.{ending}", relief.rivers, {"ending": ending}, name=f"{of}_rivers_{ending}")
    for side in RAW_SIDES:
        yield path(f"{under}height-{side}.raw", relief.raw, {"side": side}, name=f"{of}_raw_{side}")


urlpatterns = [
    path("", gallery.index, name="gallery"),
    path("suggestions/", gallery.suggestions, name="suggestions"),
    path("new/", studio.new, name="new"),
    path("new/plan/", plan.fragment, name="new_plan"),
    path("new/preview/", preview.preview, name="new_preview"),
    path("new/instant/", instant.picture, name="new_instant"),
    path("new/choose/", picker.choose, name="new_choose"),
    path("new/recall/", recall.opened, name="new_recall"),
    path("new/compare/", recall.compared, name="new_compare"),
    path("new/regions/", regions.automatic, name="new_regions"),
    path("new/regions/<uuid:identifier>.webp", regions.picture, name="new_regions_picture"),
    path("new/regions/<uuid:identifier>/places.json", regions.places, name="new_regions_places"),
    path("starters/", starters.paint, name="starters"),
    path("starters/<slug:sample>.webp", starters.picture, name="sample"),
    path("starters/<slug:sample>/", starters.take, name="sample_take"),
    path("examples/", examples.page, name="examples"),
    path("cookbook/", cookbook.page, name="cookbook"),
    path("make/", making.first, name="make"),
    path("make/earth/map.webp", making.earth_map, name="make_earth_map"),
    path("make/earth/places.webp", making.earth_places, name="make_earth_places"),
    path("make/<slug:generator>/", making.page, name="make_one"),
    path("make/<slug:generator>.webp", making.preview, name="make_preview"),
    path("renders/<uuid:render_id>/", renders.page, name="render"),
    path("renders/<uuid:render_id>/status.json", watching.status, name="render_status"),
    path("renders/<uuid:render_id>/frame.jpg", watching.frame, name="render_frame"),
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
    path("renders/<uuid:render_id>/output.png", downloads.original, name="render_png"),
    path("renders/<uuid:render_id>/output.webp", downloads.picture, {"ending": "webp"}, name="render_webp"),
    path("renders/<uuid:render_id>/output.avif", downloads.picture, {"ending": "avif"}, name="render_avif"),
    path("renders/<uuid:render_id>/film.mp4", downloads.film, name="render_film"),
    path("renders/<uuid:render_id>/timelapse.mp4", downloads.timelapse, {"ending": "mp4"}, name="render_mp4"),
    path("renders/<uuid:render_id>/timelapse.webp", downloads.timelapse, {"ending": "webp"}, name="render_animation"),
    path("renders/<uuid:render_id>/before-after.webp", downloads.compared, {"ending": "webp"}, name="render_beside"),
    path("renders/<uuid:render_id>/before-after.png", downloads.compared, {"ending": "png"}, name="render_beside_png"),
    path("renders/<uuid:render_id>/before-after.mp4", downloads.compared, {"ending": "mp4"}, name="render_clip"),
    path("renders/<uuid:render_id>/recipe.json", downloads.recipe, name="render_recipe"),
    path("renders/<uuid:render_id>/like/", marks.mark, {"kind": "like"}, name="render_like"),
    path("renders/<uuid:render_id>/favourite/", marks.mark, {"kind": "favourite"}, name="render_favourite"),
    path("renders/<uuid:render_id>/edit/", editing.edit, name="render_edit"),
    path("renders/<uuid:render_id>/relief/height.bin", relief.height, name="render_height"),
    *_maps("render", "renders/<uuid:render_id>/relief/"),
    path("renders/<uuid:render_id>/bigger/", rerender.bigger, name="render_bigger"),
    path("renders/<uuid:render_id>/reseed/", rerender.reseed, name="render_reseed"),
    path("sweeps/", sweeps.mine, name="sweeps"),
    path("sweeps/new/", new_sweep.new, name="new_sweep"),
    path("sweeps/plan/", new_sweep.plan, name="sweep_plan"),
    path("sweeps/<uuid:sweep_id>/", sweeps.page, name="sweep"),
    path("sweeps/<uuid:sweep_id>/cells/", sweeps.cells, name="sweep_cells"),
    path("sweeps/<uuid:sweep_id>/pick/", sweeps.pick, name="sweep_pick"),
    path("sweeps/<uuid:sweep_id>/cancel/", sweeps.cancel, name="sweep_cancel"),
    path("sweeps/<uuid:sweep_id>/retry/", sweeps.retry, name="sweep_retry"),
    path("sweeps/<uuid:sweep_id>/restore/", sweeps.restore, name="sweep_restore"),
    path("sweeps/<uuid:sweep_id>/sheet.jpg", sweeps.sheet_picture, name="sweep_sheet"),
    path("sweeps/<uuid:sweep_id>/delete/", sweeps.delete, name="sweep_delete"),
    path("renders/<uuid:render_id>/collections/", collections.of_render, name="render_collections"),
    path("collections/", collections.index, name="collections"),
    path("collections/<uuid:collection_id>/", collections.page, name="collection"),
    path("collections/<uuid:collection_id>/edit/", collections.edit, name="collection_edit"),
    path("collections/<uuid:collection_id>/delete/", collections.delete, name="collection_delete"),
    path("collections/<uuid:collection_id>/move/", collections.move, name="collection_move"),
    path("collections/<uuid:collection_id>/feature/", collections.feature, name="collection_feature"),
    path("pairs/<uuid:pair_id>/", pairs.page, name="pair"),
    path("pictures/", pictures.mine, name="pictures"),
    path("pictures/<uuid:picture_id>/delete/", pictures.delete, name="picture_delete"),
    path("pictures/<uuid:picture_id>/credit/", crediting.edit, name="picture_credit"),
    path("selection/tag/", selection.tag, name="selection_tag"),
    path("selection/collect/", selection.collect, name="selection_collect"),
    path("selection/credit/", selection.credit, name="selection_credit"),
    path("selection/download/", selection.download, name="selection_download"),
    path("selection/delete/", selection.delete, name="selection_delete"),
    path("selection/undo/", selection.undo, name="selection_undo"),
    path("theme/", theme.choose, name="theme"),
    path("pictures/<uuid:picture_id>/relief/", relief.page, name="picture_relief"),
    path("pictures/<uuid:picture_id>/relief/height.bin", relief.height, name="picture_height"),
    *_maps("picture", "pictures/<uuid:picture_id>/relief/"),
    path("queue/", queue.page, name="queue"),
    path("queue/retry-failed/", queue.retry_failed, name="queue_retry_failed"),
    path("login/", accounts.log_in, name="login"),
    path("logout/", accounts.log_out, name="logout"),
    path("healthz", health.check, name="health"),
    path("media/<path:name>", media.serve, name="media"),
]
