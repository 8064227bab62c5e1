"""The time-lapse shows every kept rung, and last the output, as a film and as an animation."""

import io
from collections.abc import Callable

import av
import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image

from gallery.models import Render
from gallery.pictures import blobs
from gallery.pictures.results import timelapse
from tests.pictures import as_bytes, painting

Make = Callable[..., Render]


@pytest.fixture
def with_frames(make_finished: Make) -> Callable[..., Render]:
    """A finished render of 64 × 48 px with its three rungs kept."""

    def make(owner: User | None = None) -> Render:
        render = make_finished(owner)
        for place, side in enumerate((32, 48, 64)):
            size = (side, side * 3 // 4)
            name = blobs.store("frames", as_bytes(painting(size, seed=place), "WEBP"), ".webp")
            render.frames.create(place=place, file=name, width=size[0], height=size[1])
        return render

    return make


def test_the_film_plays_in_every_browser(client: Client, with_frames: Callable[..., Render]) -> None:
    response = client.get(f"/renders/{with_frames().id}/timelapse.mp4")

    assert (response.status_code, response.headers["Content-Type"]) == (200, "video/mp4")
    with av.open(io.BytesIO(response.getvalue())) as film:
        stream = film.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt, stream.width, stream.height) == ("h264", "yuv420p", 64, 48)
        # Two rungs of half a second, each fading into the next for a quarter, and two seconds of the output.
        assert float(stream.duration * stream.time_base) == pytest.approx(2 * 0.48 + 2 * 0.24 + 2, abs=0.05)


@pytest.mark.parametrize("size", [(960, 720), (64, 48)])
def test_the_film_has_the_colours_of_the_pictures_and_says_how_they_are_coded(size: tuple[int, int]) -> None:
    """Without a tag, browsers take BT.709 from 720 lines on, and BT.601 below."""
    bands = Image.new("RGB", size, (200, 30, 30))
    bands.paste((30, 160, 60), (size[0] // 2, 0, *size))
    with av.open(io.BytesIO(timelapse._mp4([bands, bands]))) as film:
        stream = film.streams.video[0]
        context, frame = stream.codec_context, next(film.decode(stream))
    told = (context.colorspace, context.color_primaries, context.color_trc, context.color_range)
    assert told == (1, 1, 1, 1)
    shown = frame.to_ndarray(format="rgb24", src_colorspace=1, src_color_range=1).astype(int)
    for column, colour in ((size[0] // 4, (200, 30, 30)), (size[0] * 3 // 4, (30, 160, 60))):
        assert shown[size[1] // 2, column].tolist() == pytest.approx(colour, abs=6)


def test_the_animation_ends_with_the_output(client: Client, with_frames: Callable[..., Render]) -> None:
    render = with_frames()

    response = client.get(f"/renders/{render.id}/timelapse.webp")

    with Image.open(io.BytesIO(response.getvalue())) as film, render.output.open() as file, Image.open(file) as output:
        assert (film.n_frames, film.size) == (9, (64, 48))
        film.seek(8)
        small = [picture.convert("RGB").resize((4, 3), Image.Resampling.BOX).tobytes() for picture in (film, output)]
    assert max(abs(one - other) for one, other in zip(*small, strict=True)) < 20


def test_a_part_of_the_film_can_be_asked_for(client: Client, with_frames: Callable[..., Render]) -> None:
    address = f"/renders/{with_frames().id}/timelapse.mp4"
    whole = client.get(address).getvalue()

    part = client.get(address, headers={"Range": "bytes=4-9"})
    rest = client.get(address, headers={"Range": "bytes=100-"})

    assert (part.status_code, part.content) == (206, whole[4:10])
    assert part.headers["Content-Range"] == f"bytes 4-9/{len(whole)}"
    assert (rest.status_code, rest.content) == (206, whole[100:])
    assert client.get(address, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    assert client.get(address, headers={"Range": "lines=1-2"}).getvalue() == whole


def test_a_render_of_which_only_the_output_is_there_has_none(client: Client, make_finished: Make) -> None:
    render = make_finished()
    render.frames.create(place=0, file=render.output.name, width=64, height=48)

    assert client.get(f"/renders/{render.id}/timelapse.mp4").status_code == 404
    assert "Time-lapse" not in client.get(f"/renders/{render.id}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_films_go_with_their_render(
    alice: User, alices_browser: Client, with_frames: Callable[..., Render], stored_files: Callable[[], set[str]]
) -> None:
    render = with_frames(alice)
    assert "Time-lapse" in alices_browser.get(f"/renders/{render.id}/").content.decode()
    for ending in ("mp4", "webp"):
        alices_browser.get(f"/renders/{render.id}/timelapse.{ending}")
    assert len([name for name in stored_files() if name.startswith("derived/")]) == 2

    alices_browser.post(f"/renders/{render.id}/delete/")

    assert {name.split("/")[0] for name in stored_files()} == {"pictures", "thumbnails"}


@pytest.mark.parametrize(
    ("output", "film"), [((64, 47), (64, 46)), ((4096, 2305), (1024, 576)), ((2000, 1), (1024, 16)), ((1, 1), (16, 16))]
)
def test_both_sides_are_even_and_small(output: tuple[int, int], film: tuple[int, int]) -> None:
    assert timelapse.size(Render(width=output[0], height=output[1])) == film
