"""A render continues from where it was, and so does one that differs only in its size; the pixels stay the same."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from gallery.models import Render, Status
from gallery.painting import paint
from gallery.painting.claiming import claim, see_through
from gallery.painting.following import Stopped
from gallery.processes.parts import Part
from tests.gallery.processes import painting_processes
from tests.gallery.undisturbed import pixels, pixels_undisturbed
from transfer.engine import render as engine
from transfer.engine.step import Step

Make = Callable[..., Render]
pytestmark = pytest.mark.usefixtures("one_thread")

SHELF = Path(settings.DATA) / "checkpoints"


def on_the_shelf() -> list[Path]:
    return sorted(SHELF.glob("*/[0-9]*"))


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The rung and iteration of every step painted in this process."""
    found: list[tuple[int, int]] = []
    render = engine.render

    def noted(*arguments: object) -> Iterator[object]:
        for step in render(*arguments):
            if isinstance(step, Step):
                found.append((step.rung.long_side, step.iteration))
            yield step

    monkeypatch.setattr(engine, "render", noted)
    return found


@pytest.mark.slow
def test_one_whose_painter_is_killed_within_a_rung_has_the_pixels_of_one_that_nobody_disturbed(
    start_worker: Callable[[], Part], make_render: Make, wait_for: Callable[..., Render], until: Callable[..., None]
) -> None:
    worker = start_worker()
    render = make_render(image_size=128, num_iterations=200)
    until(on_the_shelf, "a checkpoint is written")
    (kept,) = on_the_shelf()
    assert not kept.stem.endswith("end")
    (process,) = painting_processes(worker)

    os.kill(process, signal.SIGKILL)

    row = wait_for(render.id, "completed", "failed")
    assert (row.status, row.attempt, row.notes) == (Status.COMPLETED, 2, [])
    assert pixels(row) == pixels_undisturbed(row)


@pytest.mark.usefixtures("clean_queue")
def test_one_that_was_stopped_repeats_no_iteration(make_render: Make, painted: list[tuple[int, int]]) -> None:
    make_render(image_size=150, num_iterations=6)
    row = claim("one")
    with pytest.raises(Stopped):
        paint.paint(row, lambda: "to see what happens" if (128, 4) in painted else None)
    Render.objects.running().let_wait_again()
    first = list(painted)
    painted.clear()

    see_through(claim("two"))

    assert first == [(128, iteration) for iteration in range(1, 5)]
    assert painted == [(128, 5), (128, 6), *((150, iteration) for iteration in range(1, 7))]
    row = Render.objects.get()
    assert pixels(row) == pixels_undisturbed(row)


@pytest.mark.usefixtures("clean_queue")
@pytest.mark.parametrize("size", [181, 256, 128], ids=["the next size", "a larger one", "a smaller one"])
def test_one_that_differs_only_in_its_size_starts_from_the_rung_that_was_kept(
    size: int, make_render: Make, painted: list[tuple[int, int]]
) -> None:
    make_render(image_size=150, num_iterations=3)
    see_through(claim("one"))
    painted.clear()

    again = make_render(image_size=size, num_iterations=3)
    see_through(claim("two"))

    row = Render.objects.get(pk=again.pk)
    assert (row.status, row.notes) == (Status.COMPLETED, [])
    rungs = {181: {181}, 256: {181, 256}, 128: {128}}[size]
    assert {side for side, _ in painted} == rungs
    assert len(painted) == (1 if size == 128 else 3 * len(rungs))  # a finished rung is only shown
    assert pixels(row) == pixels_undisturbed(row)


def cut_off(kept: list[Path]) -> None:
    for path in kept:
        path.write_bytes(path.read_bytes()[:-100])


def overwrite_some_pixels(kept: list[Path]) -> None:
    for path in kept:
        path.write_bytes(path.read_bytes()[:-100] + bytes(100))


def replace_by_another_renders(kept: list[Path]) -> None:
    for path in kept:
        (other,) = (each for each in on_the_shelf() if each not in kept and each.name == path.name)
        shutil.copy(other, path)


@pytest.mark.usefixtures("clean_queue")
@pytest.mark.parametrize("spoil", [cut_off, overwrite_some_pixels, replace_by_another_renders])
def test_one_whose_checkpoints_are_damaged_or_foreign_is_painted_anew_and_says_so(
    spoil: Callable[[list[Path]], None], make_render: Make, painted: list[tuple[int, int]]
) -> None:
    make_render(image_size=128, num_iterations=3)
    see_through(claim("one"))
    kept = on_the_shelf()
    make_render(image_size=128, num_iterations=3, seed=1)
    see_through(claim("two"))
    spoil(kept)
    painted.clear()

    again = make_render(image_size=128, num_iterations=3)
    see_through(claim("three"))

    row = Render.objects.get(pk=again.pk)
    assert row.status == Status.COMPLETED
    assert painted == [(128, 1), (128, 2), (128, 3)]
    assert pixels(row) == pixels_undisturbed(row)
    (note,) = row.notes
    assert note.startswith("A checkpoint could not be used, and an earlier one is: it ")
    assert str(settings.DATA) not in note
