"""People log in and out on pages of the site, and their account takes over what they made in that browser before."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from gallery.accounts.taking_over import take_over
from gallery.models import Collection, Favourite, Like, Picture, Render, Status, Sweep

Make = Callable[..., Render]
ALICE = {"username": "alice", "password": "alice"}
VISITOR = "a" * 32


def test_the_page_says_where_accounts_come_from(client: Client, db: None) -> None:
    page = client.get("/login/?next=/queue/").content.decode()

    assert "The people who run this site create accounts" in page
    assert 'name="next" value="/queue/"' in page


def test_in_and_out_again(client: Client, alice: User) -> None:
    assert "/login/?next=/queue/" in client.get("/queue/").content.decode()

    assert client.post("/login/", {**ALICE, "next": "/queue/"}).headers["Location"] == "/queue/"

    page = client.get("/").content.decode()
    assert 'action="/logout/"' in page
    assert "Logged in as alice" in page
    assert client.get("/login/").headers["Location"] == "/"
    assert client.post("/logout/").headers["Location"] == "/"
    assert 'action="/logout/"' not in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_it_leads_nowhere_else(address: str, client: Client, alice: User) -> None:
    assert client.post("/login/", {**ALICE, "next": address}).headers["Location"] == "/"


def test_a_wrong_password_is_said_and_changes_nothing(client: Client, alice: User) -> None:
    response = client.post("/login/", {"username": "alice", "password": "bob"})

    assert response.status_code == 200
    assert 'class="notice wrong" role="alert"' in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_what_this_browser_made_becomes_the_accounts(
    client: Client, alice: User, post_pair: Callable[..., HttpResponse], make_finished: Make
) -> None:
    address = post_pair().headers["Location"]
    visitor = Render.objects.get().visitor
    other = make_finished(visitor="b" * 32)
    Collection.objects.create(title="Mine", visitor=visitor)
    Sweep.objects.create(axes=[], visitor=visitor)

    client.post("/login/", ALICE)

    assert {picture.owner for picture in Picture.objects.exclude(visitor="b" * 32)} == {alice}
    for model in (Collection, Sweep):
        assert model.objects.get().owner == alice
    made = Render.objects.exclude(pk=other.pk).get()
    assert (made.owner, made.visitor) == (alice, "")
    other.refresh_from_db()
    assert (other.owner, other.visitor) == (None, "b" * 32)
    assert client.post(f"{address}cancel/").status_code == 302
    assert Render.objects.get(pk=made.pk).status == Status.CANCELED


def test_after_logging_out_the_browser_owns_nothing(
    client: Client, alice: User, post_pair: Callable[..., HttpResponse]
) -> None:
    address = post_pair().headers["Location"]
    client.post("/login/", ALICE)
    client.post("/logout/")

    assert client.post(f"{address}cancel/").status_code == 403


@pytest.mark.parametrize("mark", [Like, Favourite])
def test_of_what_both_have_marked_one_mark_is_left(
    mark: type[Like] | type[Favourite], alice: User, make_finished: Make
) -> None:
    both, hers, the_visitors = (make_finished(seed=seed, likes=2) for seed in (1, 2, 3))
    for render in (both, hers):
        mark.objects.create(render=render, owner=alice)
    for render in (both, the_visitors):
        mark.objects.create(render=render, visitor=VISITOR)

    take_over(VISITOR, alice)

    assert set(mark.objects.values_list("render", "owner", "visitor")) == {
        (render.pk, alice.pk, "") for render in (both, hers, the_visitors)
    }
    both.refresh_from_db()
    assert both.likes == (1 if mark is Like else 2)


def test_a_render_that_is_painted_meanwhile_goes_on(alice: User, make_finished: Make) -> None:
    render = make_finished(visitor=VISITOR, status=Status.IN_PROGRESS, worker="here", attempt=1)

    take_over(VISITOR, alice)

    held = Render.objects.held_by_attempt(render).get()
    assert (held.owner, held.worker) == (alice, "here")
