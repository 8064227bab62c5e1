"""Many are deleted at once: at first they only leave the lists, and for ten seconds that can be undone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from gallery.models import Collection, Picture, Removal, Render, Sweep, Worker
from gallery.queueing import reconcile, removals

pytestmark = pytest.mark.django_db(transaction=True)  # files are deleted on commit

Make = Callable[..., Render]


def delete(browser: Client, *renders: Render, pictures: tuple[Picture, ...] = ()) -> None:
    """Asks for it, and says that one is sure."""
    chosen = {"render": [each.pk for each in renders], "picture": [each.pk for each in pictures]}
    assert browser.post("/selection/delete/", {**chosen, "sure": "1", "next": "/"}).status_code == 302


def ten_seconds_later() -> None:
    Removal.objects.update(due=timezone.now() - timedelta(seconds=1))


def test_it_leaves_every_list_and_is_still_there(alices_browser: Client, alice: User, make_finished: Make) -> None:
    stays, goes = make_finished(alice, seed=1), make_finished(alice, seed=2)
    wall = Collection.objects.create(owner=alice, title="A wall")
    wall.renders.add(stays, goes)

    delete(alices_browser, goes)

    assert set(Render.objects.all()) == {stays, goes}
    for address in ("/", wall.get_absolute_url(), stays.pair.get_absolute_url()):
        assert alices_browser.get(address).context["page"].renders == [stays]
    assert str(goes.pk) not in alices_browser.get("/new/choose/").content.decode()
    assert "Deleting 1 render" in alices_browser.get("/").content.decode()


def test_undoing_brings_it_back(alices_browser: Client, client: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)
    delete(alices_browser, render)
    removal = Removal.objects.get()

    client.post("/selection/undo/", {"removal": removal.pk})
    assert client.get("/").context["page"].renders == []

    alices_browser.post("/selection/undo/", {"removal": removal.pk})
    ten_seconds_later()
    assert alices_browser.get("/").context["page"].renders == [render]


def test_the_next_request_carries_it_out(
    alices_browser: Client, client: Client, alice: User, make_finished: Make, stored_files: Callable[[], set[str]]
) -> None:
    render = make_finished(alice)
    delete(alices_browser, render)
    client.get("/")
    assert Render.objects.exists()

    ten_seconds_later()
    client.get("/")

    assert not Render.objects.exists()
    assert not Removal.objects.exists()
    assert render.output.name not in stored_files()


@pytest.mark.usefixtures("clean_queue")
def test_a_worker_carries_it_out_where_nobody_comes(alices_browser: Client, alice: User, make_finished: Make) -> None:
    delete(alices_browser, make_finished(alice))
    ten_seconds_later()

    reconcile.reconcile("w")

    assert not Render.objects.exists()
    assert Worker.objects.exists()


def test_it_is_too_late_once_it_has_begun(alices_browser: Client, alice: User, make_finished: Make) -> None:
    delete(alices_browser, make_finished(alice))
    removal = Removal.objects.get()
    ten_seconds_later()
    removals.carry_out_due()

    page = alices_browser.post("/selection/undo/", {"removal": removal.pk}, follow=True).content.decode()

    assert "too late" in page


def test_what_was_interrupted_is_gone_on_with(alices_browser: Client, alice: User, make_finished: Make) -> None:
    delete(alices_browser, *(make_finished(alice, seed=seed) for seed in range(3)))
    ten_seconds_later()

    removals.carry_out_due(seconds=0)
    assert Render.objects.count() == 2
    removals.carry_out_due()

    assert not Render.objects.exists()


def test_two_never_carry_out_the_same(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)
    delete(alices_browser, render)
    ten_seconds_later()
    Removal.objects.update(begun=True, due=timezone.now() + removals.TAKEN_OVER_AFTER)

    removals.carry_out_due()

    assert Render.objects.get() == render


def test_what_goes_along_is_said_before(
    alices_browser: Client, alice: User, make_finished: Make, make_picture: Callable[..., Picture]
) -> None:
    picture = make_picture(alice, seed=5)
    sweep = Sweep.objects.create(owner=alice, axes=[])
    make_finished(alice, content=picture)
    make_finished(alice, content=picture, sweep=sweep, seed=4)

    page = alices_browser.post("/selection/delete/", {"picture": picture.pk}).content.decode()

    assert "2 renders of yours made from it are deleted too." in page
    assert "1 of the renders is a cell of a sweep" in page
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_picture_goes_with_ones_renders_of_it(
    alices_browser: Client, alice: User, make_finished: Make, make_picture: Callable[..., Picture]
) -> None:
    picture = make_picture(alice, seed=5)
    of_it, other = make_finished(alice, style=picture), make_finished(alice, seed=3)

    delete(alices_browser, pictures=(picture,))
    assert picture not in alices_browser.get("/pictures/").context["pictures"]
    assert alices_browser.get("/").context["page"].renders == [other]
    ten_seconds_later()
    removals.carry_out_due()

    assert not Picture.objects.filter(pk=picture.pk).exists()
    assert set(Render.objects.all()) == {other} != {of_it}


def test_what_others_use_stays(
    alices_browser: Client, alice: User, bob: User, make_finished: Make, make_picture: Callable[..., Picture]
) -> None:
    picture = make_picture(alice, seed=5)
    make_finished(bob, style=picture)

    page = alices_browser.post("/selection/delete/", {"picture": picture.pk}).content.decode()

    assert "1 picture stays, because other people's renders use it." in page
    delete(alices_browser, pictures=(picture,))
    assert not Removal.objects.exists()


def test_nobody_elses_is_deleted(bobs_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)

    assert "somebody else" in bobs_browser.post("/selection/delete/", {"render": render.pk}).content.decode()
    delete(bobs_browser, render)

    assert not Removal.objects.exists()


def test_an_account_takes_over_what_its_visitor_asked_for(client: Client, alice: User, make_finished: Make) -> None:
    session = client.session
    session["visitor"] = "v" * 32
    session.save()
    render = make_finished(visitor="v" * 32)
    delete(client, render)

    client.post("/login/", {"username": "alice", "password": "alice"})
    ten_seconds_later()
    removals.carry_out_due()

    assert not Render.objects.exists()
