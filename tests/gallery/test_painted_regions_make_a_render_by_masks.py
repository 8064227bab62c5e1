"""Masks sent with the form are stored at their pictures' size, and the render takes its regions from them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import numpy
import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from gallery.models import Render
from gallery.queueing import deletion
from gallery.queueing.order import Order
from tests.gallery.files import upload
from tests.gallery.masks import mask_file, stripes
from tests.pictures import as_bytes, painting, photograph

CONTENT, STYLE = (96, 72), (80, 80)
PostPair = Callable[..., HttpResponse]


def stored(response: HttpResponse) -> tuple[Render, list[numpy.ndarray]]:
    assert response.status_code == 302, response.context["form"].errors
    render = Render.objects.get(pk=response.headers["Location"].split("/")[2])
    with_masks = [Image.open(mask.file.open()) for mask in render.inputs.filter(role="mask")]
    assert {mask.mode for mask in with_masks} <= {"L"}
    return render, [numpy.asarray(mask) for mask in with_masks]


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "LA"])
def test_masks_are_stored_as_they_were_painted(post_pair: PostPair, mode: str) -> None:
    render, (content, style) = stored(
        post_pair(
            content_mask=mask_file(CONTENT, 0, 3, 7, mode=mode), style_mask_1=mask_file(STYLE, 7, 0, 3, mode=mode)
        )
    )

    assert render.recipe.regions == "masks"
    assert (content == numpy.asarray(stripes(CONTENT, 0, 3, 7))).all()
    assert (style == numpy.asarray(stripes(STYLE, 7, 0, 3))).all()
    assert Order.of(render).masks == tuple(str(mask.file) for mask in render.inputs.filter(role="mask"))


def test_a_palette_s_indices_are_labels(post_pair: PostPair) -> None:
    indexed = stripes(CONTENT, 1, 2)
    indexed.putpalette([9, 9, 9, 200, 0, 0, 0, 0, 200])

    _, (content, _) = stored(
        post_pair(content_mask=upload("m.png", as_bytes(indexed)), style_mask_1=mask_file(STYLE, 2, 1))
    )

    assert (content == numpy.asarray(stripes(CONTENT, 1, 2))).all()


@pytest.mark.parametrize("scale", [1 / 3, 1 / 2.9, 2, 20])
def test_smaller_and_larger_masks_of_the_same_shape_are_stretched(post_pair: PostPair, scale: float) -> None:
    size = (round(CONTENT[0] * scale), round(CONTENT[1] * scale))

    _, (content, style) = stored(post_pair(content_mask=mask_file(size, 1, 2), style_mask_1=mask_file((20, 20), 1, 2)))

    assert content.shape == CONTENT[::-1]
    assert style.shape == STYLE[::-1]
    assert abs((content == 1).mean() - 0.5) < 0.03


def test_masks_go_before_what_else_the_form_says_of_regions(post_pair: PostPair) -> None:
    files = {"content_mask": mask_file(CONTENT, 1, 2), "style_mask_1": mask_file(STYLE, 2, 1)}

    assert stored(post_pair(regions="automatic", **files))[0].recipe.regions == "masks"
    assert stored(post_pair(regions="automatic"))[0].recipe.regions == "automatic"


def test_equal_masks_are_stored_once_and_go_with_the_last_render(
    post_pair: PostPair,
    stored_files: Callable[[], set[str]],
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager],
) -> None:
    renders = [
        stored(post_pair(content_mask=mask_file(CONTENT, 1, 2), style_mask_1=mask_file(STYLE, 2, 1)))[0]
        for _ in range(2)
    ]
    for render, left in zip(renders, (2, 0), strict=True):
        with django_capture_on_commit_callbacks(execute=True):
            deletion.delete_render(render)
        assert len([name for name in stored_files() if name.startswith("masks/")]) == left


def test_every_style_has_a_mask_of_its_own(post_pair: PostPair) -> None:
    second = upload("second.png", as_bytes(painting((90, 70), seed=3)))

    _, masks = stored(
        post_pair(
            style_2=second,
            content_mask=mask_file(CONTENT, 1, 2),
            style_mask_1=mask_file(STYLE, 1),
            style_mask_2=mask_file((90, 70), 2),
        )
    )

    assert [set(numpy.unique(mask)) for mask in masks] == [{1, 2}, {1}, {2}]
    assert masks[2].shape == (70, 90)


def test_masks_go_along_with_every_cell_of_a_sweep_that_is_by_them(client: Client, db: None) -> None:
    response = client.post(
        "/sweeps/new/",
        {
            "content": upload("house.png", as_bytes(photograph(CONTENT))),
            "style": upload("strokes.png", as_bytes(painting(STYLE))),
            "image_size": "64",
            "content_mask": mask_file(CONTENT, 1, 2),
            "style_mask_1": mask_file(STYLE, 2, 1),
            "axis_1": "strength",
            "values_1": "0, 1",
        },
    )

    assert response.status_code == 302, response.context["sweep_form"].errors
    assert [len(Order.of(render).masks) for render in Render.objects.all()] == [2, 2]


def test_of_palettes_in_another_order_the_colours_decide(post_pair: PostPair) -> None:
    colours = [(90, 140, 230), (60, 120, 50), (20, 60, 120)]
    one, other = stripes(CONTENT, 0, 1, 2).convert("P"), stripes(STYLE, 0, 1, 2).convert("P")
    one.putpalette([part for colour in colours for part in colour])
    other.putpalette([part for colour in reversed(colours) for part in colour])
    files = {"content_mask": upload("c.png", as_bytes(one)), "style_mask_1": upload("s.png", as_bytes(other))}

    _, (content, style) = stored(post_pair(**files))

    assert (content == numpy.asarray(stripes(CONTENT, 0, 1, 2))).all()
    assert (style == numpy.asarray(stripes(STYLE, 2, 1, 0))).all()
