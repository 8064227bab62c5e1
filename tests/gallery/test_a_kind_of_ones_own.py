"""A kind of work that nothing else knows is asked for, planned, painted, resumed, shown, recalled and painted again.

STYLESITE_KINDS names it: to this process, to the workers that are started, and to the command line.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from gallery.models import Render, RenderInput, Sweep
from gallery.pictures import blobs, thumbnails
from tests.gallery import mosaic
from tests.gallery.files import upload
from tests.gallery.mosaic import PAINTED, MosaicRecipe
from tests.gallery.processes import painting_processes
from tests.pictures import as_bytes, photograph
from transfer import kinds
from transfer.inputs import Role
from transfer.metadata import decode


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The kind, to this process and to those that it starts."""
    monkeypatch.setenv("STYLESITE_KINDS", f"{mosaic.__name__}:MOSAIC")
    kinds.known.cache_clear()
    yield
    kinds.known.cache_clear()


@pytest.fixture
def motif() -> Any:

    return upload("house.jpg", as_bytes(photograph((96, 72)), "JPEG"))


@pytest.fixture
def ask(client: Any, db: None, motif: Any) -> Callable[..., Any]:
    """Posts the studio's form for a mosaic."""

    def post(**fields: str) -> Any:
        motif.seek(0)
        return client.post("/new/", {"kind": "mosaic", "content": motif, "image_size": "64", **fields})

    return post


def made(row: Any) -> Any:
    """What the file of a render says of itself."""
    with row.output.open("rb") as file, Image.open(file) as image:
        return decode(image)


def test_the_studio_has_its_form_and_offers_no_other_kinds_places(client: Any, db: None) -> None:
    page = client.get("/new/?kind=mosaic").content.decode()

    for name in ("stones", "grout", "pause", "image_size", "num_iterations", "content"):
        assert f'name="{name}"' in page
    for name in ("style", "strength", "start", "print_iter", "regions"):
        assert f'name="{name}"' not in page
    assert "Motif" in page
    assert 'name="kind" value="mosaic"' in page
    assert "Regions" not in page
    assert client.get("/new/?kind=unheard").status_code == 404


def test_the_plan_and_the_advice_are_its_own(client: Any, db: None) -> None:
    fields = {"kind": "mosaic", "content_size": "96x72", "image_size": "64", "stones": "64"}
    told = client.post("/new/plan/", fields).content.decode()

    assert "0.5 GiB" in told
    assert "64 × 48 px" in told
    assert "no mosaic" in told


def test_what_is_wrong_stands_beside_its_fields_and_places(ask: Callable[..., Any], client: Any, db: None) -> None:
    assert list(ask(stones="999").context["form"].errors) == ["stones"]
    assert list(client.post("/new/", {"kind": "mosaic"}).context["form"].errors) == ["content"]


def test_it_is_painted_killed_taken_up_again_shown_and_painted_once_more(
    ask: Callable[..., Any],
    client: Any,
    start_worker: Callable[[], Any],
    wait_for: Callable[..., Any],
    until: Callable[..., None],
    wait_for_preview: Callable[..., None],
) -> None:
    worker = start_worker()
    shelf = Path(settings.DATA) / "checkpoints"
    address = ask(stones="4", pause="0.1", num_iterations="70").headers["Location"]
    identifier = address.split("/")[2]
    wait_for_preview(identifier)
    watching = client.get(address).content.decode()
    assert "Stones" in watching
    until(lambda: list(shelf.glob("*/[0-9]*")), "a checkpoint is written")
    (process,) = painting_processes(worker)

    os.kill(process, signal.SIGKILL)

    row = wait_for(identifier, "completed", "failed")
    assert (row.status, row.error, row.attempt) == ("completed", "", 2)
    assert len(PAINTED.read_text().splitlines()) < 70 + 15  # though it was killed after more than that
    assert [point[0] for point in row.curve][-1] == 70
    assert row.pair is None

    provenance = made(row)
    assert provenance.recipe == MosaicRecipe(image_size=64, stones=4, pause=0.1, num_iterations=70)
    assert [(each.role, each.place, each.name) for each in provenance.inputs] == [(Role.CONTENT, 0, "house.jpg")]
    assert provenance.text().startswith("house.jpg in stone\nSize: 64x48, Steps: 70")
    with row.output.open("rb") as file, Image.open(file) as image:
        assert len(image.convert("RGB").quantize(4).getcolors()) == 4

    page = client.get(address)
    assert page.status_code == 200
    assert '<th scope="row">Stones' in page.content.decode()
    for where in ("/", "/queue/", f"{address}status.json"):
        assert client.get(where).status_code == 200

    larger = client.post(f"{address}bigger/", {"image_size": "128"})
    other = wait_for(larger.headers["Location"].split("/")[2], "completed", "failed")
    assert (other.status, other.error, other.parent_id) == ("completed", "", row.pk)
    assert (other.recipe.stones, other.width) == (4, 128)


@pytest.fixture
def finished(make_picture: Callable[..., Any]) -> Any:
    """A mosaic that is finished, painted by nobody."""

    picture = photograph((64, 48))
    row = Render.objects.create(
        recipe_json=MosaicRecipe(image_size=64, stones=5).model_dump(mode="json"),
        status="completed",
        output=blobs.store("renders", as_bytes(picture), ".png"),
        width=64,
        height=48,
        **thumbnails.make(picture).fields(),
    )
    RenderInput.objects.create(render=row, role=Role.CONTENT, place=0, picture=make_picture(seed=1))
    return row


def test_what_is_finished_is_offered_to_it(finished: Any, client: Any) -> None:
    offer = f"/new/?kind=mosaic&amp;content_render={finished.pk}"
    for page in (client.get("/"), client.get(finished.get_absolute_url())):
        assert f'href="{offer}">Lay it in stone</a>' in page.content.decode()
    (slot,) = client.get(offer.replace("&amp;", "&")).context["form"].picture_slots
    assert slot.chosen == finished


def test_a_file_is_recalled_as_what_it_is(client: Any, db: None, tmp_path: Path, motif: Any) -> None:

    file = tmp_path / "stone.png"
    words = ["--content", as_file(tmp_path), "--stones", "5", "--image-size", "64"]
    assert run("paint", "mosaic", *words, "-o", file) == 0

    form = client.post("/new/recall/", {"finished": upload("stone.png", file.read_bytes())}).context["form"]
    assert form.kind is kinds.known()["mosaic"]
    assert (form["stones"].value(), form["image_size"].value()) == (5, 64)
    assert form.picture_slots[0].notice.startswith("“house.jpg”")


def test_its_recipe_is_remixed_swept_and_re_rendered_by_staff(
    finished: Any, client: Any, charlies_browser: Any, clean_queue: Any
) -> None:

    form = client.get(f"/new/?from={finished.pk}").context["form"]
    assert (form.kind.name, form["stones"].value()) == ("mosaic", 5)
    assert form.picture_slots[0].chosen is not None

    fields = {"from": finished.pk, "axis_1": "stones", "values_1": "3, 4"}
    assert client.post("/sweeps/new/", fields).status_code == 302
    sweep = Sweep.objects.get()
    assert [cell.recipe.stones for cell in sweep.renders.order_by("sweep_place")] == [3, 4]
    assert "Stones" in client.get(f"/sweeps/{sweep.pk}/").content.decode()

    asked = {
        "action": "rerender",
        "_selected_action": [finished.pk],
        "change": ["stones"],
        "stones": "7",
        "image_size": "64",
    }
    assert charlies_browser.post("/admin/gallery/render/", asked).status_code == 302
    again = Render.objects.get(parent=finished)
    assert (again.recipe.stones, again.recipe.kind) == (7, "mosaic")


def test_renders_of_several_kinds_are_not_re_rendered_by_one_recipe(
    finished: Any, make_finished: Callable[..., Any], charlies_browser: Any
) -> None:
    asked = {"action": "rerender", "_selected_action": [finished.pk, make_finished().pk]}
    page = charlies_browser.post("/admin/gallery/render/", asked, follow=True).content.decode()
    assert "of several kinds" in page


def test_a_stored_recipe_of_its_first_version_is_mended_and_that_is_said(finished: Any, client: Any) -> None:

    old = {"kind": "mosaic", "image_size": 64, "tiles": 12, "pause": 7, "mortar": "wet"}
    Render.objects.filter(pk=finished.pk).update(recipe_json=old)
    page = client.get(f"/renders/{finished.pk}/").content.decode()

    assert Render.objects.get(pk=finished.pk).recipe == MosaicRecipe(image_size=64, stones=12, pause=1.0)
    assert "Pause cannot be “7” here: it is 1.0." in page
    assert "“mortar” is unknown here and was left out." in page


def test_where_nobody_knows_the_kind_any_more_every_page_still_answers(
    finished: Any, client: Any, charlies_browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STYLESITE_KINDS")
    kinds.known.cache_clear()
    address = f"/renders/{finished.pk}/"

    for where in (address, f"{address}status.json", "/", "/queue/", f"/new/?recipe={finished.pk}"):
        assert client.get(where).status_code in (200, 422), where
    assert "does not know the kind of work “mosaic”" in client.get(address).content.decode()
    assert charlies_browser.get(f"/admin/gallery/render/{finished.pk}/change/").status_code == 200
    for status in ("pending", "in_progress", "failed", "canceled"):
        type(finished).objects.filter(pk=finished.pk).update(status=status, output="", width=0, height=0)
        for where in (address, f"{address}status.json", "/queue/"):
            assert client.get(where).status_code == 200, (status, where)


def as_file(folder: Path) -> Path:
    path = folder / "house.jpg"
    path.write_bytes(as_bytes(photograph((96, 72)), "JPEG"))
    return path


def run(*words: object) -> int:
    """The command line's exit status."""

    return subprocess.run([sys.executable, "-m", "transfer", *map(str, words)], check=False).returncode


@pytest.mark.slow
def test_the_command_line_paints_it_resumes_it_and_plans_it(tmp_path: Path, capfd: pytest.CaptureFixture) -> None:
    words = ["paint", "mosaic", "--content", as_file(tmp_path), "--stones", "6", "--checkpoints", tmp_path / "kept"]
    assert run(*words, "--image-size", "64", "-o", tmp_path / "small.png") == 0
    assert run(*words, "--image-size", "200", "--print-iter", "1", "-o", tmp_path / "large.png") == 0
    with Image.open(tmp_path / "large.png") as image:
        found = decode(image)
    assert found is not None
    assert found.recipe == MosaicRecipe(image_size=200, stones=6, print_iter=1)
    assert [each.name for each in found.of(Role.CONTENT)] == ["house.jpg"]

    assert run("paint", "mosaic", "--content", tmp_path / "house.jpg", "--plan") == 0
    assert "500 MiB" in capfd.readouterr().out
    assert run("paint", "mosaic", "-o", tmp_path / "x.png") == 1
    assert "--content: 0 files are given, but 1 needed." in capfd.readouterr().err
    assert run("paint", "mosaic", "--content", tmp_path / "house.jpg", "--stones", "999", "-o", tmp_path / "x.png") == 1
    assert "--stones: 999 is too large: the most is 64" in capfd.readouterr().err
