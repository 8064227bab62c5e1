"""A kind of work that nothing else knows is asked for, planned, painted, resumed, shown, recalled and painted again.

The kind is defined here, and STYLESITE_KINDS names it: to this process, to the workers that are started, and to the
command line. So this file may be imported by any of them, and imports what is Django's only where it is used.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
from PIL import Image
from pydantic import Field

from tests.gallery.processes import painting_processes
from tests.pictures import as_bytes, photograph
from transfer import kinds
from transfer.engine.ladder import Rung, fit, rungs
from transfer.inputs import Inputs, Role
from transfer.kinds import Kind, Takes
from transfer.metadata import decode
from transfer.planning.planner import Plan, RungPlan, Speed
from transfer.recipes.base import REPORTING, Recipe, group

Size = tuple[int, int]
MIB = 2**20
PAINTED = Path(os.environ.get("STYLESITE_DATA", ".")) / "mosaic.log"  # a line for every iteration with a pause


class MosaicRecipe(Recipe):
    """How a picture becomes a mosaic."""

    kind: ClassVar[str] = "mosaic"
    version: ClassVar[int] = 2
    renamed: ClassVar[Mapping[str, str]] = {"tiles": "stones"}

    stones: int = Field(8, ge=2, le=64, title="Stones", description="Stones along each side.")
    grout: Literal["none", "dark"] = Field("none", title="Grout", description="What is between the stones.")
    pause: float = Field(0.0, ge=0, le=1, title="Pause", description="Seconds that each iteration waits.")
    num_iterations: int = Field(20, ge=1, le=500, title="Iterations", description="On the lowest rung.")
    learning_rate: ClassVar[float] = 0.05
    optimizer: ClassVar[Literal["adam"]] = "adam"
    early_stopping: ClassVar[float] = 0.0
    print_iter: int = Field(0, ge=0, le=100, title="Print", description="None.", json_schema_extra=group(REPORTING))
    save_iter: ClassVar[int] = 0


def size(recipe: MosaicRecipe, sizes: Mapping[Role, Sequence[Size]]) -> Size:
    return fit(sizes[Role.CONTENT][0], recipe.image_size)


def plan(
    recipe: MosaicRecipe, sizes: Mapping[Role, Sequence[Size]], width: int, memory: int | None, speed: Speed | None
) -> Plan:
    return Plan(
        tuple(
            RungPlan(
                size=fit(sizes[Role.CONTENT][0], rung.long_side),
                iterations=rung.iterations,
                tiles=1,
                overdraw=1.0,
                memory=500 * MIB,
                seconds=rung.iterations * (0.01 + recipe.pause),
                seconds_before=0.0,
            )
            for rung in rungs(recipe)
        )
    )


def least_memory(recipe: MosaicRecipe, sizes: Mapping[Role, Sequence[Size]], width: int) -> int:
    return 500 * MIB


def advice(recipe: MosaicRecipe, pictures: Mapping[Role, Sequence[object]]) -> list[str]:
    return ["Stones of one pixel are no mosaic."] if recipe.stones == 64 else []


def painter(inputs: Inputs, recipe: MosaicRecipe, device: Any, weights: object = None) -> Any:
    """Imports torch, so it must be a function."""
    import torch
    from torch.nn import functional

    from transfer.engine.goal import Goal
    from transfer.engine.layout import Layout
    from transfer.engine.objective import Losses
    from transfer.engine.painter import GoalPainter
    from transfer.images import scaled

    content = inputs.of(Role.CONTENT)[0]

    class Stones:
        """The mean squared distance to the content's mean colours."""

        def __init__(self, target: torch.Tensor) -> None:
            self.target = target

        def gradient(self, image: torch.Tensor, into: torch.Tensor) -> Generator[float, None, Losses]:
            if recipe.pause:
                time.sleep(recipe.pause)
                with PAINTED.open("a") as file:
                    print("one more iteration", file=file)
            difference = image - self.target
            into.copy_(2 * difference / difference.numel())
            yield 0.5
            return Losses({"stones": float(difference.square().mean())})

    class MosaicGoal(Goal):
        smallest_tile = 1

        def identity(self) -> list[object]:
            return ["mosaic", recipe.stones, recipe.grout, content.tobytes().hex()]

        def size(self, rung: Rung) -> Size:
            return fit(content.size, rung.long_side)

        def layout(self, rung: Rung, memory: int | None) -> Layout:
            return Layout(tile_pixels=10**9, keeps_features=False, corrections=1)

        def start(self, rung: Rung, below: torch.Tensor | None) -> torch.Tensor:
            width, height = self.size(rung)
            if below is None:
                return torch.full((1, 3, height, width), 0.5)
            return functional.interpolate(below, (height, width))

        def objective(self, rung: Rung, layout: Layout, anchors: Sequence[Any]) -> Iterator[float]:
            yield 0.0
            width, height = self.size(rung)
            stones = functional.adaptive_avg_pool2d(scaled(content, (width, height)), recipe.stones)
            return Stones(functional.interpolate(stones, (height, width)))

        def to_cpu(self) -> None:
            raise AssertionError("it is there already")

    return GoalPainter(MosaicGoal(recipe, torch.device("cpu")), weights_sha256="", width=4)


MOSAIC = Kind(
    title="Mosaic",
    recipe=MosaicRecipe,
    takes=(Takes(Role.CONTENT, 1, 1, "Motif", "The picture that is laid in stone", use="Lay it in stone"),),
    makes="{content} in stone",
    painter=f"{__name__}:painter",
    planner=__name__,
)


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The kind, to this process and to those that it starts."""
    monkeypatch.setenv("STYLESITE_KINDS", f"{__name__}:MOSAIC")
    kinds.known.cache_clear()
    yield
    kinds.known.cache_clear()


@pytest.fixture
def motif() -> Any:
    from tests.gallery.files import upload

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
    status_of: Callable[..., dict],
    until: Callable[..., None],
) -> None:
    from django.conf import settings

    worker = start_worker()
    shelf = Path(settings.DATA) / "checkpoints"
    address = ask(stones="4", pause="0.1", num_iterations="70").headers["Location"]
    identifier = address.split("/")[2]
    until(lambda: status_of(identifier)["progress"]["preview"], "the render shows a preview")
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
    from gallery.models import Render, RenderInput
    from gallery.pictures import blobs, thumbnails

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
    from tests.gallery.files import upload

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
    from gallery.models import Render, Sweep

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
    from gallery.models import Render

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
    import subprocess

    return subprocess.run([sys.executable, "-m", "transfer", *map(str, words)], check=False).returncode


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
    assert "--stones: input should be less than or equal to 64" in capfd.readouterr().err
