"""Staff see everything in the admin; nobody else sees anything."""

from collections.abc import Callable

import pytest
import redis
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gallery.models import Picture, Render, Status, Worker

pytestmark = pytest.mark.django_db(transaction=True)  # files are deleted on commit

Make = Callable[..., Render]
LISTS = [
    "gallery_collection",
    "gallery_tag",
    "gallery_picture",
    "gallery_pair",
    "gallery_render",
    "auth_user",
    "auth_group",
]
RENDERS = "/admin/gallery/render/"


@pytest.mark.parametrize("name", LISTS)
def test_every_list_loads(name: str, charlies_browser: Client, alice: User, make_finished: Make) -> None:
    for status in Status:
        make_finished(alice, status=status)
    make_finished(alice, thumbnail="", started=None)

    assert charlies_browser.get(reverse(f"admin:{name}_changelist")).status_code == 200
    assert charlies_browser.get(reverse(f"admin:{name}_changelist"), {"q": "strokes"}).status_code == 200


@pytest.mark.parametrize("status", Status)
def test_every_page_of_a_thing_loads(
    status: Status, charlies_browser: Client, alice: User, make_finished: Make
) -> None:
    parent = make_finished(alice)
    render = make_finished(alice, status=status, parent=parent)
    pages = {"render": render.pk, "pair": render.pair_id, "picture": render.pair.content_id}

    for kind, pk in pages.items():
        response = charlies_browser.get(reverse(f"admin:gallery_{kind}_change", args=[pk]))
        assert response.status_code == 200
    assert (
        reverse("admin:gallery_render_change", args=[parent.pk])
        in charlies_browser.get(reverse("admin:gallery_render_change", args=[render.pk])).content.decode()
    )


@pytest.mark.usefixtures("clean_queue")
def test_the_dashboard_of_the_queue_is_linked_and_loads(charlies_browser: Client, make_render: Make) -> None:
    make_render()
    address = reverse("admin:django_rq_dashboard_changelist")

    assert f'href="{address}"' in charlies_browser.get(RENDERS).content.decode()
    response = charlies_browser.get(address)
    assert response.status_code == 200
    assert "renders" in response.content.decode()


@pytest.mark.parametrize("name", ["index", "gallery_render_changelist", "django_rq_dashboard_changelist"])
def test_nobody_else_is_let_in(name: str, client: Client, alices_browser: Client, clean_queue: redis.Redis) -> None:
    address = reverse(f"admin:{name}")
    for browser in (client, alices_browser):
        response = browser.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/admin/login/")


def test_nobody_else_can_re_render(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)

    response = alices_browser.post(RENDERS, {"action": "rerender", "_selected_action": render.pk, "image_size": 64})

    assert response.status_code == 302
    assert Render.objects.count() == 1


def test_the_priority_can_be_changed_in_the_list(charlies_browser: Client, make_finished: Make) -> None:
    render = make_finished(status=Status.PENDING)
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": render.pk, "form-0-priority": 7, "_save": "1"}

    assert charlies_browser.post(RENDERS, form).status_code == 302
    assert Render.objects.get().priority == 7


def test_renders_can_be_cancelled_together(charlies_browser: Client, make_finished: Make) -> None:
    waiting, running, over = (
        make_finished(status=status) for status in (Status.PENDING, Status.IN_PROGRESS, Status.COMPLETED)
    )
    chosen = [render.pk for render in (waiting, running, over)]

    page = charlies_browser.post(RENDERS, {"action": "cancel", "_selected_action": chosen}, follow=True)

    assert "2 renders are cancelled." in page.content.decode()
    assert [Render.objects.get(pk=pk).status for pk in chosen] == ["canceled", "canceled", "completed"]


def test_renders_can_be_paused_resumed_and_tried_again_together(charlies_browser: Client, make_finished: Make) -> None:
    waiting, failed = make_finished(status=Status.PENDING), make_finished(status=Status.FAILED)

    def act(action: str) -> str:
        form = {"action": action, "_selected_action": [waiting.pk, failed.pk]}
        return charlies_browser.post(RENDERS, form, follow=True).content.decode()

    assert "1 render is paused." in act("pause")
    assert Render.objects.paused().get() == waiting
    assert "1 render is resumed." in act("resume")
    assert "1 render is waiting again." in act("retry")
    assert Render.objects.claimable().count() == 2


def test_renders_can_be_moved_to_the_front_in_their_order(charlies_browser: Client, make_finished: Make) -> None:
    one, two, three = (make_finished(status=Status.PENDING) for _ in range(3))

    charlies_browser.post(RENDERS, {"action": "move_to_the_front", "_selected_action": [three.pk, two.pk]})

    assert list(Render.objects.waiting()) == [two, three, one]


def test_workers_are_listed(charlies_browser: Client) -> None:
    Worker.objects.create(name="atelier.7", host="atelier", device="cpu: 2 threads", seen=timezone.now())

    assert "atelier.7" in charlies_browser.get("/admin/gallery/worker/").content.decode()
    page = charlies_browser.get("/admin/gallery/worker/atelier.7/change/").content.decode()
    assert "cpu: 2 threads" in page
    assert 'name="_save"' not in page


def test_deleting_renders_in_the_list_takes_their_files_along(
    charlies_browser: Client, make_finished: Make, stored_files: Callable[[], set[str]]
) -> None:
    renders = [make_finished(seed=seed) for seed in (1, 2)]
    form = {"action": "delete_selected", "_selected_action": [render.pk for render in renders]}
    assert charlies_browser.post(RENDERS, form).status_code == 200
    assert Render.objects.count() == 2

    assert charlies_browser.post(RENDERS, {**form, "post": "yes"}).status_code == 302

    assert not Render.objects.exists()
    assert not any(name.startswith("renders/") for name in stored_files())


def test_deleting_one_render_takes_its_files_along(
    charlies_browser: Client, make_finished: Make, stored_files: Callable[[], set[str]]
) -> None:
    render = make_finished()

    assert charlies_browser.post(f"{RENDERS}{render.pk}/delete/", {"post": "yes"}).status_code == 302

    assert not Render.objects.exists()
    assert render.output.name not in stored_files()


def test_a_picture_that_is_used_is_not_deleted_and_one_that_is_not_is(
    charlies_browser: Client, make_finished: Make, make_picture: Callable[..., Picture]
) -> None:
    used, unused = make_finished().pair.content, make_picture(seed=6)

    for picture in (used, unused):
        charlies_browser.post(f"/admin/gallery/picture/{picture.pk}/delete/", {"post": "yes"})

    assert Picture.objects.filter(pk=used.pk).exists()
    assert not Picture.objects.filter(pk=unused.pk).exists()
    assert not unused.file.storage.exists(unused.file.name)


def test_deleting_a_person_keeps_the_renders(charlies_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)

    assert charlies_browser.post(f"/admin/auth/user/{alice.pk}/delete/", {"post": "yes"}).status_code == 302

    render.refresh_from_db()
    assert render.owner is None
