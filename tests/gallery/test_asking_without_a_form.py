"""Plain values are asked with as the studio's form asks with its fields: the same order, or the same sentences."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from gallery.accounts.person import Person
from gallery.models import Picture, Render
from gallery.queueing.order import Order
from gallery.studio.submission import Asked, Refused, checked, submit, submit_sweep
from gallery.studio.sweeps.axes import Axis
from tests.gallery.masks import mask_file
from tests.pictures import as_bytes, painting
from transfer.kinds import STYLE

Post = Callable[..., HttpResponse]
Pictures = dict[str, SimpleUploadedFile]
pytestmark = pytest.mark.usefixtures("clean_queue")


def pictures(*names: str) -> Pictures:
    """An upload for each place."""
    return {
        name: SimpleUploadedFile(f"{name}.png", as_bytes(painting((80, 64), seed=sum(map(ord, name)))))
        for name in names
    }


def wrong_with(**asked: Any) -> dict[str, list[str]]:
    """What is said of this, by field."""
    with pytest.raises(Refused) as refused:
        checked(Asked(STYLE, **{"values": {}, "pictures": pictures("content", "style"), **asked}))
    return dict(refused.value.faults)


def test_the_same_is_ordered(alice: User, alices_browser: Client, post_pair: Post) -> None:
    values = {"image_size": 64, "num_iterations": "3", "strength": "0.25", "seed": ""}
    names = ("content", "style", "style_2")
    weights = {"blend_1": 1.0, "blend_2": 3.0}

    asked = Asked(STYLE, values, pictures(*names), weights)
    row = submit(checked(asked), Person(alice))
    post_pair(alices_browser, **pictures(*names), **values, **weights)

    posted = Render.objects.exclude(pk=row.pk).get()
    assert Order.of(row) == Order.of(posted)
    assert (row.owner, row.recipe.style_blend_weights) == (alice, (1.0, 3.0))
    assert Picture.objects.count() == 3


@pytest.mark.parametrize(
    ("values", "names", "weights"),
    [
        ({"image_size": 16384}, ("content", "style"), {}),
        ({"style_layers": "conv9_9"}, ("content", "style"), {}),
        ({}, ("content",), {}),
        ({"init": "picture"}, ("content", "style"), {}),
        ({}, ("content", "style", "style_2"), {"blend_1": 0.0, "blend_2": 0.0}),
    ],
)
def test_the_same_is_said(
    values: dict, names: tuple[str, ...], weights: dict, post_pair: Post, make_worker: Callable[..., object]
) -> None:
    make_worker(memory=2**28)

    said = wrong_with(values=values, pictures=pictures(*names), weights=weights)
    posted = post_pair(**{"content": None, "style": None, "image_size": "", **pictures(*names), **values, **weights})

    assert posted.status_code == 422
    assert said == dict(posted.context["form"].errors)
    assert not Render.objects.exists()


def test_a_picture_that_is_none_is_refused_beside_its_place() -> None:
    content = SimpleUploadedFile("content.png", b"no picture")

    assert set(wrong_with(pictures=pictures("style") | {"content": content})) == {"content"}


@pytest.mark.parametrize("masked", [("content",), ("content", "style")])
def test_the_same_is_said_of_masks(masked: tuple[str, ...], post_pair: Post) -> None:
    sent = {name: mask_file((80, 64), 0, number) for number, name in enumerate(masked, 1)}  # labels that differ
    fields = {"content": "content_mask", "style": "style_mask_1"}

    said = wrong_with(masks=sent)
    for mask in sent.values():
        mask.seek(0)
    posted = post_pair(**pictures("content", "style"), **{fields[name]: mask for name, mask in sent.items()})

    assert said == dict(posted.context["form"].errors)
    assert list(said) == ["masks"]


def test_what_is_there_already_is_not_stored_again(alice: User, make_picture: Callable[..., Picture]) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)

    row = submit(checked(Asked(STYLE, {"image_size": 64}, {"content": content, "style": style})), Person(alice))

    assert (row.pair.content, row.pair.style) == (content, style)
    assert Picture.objects.count() == 2


def test_a_sweep_is_asked_for_with_axes_and_recipes(alice: User) -> None:
    asked = checked(Asked(STYLE, {"image_size": 64}, pictures("content", "style")))
    axis = Axis.of(STYLE.recipe, "strength", "0, 1")
    recipes = [asked.recipe.with_changes(strength=value) for value in axis.values]

    sweep = submit_sweep(asked, [axis], recipes, Person(alice))

    assert [render.recipe.strength for render in sweep.renders.order_by("sweep_place")] == [0, 1]


def test_nothing_is_stored_before_all_is_well(stored_files: Callable[[], set[str]], db: None) -> None:
    wrong_with(values={"image_size": 3})

    assert not Picture.objects.exists()
    assert not stored_files()
