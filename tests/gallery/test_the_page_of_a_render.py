"""A render's page shows its progress, with or without scripts, and lists everything that made it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape

from gallery.models import Render, Status
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]
REFRESH = '<noscript><meta http-equiv="refresh"'
WORDS = {
    Status.PENDING: "Next in line",
    Status.IN_PROGRESS: "Starting",
    Status.COMPLETED: "Download PNG",
    Status.FAILED: "This render failed. There was not enough memory.",
    Status.CANCELED: "This render was cancelled.",
}


@pytest.mark.parametrize("status", Status)
def test_it_says_how_the_render_stands(status: Status, client: Client, make_finished: Make) -> None:
    error = "There was not enough memory." if status == Status.FAILED else ""
    render = make_finished(status=status, error=error)

    response = client.get(f"/renders/{render.id}/")

    page = response.content.decode()
    assert response.status_code == 200
    assert [word for word in WORDS.values() if word in page] == [WORDS[status]]
    assert f'data-status="{status}"' in page
    assert f'data-status-url="/renders/{render.id}/status.json"' in page
    assert (render.output.url in page) == (status == Status.COMPLETED)
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("status", Status)
def test_without_scripts_it_comes_anew_only_while_it_is_not_over(
    status: Status, client: Client, make_finished: Make
) -> None:
    page = client.get(f"/renders/{make_finished(status=status).id}/").content.decode()

    unfinished = status in (Status.PENDING, Status.IN_PROGRESS)
    assert (REFRESH in page) == unfinished
    assert ("watch" in page.split("</head>")[0]) == unfinished


def test_a_waiting_render_tells_its_place(client: Client, make_finished: Make) -> None:
    make_finished(status=Status.PENDING)
    render = make_finished(status=Status.PENDING)

    assert "2nd in line" in client.get(f"/renders/{render.id}/").content.decode()


def test_every_parameter_is_listed(client: Client, make_finished: Make) -> None:
    recipe = StyleRecipe(
        image_size=77, seed=4242, learning_rate=0.0125, style_layers=("relu1_1",), original_colors=True
    )
    render = make_finished(recipe_json=recipe.model_dump(mode="json"))

    response = client.get(f"/renders/{render.id}/")

    rows = {row.name: row for row in response.context["recipe_rows"]}
    assert list(rows) == list(StyleRecipe.model_fields)
    page = response.content.decode()
    for row in rows.values():
        assert f">{escape(row.title)}<small>{escape(row.description)}</small></th><td>{escape(row.value)}<" in page
    assert {name: row.value for name, row in rows.items() if not row.is_default} == {
        "image_size": "77",
        "seed": "4242",
        "learning_rate": "0.0125",
        "style_layers": "relu1_1",
        "original_colors": "yes",
    }


def test_a_value_is_listed_as_exactly_as_it_was_given(client: Client, make_finished: Make) -> None:
    recipe = StyleRecipe(content_weight=123.4567891, learning_rate=0.00012345678)
    render = make_finished(recipe_json=recipe.model_dump(mode="json"))

    rows = {row.name: row.value for row in client.get(f"/renders/{render.id}/").context["recipe_rows"]}

    assert float(rows["content_weight"]) == recipe.content_weight
    assert float(rows["learning_rate"]) == recipe.learning_rate


def test_the_output_has_its_size_and_a_name_to_be_saved_under(client: Client, make_finished: Make) -> None:
    render = make_finished()

    page = client.get(f"/renders/{render.id}/").content.decode()

    assert f'src="{render.output.url}" width="64" height="48" alt="House × Strokes"' in page
    assert 'download="house-strokes-64px.png"' in page
    assert f"/new/?from={render.id}" in page
    assert f'href="/pairs/{render.pair_id}/"' in page


def test_a_re_render_names_its_parent(client: Client, make_finished: Make) -> None:
    parent = make_finished()
    child = make_finished(parent=parent)

    assert f'href="/renders/{parent.id}/"' in client.get(f"/renders/{child.id}/").content.decode()


def test_buttons_are_there_for_those_who_may(
    client: Client, alice: User, alices_browser: Client, bobs_browser: Client, make_finished: Make
) -> None:
    over, waiting = make_finished(alice), make_finished(alice, status=Status.PENDING)
    paused, failed = (
        make_finished(alice, status=Status.PENDING, paused=True),
        make_finished(alice, status=Status.FAILED),
    )

    def buttons(browser: Client, render: Render) -> list[str]:
        page = browser.get(f"/renders/{render.id}/").content.decode()
        actions = ("keep", "pause", "resume", "retry", "cancel", "delete")
        return [action for action in actions if f'action="/renders/{render.id}/{action}/"' in page]

    assert buttons(alices_browser, over) == ["delete"]
    assert buttons(alices_browser, waiting) == ["keep", "pause", "cancel"]
    assert buttons(alices_browser, paused) == ["keep", "resume", "cancel"]
    assert buttons(alices_browser, failed) == ["retry", "delete"]
    for browser in (client, bobs_browser):
        assert not any(buttons(browser, render) for render in (over, waiting, paused, failed))


def test_an_error_is_only_text(client: Client, make_finished: Make) -> None:
    page = client.get(
        f"/renders/{make_finished(status=Status.FAILED, error='<script>alert(1)</script>').id}/"
    ).content.decode()

    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("address", ["/", "/new/", "/queue/", "/pictures/", "/nothing-here/"])
def test_pages_load_nothing_from_elsewhere(client: Client, db: None, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
