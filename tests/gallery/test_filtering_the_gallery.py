"""People can filter the gallery by any combination, and the address contains the filters."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from gallery.models import Favourite, Picture, Render, Tag
from transfer.dream.recipe import DreamRecipe
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]


def found(browser: Client, query: str) -> set[Render]:
    """What the gallery shows for a canonical query."""
    response = browser.get(f"/?{query}")
    assert response.status_code == 200, response.headers
    return set(response.context["page"].renders)


def recipe(**fields: object) -> dict:
    """A recipe as a row stores it."""
    return StyleRecipe.model_validate({"image_size": 64, **fields}).model_dump(mode="json")


def test_by_style_whoever_brought_it(
    client: Client, alice: User, bob: User, make_finished: Make, make_picture: Callable[..., Picture]
) -> None:
    hers, his, other = make_picture(alice, seed=5), make_picture(bob, seed=5), make_picture(bob, seed=6)
    wanted = {make_finished(style=hers), make_finished(style=his)}
    further = make_finished(style=other)
    make_finished(content=hers, style=other)

    assert found(client, f"style={hers.pk}") == wanted
    further.inputs.create(role="style", place=2, picture=his)
    assert found(client, f"style={hers.pk}") == {*wanted, further}


def test_by_content(client: Client, make_finished: Make, make_picture: Callable[..., Picture]) -> None:
    house = make_picture(seed=5)
    wanted = make_finished(content=house)
    make_finished()

    assert found(client, f"content={house.pk}") == {wanted}


def test_by_tag_person_size_backbone_and_likes(client: Client, alice: User, make_finished: Make) -> None:
    plain, hers = make_finished(likes=4), make_finished(alice, likes=5)
    large = make_finished(recipe_json=recipe(image_size=1200))
    medium = make_finished(recipe_json=recipe(image_size=513, backbone="vgg19"))
    plain.tags.set([Tag.objects.create(name="night")])

    assert found(client, "tag=Night") == {plain}
    assert found(client, "by=alice") == {hers}
    assert found(client, "by=nobody") == set()
    assert found(client, "size=small") == {plain, hers}
    assert found(client, "size=medium") == {medium}
    assert found(client, "size=large") == {large}
    assert found(client, "backbone=vgg19") == {medium}
    assert found(client, "likes=5") == {hers}
    assert found(client, "tag=night&size=small&likes=5") == set()


def test_by_date(client: Client, make_finished: Make) -> None:
    now, months = make_finished(), make_finished()
    Render.objects.filter(pk=months.pk).update(created=timezone.now() - timedelta(90))
    day = (timezone.now() - timedelta(89)).date()

    for period in ("day", "week", "month"):
        assert found(client, f"within={period}") == {now}
    assert found(client, f"since={day}") == {now}
    assert found(client, f"until={day}") == {months}
    assert found(client, f"since={timezone.now().date()}&until={timezone.now().date()}") == {now}


def test_ones_own_and_ones_favourites(
    client: Client, alice: User, bob: User, alices_browser: Client, make_finished: Make
) -> None:
    hers, his = make_finished(alice), make_finished(bob)
    Favourite.objects.create(owner=alice, render=his)
    Favourite.objects.create(owner=bob, render=hers)

    assert found(alices_browser, "only=mine") == {hers}
    assert found(alices_browser, "only=favourites") == {his}
    assert found(client, "only=mine") == set()


def test_a_visitors_own(client: Client, make_finished: Make) -> None:
    session = client.session
    session["visitor"] = "v" * 32
    session.save()
    theirs = make_finished(visitor="v" * 32)
    make_finished(visitor="w" * 32)

    assert found(client, "only=mine") == {theirs}


def test_by_kind_which_is_style_where_a_recipe_is_older_than_kinds(client: Client, make_finished: Make) -> None:
    painted = make_finished()
    older = make_finished(recipe_json={name: value for name, value in recipe().items() if name != "kind"})
    dreamt = make_finished(recipe_json=DreamRecipe(image_size=64).model_dump(mode="json"))

    assert found(client, "kind=style") == {painted, older}
    assert found(client, "kind=dream") == {dreamt}
    assert ">Kind: Dream<" in client.get("/?kind=dream").content.decode()


@pytest.mark.parametrize(
    ("sent", "canonical"),
    [
        ("q=&sort=newest&tag=&likes=", "/"),
        ("size=huge&kind=x&backbone=x&likes=-1&since=yesterday&style=5&sort=best&within=ever", "/"),
        ("likes=0&since=0001-01-01&until=9999-12-31", "/"),
        ("tag=sea&q=boat", "/?q=boat&tag=sea"),
        ("q=%20%20boat&x=y", "/?q=boat"),
        ("q=%00", "/"),
        ("q=%25%25", "/"),
        ("tag=a&tag=sea", "/?tag=sea"),
    ],
)
def test_an_address_with_what_says_nothing_leads_to_one_without(
    client: Client, make_finished: Make, sent: str, canonical: str
) -> None:
    make_finished()

    assert client.get(f"/?{sent}").headers["Location"] == canonical
    assert client.get(canonical).status_code == 200


def test_a_picture_that_is_gone_finds_nothing(client: Client, make_finished: Make) -> None:
    make_finished()

    page = client.get("/?style=7b1f6c0e-8a54-4a6e-9a3d-1f5d2f9f8a10").content.decode()

    assert "Nothing matches" in page
    assert "a picture that is gone" in page


def test_each_filter_can_be_taken_away(client: Client, make_finished: Make) -> None:
    make_finished(title="Sea", likes=3)

    page = client.get("/?q=sea&sort=liked&likes=2").content.decode()

    assert 'href="/?sort=liked&amp;likes=2"' in page
    assert 'href="/?q=sea&amp;sort=liked"' in page
    assert "2 likes or more" in page


def test_what_is_empty_says_why(client: Client, make_finished: Make) -> None:
    make_finished()

    words_of = {"q=zzz": "Nothing matches", "only=mine": "Nothing of yours", "only=favourites": "No favourites here"}
    for query, words in words_of.items():
        assert words in client.get(f"/?{query}").content.decode()
