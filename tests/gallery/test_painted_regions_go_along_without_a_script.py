"""A render by masks keeps its masks if somebody remixes it without scripts, or if staff render it again."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from gallery.models import Picture, Render
from gallery.queueing.order import Order
from tests.gallery.files import upload
from tests.gallery.masks import mask_file
from tests.pictures import as_bytes, painting

Post = Callable[..., HttpResponse]


@pytest.fixture
def painted(post_pair: Post) -> Render:
    """A render with regions by masks."""
    masks = {"content_mask": mask_file((96, 72), 1, 2), "style_mask_1": mask_file((80, 80), 2, 1)}
    return Render.objects.get(pk=post_pair(**masks).headers["Location"].split("/")[2])


def remix(client: Client, source: Render, **changes: object) -> HttpResponse:
    """Sends the studio's form as the page shows it, with a few changes."""
    form = client.get(f"/new/?from={source.pk}").context["form"]
    values = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    values |= changes
    return client.post("/new/", {name: value for name, value in values.items() if value is not None})


def test_a_remix_has_the_masks_of_its_source(client: Client, painted: Render) -> None:
    assert remix(client, painted, image_size=96).status_code == 302

    again = Render.objects.exclude(pk=painted.pk).get()
    assert again.recipe.regions == "masks"
    assert Order.of(again).masks == Order.of(painted).masks


def test_the_form_offers_them_only_where_they_are(
    client: Client, painted: Render, make_render: Callable[..., Render]
) -> None:
    offered = [
        [value for value, _ in client.get(address).context["form"].fields["regions"].choices]
        for address in ("/new/", f"/new/?from={make_render().pk}", f"/new/?from={painted.pk}")
    ]

    without = ["names", "none", "automatic"]
    assert offered == [without, without, [*without, "masks"]]


def test_other_regions_leave_them_behind(client: Client, painted: Render) -> None:
    assert remix(client, painted, regions="automatic").status_code == 302

    assert Order.of(Render.objects.exclude(pk=painted.pk).get()).masks == ()


def test_masks_that_are_sent_go_before_them(client: Client, painted: Render) -> None:
    sent = {"content_mask": mask_file((96, 72), 3, 4), "style_mask_1": mask_file((80, 80), 3, 4)}

    assert remix(client, painted, **sent).status_code == 302

    again = Render.objects.exclude(pk=painted.pk).get()
    assert not set(Order.of(again).masks) & set(Order.of(painted).masks)


@pytest.mark.parametrize("what", ["another style", "a further style", "a file", "no such render", "one without masks"])
def test_masks_of_other_pictures_are_refused_with_a_sentence(
    what: str, client: Client, painted: Render, make_picture: Callable[..., Picture], make_render: Callable[..., Render]
) -> None:
    other = make_picture(seed=9)
    changes = {
        "another style": {"style_id": other.pk},
        "a further style": {"style_2_id": other.pk},
        "a file": {"style": upload("new.png", as_bytes(painting((80, 80), seed=9)))},
        "no such render": {"masks_from": other.pk},
        "one without masks": {"masks_from": make_render().pk},
    }[what]
    count = Render.objects.count()

    response = remix(client, painted, **changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["regions"]
    assert Render.objects.count() == count


def test_a_sweep_from_the_studio_takes_them_along(client: Client, painted: Render) -> None:
    form = client.get(f"/new/?from={painted.pk}").context["form"]
    values = {field.html_name: field.value() for field in form if field.value() not in (None, False)}

    client.post("/sweeps/new/", {**values, "axis_1": "strength", "values_1": "0.2, 0.8"})

    cells = Render.objects.filter(sweep__isnull=False)
    assert [Order.of(cell).masks for cell in cells] == [Order.of(painted).masks] * 2


def test_staff_render_again_by_the_same_masks(charlies_browser: Client, painted: Render) -> None:
    selected = {"action": "rerender", "_selected_action": [painted.pk]}
    page = charlies_browser.post("/admin/gallery/render/", selected)
    assert page.context["form"]["regions"].value() == "masks"
    assert '<option value="masks" selected>painted</option>' in page.content.decode()

    charlies_browser.post(
        "/admin/gallery/render/",
        {**selected, "change": ["image_size", "regions"], "image_size": 80, "regions": "masks"},
    )

    again = Render.objects.get(parent=painted)
    assert (again.recipe.regions, Order.of(again).masks) == ("masks", Order.of(painted).masks)
