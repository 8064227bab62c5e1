"""A result beside its content, as one picture and as a clip that wipes between them; both are made once."""

import io
from collections.abc import Callable

import av
import numpy
import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image

from gallery.accounts.person import Person
from gallery.models import Picture, Render
from gallery.pictures import blobs, thumbnails, uploads
from gallery.pictures.results import before_after, conversion, wipe
from gallery.pictures.uploads import Decoded
from tests.pictures import as_bytes

Make = Callable[..., Render]
RED, GREEN = (200, 30, 40), (20, 160, 60)
SIZE = (320, 240)


@pytest.fixture
def plain(make_finished: Make, db: None) -> Callable[..., Render]:
    """A green render of a red content."""

    def make(owner: User | None = None, size: tuple[int, int] = SIZE, **fields: object) -> Render:
        content = uploads.store(Decoded(Image.new("RGB", size, RED), "red.png"), Person(owner))
        output = Image.new("RGB", size, GREEN)
        name = blobs.store("renders", as_bytes(output), ".png")
        values = {"width": size[0], "height": size[1], **thumbnails.make(output).fields(), **fields}
        return make_finished(owner, content=content, output=name, **values)

    return make


def opened(content: bytes) -> Image.Image:
    """As RGB."""
    with Image.open(io.BytesIO(content)) as image:
        return image.convert("RGB")


def is_near(pixel: object, colour: tuple[int, int, int], by: int = 6) -> bool:
    """Whether no channel differs by more."""
    return bool(numpy.abs(numpy.asarray(pixel, int) - colour).max() <= by)


@pytest.mark.parametrize("ending", ["webp", "png"])
def test_both_stand_side_by_side(ending: str, client: Client, plain: Callable[..., Render]) -> None:
    response = client.get(f"/renders/{plain().id}/before-after.{ending}")

    assert response.headers["Content-Type"] == f"image/{ending}"
    picture = opened(response.getvalue())
    assert picture.size == (2 * 320 + before_after.GAP, 240)
    assert is_near(picture.getpixel((160, 120)), RED)
    assert is_near(picture.getpixel((328, 120)), (255, 255, 255))
    assert is_near(picture.getpixel((480, 120)), GREEN)


def test_wide_pictures_stand_one_above_the_other(client: Client, plain: Callable[..., Render]) -> None:
    picture = opened(client.get(f"/renders/{plain(size=(500, 100)).id}/before-after.png").getvalue())

    assert picture.size == (500, 200 + before_after.GAP)
    assert is_near(picture.getpixel((250, 50)), RED)
    assert is_near(picture.getpixel((250, 166)), GREEN)


def test_a_clip_wipes_to_the_result_and_back_in_true_colours(client: Client, plain: Callable[..., Render]) -> None:
    response = client.get(f"/renders/{plain().id}/before-after.mp4")

    assert response.headers["Content-Type"] == "video/mp4"
    with av.open(io.BytesIO(response.getvalue())) as film:
        stream = film.streams.video[0]
        coded = stream.codec_context
        assert (coded.name, coded.pix_fmt, coded.width, coded.height) == ("h264", "yuv420p", *SIZE)
        assert (coded.colorspace, coded.color_primaries, coded.color_trc, coded.color_range) == (1, 1, 1, 1)
        assert float(stream.duration * stream.time_base) == pytest.approx(6, abs=0.05)
        frames = [
            numpy.asarray(frame.to_ndarray(format="rgb24", src_colorspace="ITU709")) for frame in film.decode(stream)
        ]
    left, right = [[frame[120, place] for frame in frames] for place in (10, 310)]
    assert is_near(left[0], RED)
    assert is_near(right[0], RED)
    assert is_near(left[85], GREEN)
    assert is_near(right[85], GREEN)
    assert is_near(left[-1], RED)
    assert is_near(right[-1], RED)
    middle = frames[wipe.BEFORE + wipe.WIPE // 2]
    assert is_near(middle[120, 20], RED)
    assert is_near(middle[120, 300], GREEN)


@pytest.mark.parametrize(
    ("output", "film"),
    [((64, 47), (64, 46)), ((4096, 2304), (1920, 1080)), ((1000, 3000), (360, 1080)), ((1, 1), (16, 16))],
)
def test_a_clip_has_even_sides_and_at_most_1080_lines(output: tuple[int, int], film: tuple[int, int]) -> None:
    assert wipe.size(Render(width=output[0], height=output[1])) == film


def test_of_a_huge_output_the_small_version_is_taken(
    client: Client, plain: Callable[..., Render], monkeypatch: pytest.MonkeyPatch
) -> None:
    render = plain()
    monkeypatch.setattr(conversion, "LARGEST_AREA", 1000)
    render.output.storage.delete(render.output.name)

    picture = opened(client.get(f"/renders/{render.id}/before-after.png").getvalue())

    assert is_near(picture.getpixel((480, 120)), GREEN)


def test_what_has_no_content_has_neither(client: Client, make_finished: Make) -> None:
    render = make_finished()
    render.inputs.filter(role="content").delete()

    assert client.get(f"/renders/{render.id}/before-after.png").status_code == 404
    assert "Slider clip" not in client.get(f"/renders/{render.id}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_they_are_made_once_and_go_with_the_render(
    alice: User, alices_browser: Client, plain: Callable[..., Render], stored_files: Callable[[], set[str]]
) -> None:
    render = plain(alice)
    for ending in ("png", "webp", "mp4", "mp4"):
        alices_browser.get(f"/renders/{render.id}/before-after.{ending}")
    assert len([name for name in stored_files() if name.startswith("derived/")]) == 3

    alices_browser.post(f"/renders/{render.id}/delete/")

    assert not [name for name in stored_files() if name.startswith("derived/")]


def test_a_content_of_another_shape_shows_its_middle(
    make_picture: Callable[..., Picture], plain: Callable[..., Render]
) -> None:
    before, after = before_after.both(plain(), make_picture(), (100, 60))

    assert before.size == after.size == (100, 60)
