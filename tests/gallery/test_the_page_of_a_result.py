"""A finished render's page has pictures to compare it with, its recipe's differences, its colours and its curve."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gallery.browsing import loss_chart
from gallery.models import Picture, Render, Status, Tag
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]


def recipe(**fields: object) -> dict:
    """As a row has it."""
    return StyleRecipe(**fields).model_dump(mode="json")  # type: ignore[arg-type]


def test_it_is_compared_with_everything_near(
    client: Client, make_finished: Make, make_picture: Callable[..., Picture]
) -> None:
    parent = make_finished(recipe_json=recipe(image_size=64), seed=1)
    sibling = make_finished(recipe_json=recipe(image_size=96, seed=3, strength=0.2, tv_weight=0), seed=2)
    make_finished(status=Status.FAILED)
    render = make_finished(recipe_json=recipe(image_size=96), parent=parent)
    second = make_picture(seed=8, name="waves.png")
    render.inputs.create(role="style", place=2, picture=second)

    page = client.get(f"/renders/{render.id}/")

    assert page.context["comparisons"] == [
        (render.pair.content.file.url, "Content: House"),
        (render.pair.style.file.url, "Style: Strokes"),
        (second.file.url, "Style: Waves"),
        (parent.output.url, "Original: size 64"),
        (sibling.output.url, "Strength 0.2, smoothness 0 and 1 more"),
    ]
    assert "<figcaption>Style 2</figcaption>" in page.content.decode()


def test_default_and_parent_stand_beside_what_differs(client: Client, make_finished: Make) -> None:
    parent = make_finished(recipe_json=recipe(image_size=64, strength=0.25))
    render = make_finished(parent=parent, recipe_json=recipe(image_size=128, seed=4))

    text = client.get(f"/renders/{render.id}/").content.decode()

    assert "<td>128<small>default 512</small><small>original 64</small></td>" in text
    assert "<td>0.5<small>original 0.25</small></td>" in text
    assert "<td>4<small>default 0</small><small>original 0</small></td>" in text


def test_the_recipe_can_be_copied_as_json(client: Client, make_finished: Make) -> None:
    render = make_finished(recipe_json=recipe(image_size=77, style_layers="relu1_1"))

    copied = client.get(f"/renders/{render.id}/").context["recipe_json"]

    assert StyleRecipe.from_json(copied) == render.recipe


def test_colours_and_curve_are_left_out_where_they_are_not_known(client: Client, make_finished: Make) -> None:
    old = make_finished()
    new = make_finished(palette=["#a0b1c2"], curve=[[0, 4.0], [5, 2.0], [10, 1.0]])

    before, after = (client.get(f"/renders/{render.id}/").content.decode() for render in (old, new))

    assert "palette" not in before
    assert "<polyline" not in before
    assert "<code>#a0b1c2</code>" in after
    assert 'points="0.0,0.0 160.0,45.0 320.0,90.0"' in after


@pytest.mark.parametrize("curve", [[], [[0, 1.0]], [[0, 0.0], [1, 0.0]], [[3, 1.0], [3, 2.0]]])
def test_a_curve_of_fewer_than_two_points_is_none(curve: list) -> None:
    assert loss_chart.drawn(curve) is None


def test_neighbours_are_those_of_the_newest_order(client: Client, make_finished: Make) -> None:
    moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    oldest, middle, newest = (make_finished() for _ in range(3))
    for hours, render in enumerate((oldest, middle, newest)):
        Render.objects.filter(pk=render.pk).update(created=moment + datetime.timedelta(hours=hours))
    make_finished(status=Status.PENDING)

    found = [client.get(f"/renders/{render.id}/").context for render in (oldest, middle, newest)]

    assert [(each["newer"], each["older"]) for each in found] == [(middle, None), (newest, oldest), (None, middle)]


def test_it_costs_few_queries(
    alices_browser: Client,
    alice: User,
    make_finished: Make,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    renders = [make_finished(alice, seed=number) for number in range(6)]
    child = make_finished(alice, parent=renders[0])
    child.tags.set(Tag.objects.create(name=name) for name in ("sea", "boats"))

    with django_assert_max_num_queries(20):
        alices_browser.get(f"/renders/{child.id}/")
