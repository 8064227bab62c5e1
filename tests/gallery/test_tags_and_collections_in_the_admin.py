"""Staff tag renders, rename tags, and choose which collections are on the first page; the search follows."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.browsing.search import note_words
from gallery.models import Collection, Render, Status, Tag

Make = Callable[..., Render]
RENDERS = "/admin/gallery/render/"


@pytest.fixture
def render(alice: User, make_finished: Make) -> Render:
    """A finished render of alice's with a tag."""
    render = make_finished(alice)
    render.tags.add(Tag.objects.create(name="sea"))
    note_words(render)
    return render


def found(browser: Client, word: str) -> list[Render]:
    return list(browser.get("/", {"q": word}).context["page"].renders)


def test_title_and_tags_of_a_render_are_changed_and_found(charlies_browser: Client, render: Render) -> None:
    night = Tag.objects.create(name="night")
    prefix = next(iter(charlies_browser.get(f"{RENDERS}{render.pk}/change/").context["inline_admin_formsets"])).formset
    inline = {f"{prefix.prefix}-TOTAL_FORMS": 0, f"{prefix.prefix}-INITIAL_FORMS": 0}
    form = {"title": "Harbour", "description": "", "priority": 0, "tags": [night.pk], **inline}

    assert charlies_browser.post(f"{RENDERS}{render.pk}/change/", form).status_code == 302

    assert found(charlies_browser, "harbour night") == [render]
    assert found(charlies_browser, "sea") == []


def test_a_tag_that_is_renamed_or_deleted_is_found_so(charlies_browser: Client, render: Render) -> None:
    tag = render.tags.get()

    charlies_browser.post(f"/admin/gallery/tag/{tag.pk}/change/", {"name": "Ocean"})
    assert found(charlies_browser, "ocean") == [render]

    charlies_browser.post(f"/admin/gallery/tag/{tag.pk}/delete/", {"post": "yes"})
    assert found(charlies_browser, "ocean") == []


def test_what_is_no_tag_is_refused(charlies_browser: Client, db: None) -> None:
    assert charlies_browser.post("/admin/gallery/tag/add/", {"name": "<b>"}).status_code == 200
    assert not Tag.objects.exists()


def test_collections_are_featured_in_the_list(charlies_browser: Client, alice: User) -> None:
    wall = Collection.objects.create(owner=alice, title="A wall")
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": wall.pk, "form-0-featured": "on"}

    charlies_browser.post("/admin/gallery/collection/", {**form, "form-0-place": 3, "_save": "1"})

    assert list(Collection.objects.on_the_first_page().values_list("pk", "place")) == [(wall.pk, 3)]


def test_no_red_cross_says_that_something_is_not_paused(charlies_browser: Client, make_finished: Make) -> None:
    running = make_finished(status=Status.PENDING)
    make_finished(status=Status.PENDING, paused=True, seed=4)

    for address in (RENDERS, f"{RENDERS}{running.pk}/change/"):
        assert "icon-no" not in charlies_browser.get(address).content.decode()
    assert "waiting, paused" in charlies_browser.get(RENDERS).content.decode()
