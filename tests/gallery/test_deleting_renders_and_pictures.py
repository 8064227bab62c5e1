"""Deleting also deletes the files that nobody else needs, and nothing of anybody else's."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Pair, Picture, Render
from gallery.pictures import blobs

pytestmark = pytest.mark.django_db(transaction=True)  # files are deleted on commit

Make = Callable[..., Render]
Files = Callable[[], set[str]]


def delete(browser: Client, thing: Render | Picture) -> int:
    """Posts the deletion; returns the response's status."""
    kind = "renders" if isinstance(thing, Render) else "pictures"
    return browser.post(f"/{kind}/{thing.pk}/delete/").status_code


def gone(before: set[str], after: set[str]) -> set[str]:
    """The deleted files; all versions of each are gone too."""
    found = {blobs.original(name) for name in before - after}
    assert not found & {blobs.original(name) for name in after}
    return found


def test_a_render_takes_its_files_along(
    alice: User, alices_browser: Client, make_finished: Make, stored_files: Files
) -> None:
    stays, goes = make_finished(alice, seed=1), make_finished(alice, seed=2)
    before = stored_files()

    assert delete(alices_browser, goes) == 302

    assert gone(before, stored_files()) == {goes.output.name, goes.thumbnail.name}
    assert Render.objects.get() == stays
    assert Pair.objects.count() == 1
    assert Picture.objects.count() == 2


def test_files_that_another_render_shares_stay(
    alice: User, bob: User, alices_browser: Client, bobs_browser: Client, make_finished: Make, stored_files: Files
) -> None:
    one, two = make_finished(alice, seed=1), make_finished(bob, seed=1)
    assert one.output.name == two.output.name
    before = stored_files()

    assert delete(alices_browser, one) == 302
    assert stored_files() == before
    assert delete(bobs_browser, two) == 302
    assert gone(before, stored_files()) == {two.output.name, two.thumbnail.name}


def test_the_last_render_takes_its_pair_along(alice: User, alices_browser: Client, make_finished: Make) -> None:
    assert delete(alices_browser, make_finished(alice)) == 302

    assert not Pair.objects.exists()
    assert Picture.objects.count() == 2


def test_a_re_render_outlives_its_parent(alice: User, alices_browser: Client, make_finished: Make) -> None:
    parent = make_finished(alice)
    child = make_finished(alice, parent=parent)

    assert delete(alices_browser, parent) == 302

    child.refresh_from_db()
    assert child.parent is None
    assert alices_browser.get(f"/renders/{child.id}/").status_code == 200


def test_a_picture_takes_its_owners_renders_along(
    alice: User, alices_browser: Client, make_finished: Make, make_picture: Callable[..., Picture], stored_files: Files
) -> None:
    picture = make_picture(alice, seed=4)
    as_content, as_style = make_finished(alice, content=picture), make_finished(alice, style=picture, seed=8)
    other = make_finished(alice, seed=3)
    before = stored_files()

    assert delete(alices_browser, picture) == 302

    assert Render.objects.get() == other
    theirs = {picture.file.name, picture.thumbnail.name}
    for render in (as_content, as_style):
        theirs |= {render.output.name, render.thumbnail.name}
    assert gone(before, stored_files()) == theirs


def test_a_picture_that_others_rendered_stays(
    alice: User,
    bob: User,
    alices_browser: Client,
    make_finished: Make,
    make_picture: Callable[..., Picture],
    stored_files: Files,
) -> None:
    picture = make_picture(alice, seed=4)
    make_finished(alice, content=picture)
    make_finished(bob, content=picture)
    before = stored_files()

    response = alices_browser.post(f"/pictures/{picture.pk}/delete/")

    assert response.status_code == 409
    assert "Other people" in response.content.decode()
    assert Render.objects.count() == 2
    assert stored_files() == before


def test_a_picture_of_somebody_else_stays(
    alice: User, client: Client, bobs_browser: Client, make_picture: Callable[..., Picture], stored_files: Files
) -> None:
    picture = make_picture(alice)
    before = stored_files()

    assert delete(bobs_browser, picture) == 403
    assert delete(client, picture) == 403

    assert Picture.objects.get() == picture
    assert stored_files() == before


def test_a_visitor_may_delete_a_picture_and_its_renders(
    client: Client, post_pair: Callable, stored_files: Files
) -> None:
    post_pair()

    for picture in Picture.objects.all():
        assert delete(client, picture) == 302

    assert not any(kind.objects.exists() for kind in (Picture, Pair, Render))
    assert not stored_files()


def test_a_file_that_two_people_uploaded_stays_for_the_other(
    alice: User, bob: User, alices_browser: Client, make_picture: Callable[..., Picture], stored_files: Files
) -> None:
    of_alice, of_bob = make_picture(alice), make_picture(bob)
    assert of_alice.file.name == of_bob.file.name
    before = stored_files()

    assert delete(alices_browser, of_alice) == 302

    assert Picture.objects.get() == of_bob
    assert stored_files() == before


def test_staff_may_delete_a_picture_that_is_in_use(
    alice: User, bob: User, charlies_browser: Client, make_finished: Make, stored_files: Files
) -> None:
    render = make_finished(alice)
    other = make_finished(bob, content=render.pair.content)
    before = stored_files()

    assert delete(charlies_browser, render.pair.content) == 302
    assert not Render.objects.exists()
    assert {render.pair.content.file.name, render.output.name, other.output.name} <= gone(before, stored_files())
