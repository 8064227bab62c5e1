"""A render may start from any picture: uploaded, stored, or the output of another render."""

import io
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape
from PIL import Image, ImageChops

from gallery.models import Picture, Render, Status, Sweep
from gallery.pictures import blobs
from gallery.queueing.order import Order
from tests.gallery.files import upload
from tests.pictures import as_bytes, painting
from transfer.inputs import Role
from transfer.metadata import decode

Post = Callable[..., HttpResponse]
BLUE = (30, 90, 200)
SHOWN = {"initial-init": "content", "init": "content"}  # what a browser sends for an untouched field


def start_file(name: str = "fog.png", colour: tuple[int, int, int] = BLUE) -> SimpleUploadedFile:
    return upload(name, as_bytes(Image.new("RGB", (90, 70), colour)))


def only() -> Order:
    return Order.of(Render.objects.get())


def is_in_an_open_group(response: HttpResponse, sentence: str) -> bool:
    """Whether the page says this at the place for the start picture, and shows that place without a click."""
    before, place = response.content.decode().split('data-role="start"')
    opened = before[before.rindex('<details class="group"') :].split(">")[0]
    return " open" in opened and escape(sentence) in place.split('<details class="group"')[0]


@pytest.fixture
def started(post_pair: Post) -> Render:
    """A waiting render that starts from a picture."""
    return Render.objects.get(pk=post_pair(start=start_file()).headers["Location"].split("/")[2])


def test_a_file_that_is_chosen_is_started_from(post_pair: Post) -> None:
    assert post_pair(start=start_file(), **SHOWN).status_code == 302

    assert (only().recipe.init, str(only().start)) == ("picture", "fog.png")
    assert only().sizes == {Role.CONTENT: [(96, 72)], Role.STYLE: [(80, 80)], Role.START: [(90, 70)]}


def test_a_picture_or_a_finished_render_that_is_here_can_be_chosen(
    post_pair: Post, make_picture: Callable[..., Picture], make_finished: Callable[..., Render]
) -> None:
    output = blobs.store("renders", as_bytes(painting((96, 80), seed=6)), ".png")
    picture, render = make_picture(seed=7), make_finished(title="Sea", output=output)
    for chosen in (picture, render):
        assert post_pair(start_id=str(chosen.pk), **SHOWN).status_code == 302

    starts = {str(Order.of(each).start) for each in Render.objects.filter(status=Status.PENDING)}
    assert starts == {str(picture), "Sea"}


@pytest.mark.parametrize(
    ("fields", "init"),
    [
        ({}, "picture"),
        ({"initial-init": "content", "init": "content"}, "picture"),
        ({"initial-init": "noise", "init": "noise"}, "picture"),
        ({"initial-init": "picture", "init": "picture"}, "picture"),
        ({"initial-init": "content", "init": "noise"}, "noise"),
        ({"initial-init": "picture", "init": "content"}, "content"),
        ({"initial-init": "", "init": "content"}, "content"),
        ({"init": "noise"}, "noise"),
    ],
)
def test_another_start_goes_before_it_where_a_person_chose_one(fields: dict, init: str, post_pair: Post) -> None:
    assert post_pair(start=start_file(), **fields).status_code == 302

    assert only().recipe.init == init
    assert (only().start is not None) == (init == "picture")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"init": "picture"}, "Choose a picture to start from."),
        ({"start": upload("fog.png", b"no picture")}, "fog.png is a text file"),
        ({"start_id": "nonsense"}, "not the id of a picture"),
        ({"start_id": "00000000-0000-4000-8000-000000000000", "init": "picture"}, "not here any more"),
    ],
)
def test_what_is_wrong_stands_at_its_place_once_and_nothing_is_made(
    fields: dict, sentence: str, post_pair: Post, nothing_was_made: Callable[[], bool]
) -> None:
    response = post_pair(**fields)

    assert response.status_code == 422
    (complaint,) = response.context["form"].errors["start"]
    assert sentence in complaint
    assert is_in_an_open_group(response, complaint)
    assert nothing_was_made()


def test_the_studio_has_a_place_for_it(client: Client, db: None) -> None:
    page = client.get("/new/").content.decode()

    place = page.split('data-role="start"')[1]
    assert 'type="file" name="start"' in place
    assert "for=start" in place
    assert page.count('name="init"') == page.count('name="initial-init"') == 1


def test_a_picture_is_chosen_by_address(client: Client, make_picture: Callable[..., Picture]) -> None:
    content, picture = make_picture(seed=1), make_picture(seed=2)
    choosing = client.get(f"/new/choose/?content={content.pk}&for=start")

    assert "Choose a picture to start from" in choosing.content.decode()
    assert f"/new/?content={content.pk}&amp;start={picture.pk}" in choosing.content.decode()
    form = client.get(f"/new/?content={content.pk}&start={picture.pk}").context["form"]
    assert (form.start_slot.chosen, form["init"].value()) == (picture, "picture")
    assert form.picture_slots[0].chosen == content


def test_a_remix_starts_from_the_same_picture(client: Client, started: Render) -> None:
    form = client.get(f"/new/?from={started.pk}").context["form"]

    assert (form.start_slot.chosen, form["init"].value()) == (Order.of(started).start, "picture")


def test_the_plan_is_told_where_it_starts_from_a_picture(client: Client, make_picture: Callable[..., Picture]) -> None:
    fields = {"content_id": make_picture(seed=1).pk, "style_id": make_picture(seed=2).pk, "init": "picture"}

    assert client.post("/new/plan/", fields).context["planned"].memory > 0


def test_every_way_to_render_it_again_starts_from_the_same_picture(
    started: Render, charlies_browser: Client, charlie: User
) -> None:
    start = Order.of(started).start
    Render.objects.update(status=Status.COMPLETED)
    charlies_browser.post(f"/renders/{started.pk}/bigger/", {"image_size": 256})
    charlies_browser.post(f"/renders/{started.pk}/reseed/")
    selected = {"action": "rerender", "_selected_action": [started.pk]}
    page = charlies_browser.post("/admin/gallery/render/", selected)
    assert page.context["form"]["init"].value() == "picture"
    charlies_browser.post("/admin/gallery/render/", {**selected, "image_size": 80, "change": "image_size"})

    again = [Order.of(each) for each in Render.objects.filter(parent=started)]
    assert [order.start for order in again] == [start] * 3
    assert {order.recipe.init for order in again} == {"picture"}


def test_a_sweep_from_it_and_one_from_the_studio_start_from_the_picture(
    started: Render, client: Client, make_picture: Callable[..., Picture]
) -> None:
    axes = {"axis_1": "strength", "values_1": "0.2, 0.8"}
    pictures = {"content_id": make_picture(seed=1).pk, "style_id": make_picture(seed=2).pk}
    client.post("/sweeps/new/", {"from": started.pk, **axes})
    client.post("/sweeps/new/", {**pictures, "start": start_file("mist.png", (200, 200, 200)), **axes})

    found = {str(Order.of(render).start) for sweep in Sweep.objects.all() for render in sweep.renders.all()}
    assert found == {"fog.png", "mist.png"}


def test_a_cell_that_starts_from_something_else_takes_no_picture_along(started: Render, client: Client) -> None:
    client.post("/sweeps/new/", {"from": started.pk, "axis_1": "init", "values_1": "content, noise"})

    assert [Order.of(render).start for render in Render.objects.filter(sweep__isnull=False)] == [None, None]


def test_it_is_not_offered_where_there_is_no_picture(
    started: Render, make_finished: Callable[..., Render], charlies_browser: Client
) -> None:
    rows = [started.pk, make_finished().pk]
    selected = {"action": "rerender", "_selected_action": rows}

    response = charlies_browser.post(
        "/admin/gallery/render/", {**selected, "image_size": 80, "init": "picture", "change": "init"}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["init"]


def test_a_picture_that_is_started_from_is_in_use(
    bobs_browser: Client, alice: User, bob: User, make_picture: Callable[..., Picture], post_pair: Post,
    alices_browser: Client,
) -> None:  # fmt: skip
    picture = make_picture(bob, seed=5)
    post_pair(alices_browser, start_id=str(picture.pk))
    assert bobs_browser.post(f"/pictures/{picture.pk}/delete/").status_code == 409

    alices_browser.post(f"/renders/{Render.objects.get().pk}/delete/")
    assert bobs_browser.post(f"/pictures/{picture.pk}/delete/").status_code == 302


@pytest.mark.usefixtures("worker")
def test_the_painting_begins_with_it_and_its_file_says_so(
    client: Client, post_pair: Post, wait_for: Callable[..., Render]
) -> None:
    settings = {"num_iterations": "1", "learning_rate": "0.0001"}  # next to nothing is painted over it
    rows = [
        wait_for(post_pair(**settings, **start).headers["Location"].split("/")[2], Status.COMPLETED, Status.FAILED)
        for start in ({}, {"start": start_file()})
    ]
    assert [row.error for row in rows] == ["", ""]

    files = [io.BytesIO(row.output.open("rb").read()) for row in rows]
    plain, blue = (Image.open(file).convert("RGB") for file in files)
    far = ImageChops.difference(blue, Image.new("RGB", blue.size, BLUE))
    assert max(high for _, high in far.getextrema()) < 40
    assert max(high for _, high in ImageChops.difference(plain, blue).getextrema()) > 40

    start = Order.of(rows[1]).start
    made = decode(Image.open(files[1]))
    assert made is not None
    (named,) = made.of(Role.START)
    assert start is not None
    assert named.sha256 == start.sha256
    page = client.get(f"/renders/{rows[1].pk}/").content.decode()
    assert "<figcaption>Start</figcaption>" in page
    assert "Start: Fog" in page

    form = client.post("/new/recall/", {"finished": upload("f.png", files[1].getvalue())}).context["form"]
    assert (form.start_slot.chosen, form["init"].value()) == (start, "picture")
    client.post(f"/renders/{rows[1].pk}/delete/")
    client.post(f"/pictures/{start.pk}/delete/")
    recalled = client.post("/new/recall/", {"finished": upload("f.png", files[1].getvalue())})
    form = recalled.context["form"]
    assert is_in_an_open_group(recalled, form.start_slot.notice)
    assert form["init"].value() == "picture"
    assert form.start_slot.notice.startswith("“fog.png”")
    assert form.start_slot.expected.value() == named.sha256
