"""After a wrong password, a sentence says so, and the cursor is where the right one goes."""

from django.contrib.auth.models import User
from django.test import Client


def test_it_is_told_in_plain_words_and_only_the_password_is_asked_again(client: Client, alice: User) -> None:
    page = client.post("/login/", {"username": "alice", "password": "wrong"}).content.decode()

    assert "This name and this password do not belong together." in page
    name, password = (page[page.index(f'name="{field}"') :].partition(">")[0] for field in ("username", "password"))
    assert "autofocus" in password
    assert "autofocus" not in name


def test_at_first_the_cursor_is_at_the_name(client: Client, alice: User) -> None:
    page = client.get("/login/").content.decode()

    assert "autofocus" in page[page.index('name="username"') :].partition(">")[0]
