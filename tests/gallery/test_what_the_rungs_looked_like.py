"""A finished render has a picture of each rung, its loss over the iterations, and its main colours."""

import itertools
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image

from gallery.models import Frame, Render
from gallery.painting.claiming import claim, see_through
from gallery.painting.curve import MOST_POINTS, Curve
from gallery.pictures.palette import main_colours
from gallery.processes.parts import Part
from gallery.queueing.deletion import delete_render

Make = Callable[..., Render]


def sizes(render: Render) -> list[int]:
    return [max(frame.width, frame.height) for frame in render.frames.all()]


def test_a_worker_stores_a_picture_of_each_rung(
    worker: Part, client: Client, make_render: Make, wait_for: Callable[..., Render]
) -> None:
    render = make_render(image_size=256, num_iterations=8)

    row = wait_for(render.id, "completed")

    assert sizes(row) == [128, 181, 256]
    for frame in row.frames.all():
        with frame.file.open("rb") as file, Image.open(file) as image:
            assert (image.format, image.size) == ("WEBP", (frame.width, frame.height))
        assert client.get(frame.file.url).headers["Content-Type"] == "image/webp"
    numbers = [number for number, _ in row.curve]
    assert numbers == sorted(numbers)
    assert (numbers[0], numbers[-1]) == (1, 24)
    assert row.curve[-1][1] == pytest.approx(row.provenance["losses"]["total"], rel=1e-4)
    assert 1 <= len(row.palette) <= 6


@pytest.mark.usefixtures("clean_queue", "one_thread")
def test_rungs_that_an_earlier_render_painted_are_among_them(make_render: Make) -> None:
    make_render(image_size=181, num_iterations=4, original_colors=True)
    see_through(claim("one"))
    again = make_render(image_size=300, num_iterations=4, original_colors=True)
    see_through(claim("two"))

    first, second = Render.objects.exclude(pk=again.pk).get(), Render.objects.get(pk=again.pk)
    assert (sizes(first), sizes(second)) == ([128, 181], [128, 181, 256, 300])
    assert {frame.file.name for frame in first.frames.all()} < {frame.file.name for frame in second.frames.all()}


@pytest.mark.usefixtures("transactional_db", "clean_queue")
def test_they_are_deleted_with_their_render(make_render: Make, stored_files: Callable[[], set[str]]) -> None:
    render = make_render(image_size=128, num_iterations=3)
    see_through(claim("one"))
    (name,) = (frame.file.name for frame in Frame.objects.all())
    assert name in stored_files()

    delete_render(Render.objects.get(pk=render.pk))

    assert name not in stored_files()


def test_a_curve_stays_small_and_keeps_its_ends() -> None:
    curve = Curve()
    for number in range(1, 3001):
        curve.add(number, 1 / number)

    points = curve.points
    assert len(points) <= MOST_POINTS
    assert (points[0], points[-1]) == ((1, 1.0), (3000, 0.00033333))
    gaps = [after[0] - before[0] for before, after in itertools.pairwise(points[:-1])]
    assert max(gaps) == min(gaps)


def test_a_curve_goes_on_where_an_earlier_one_ended() -> None:
    first = Curve()
    for number in range(1, 1001):
        first.add(number, 1 / number)

    second = Curve(first.points)
    for number in range(1001, 2001):
        second.add(number, 1 / number)

    numbers = [number for number, _ in second.points]
    assert (numbers[0], numbers[-1], numbers) == (1, 2000, sorted(set(numbers)))
    assert len(numbers) <= MOST_POINTS


def test_the_main_colours_are_those_with_the_largest_areas() -> None:
    picture = Image.new("RGB", (200, 100), "#102030")
    picture.paste("#c04020", (0, 0, 80, 100))
    picture.paste("#f0e0d0", (0, 0, 30, 100))

    assert main_colours(picture) == ["#102030", "#c04020", "#f0e0d0"]


def test_a_picture_of_one_colour_has_one() -> None:
    assert main_colours(Image.new("RGB", (70, 64), "#808080")) == ["#808080"]
