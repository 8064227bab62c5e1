"""One table has everything that goes into a render, by role and place; a render need not have a pair."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gallery.accounts.person import Person
from gallery.models import Pair, Picture, Render, RenderInput, Status
from gallery.queueing import answers, deletion, length, queue
from gallery.queueing.order import Order, OrderInput
from tests.gallery.files import only_named, upload
from tests.gallery.masks import mask_file
from tests.pictures import as_bytes, painting
from transfer.inputs import Role
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Picture]
RECIPE = StyleRecipe(image_size=64, num_iterations=3)


def roles(render: Render) -> list[tuple[str, int]]:
    return list(render.inputs.values_list("role", "place"))


@pytest.fixture
def without_a_pair(clean_queue: object, make_picture: Make) -> Render:
    """A finished render without a content picture."""
    inputs = tuple(OrderInput(Role.STYLE, place, make_picture(seed=place, name=f"s{place}.png")) for place in (1, 2))
    render = queue.submit(Order(RECIPE, inputs), Person(None, ""))
    only_named("renders/aa/none.png")
    Render.objects.update(status=Status.COMPLETED, width=64, height=64, output="renders/aa/none.png")
    return Render.objects.get(pk=render.pk)


def test_a_form_with_everything_makes_an_input_of_each_picture_and_mask(
    post_pair: Callable[..., HttpResponse],
) -> None:
    more = upload("more.png", as_bytes(painting((90, 70), seed=4)))
    masks = {
        "content_mask": mask_file((96, 72), 1, 2),
        "style_mask_1": mask_file((80, 80), 1),
        "style_mask_2": mask_file((90, 70), 2),
    }
    start = upload("start.png", as_bytes(painting((80, 80), seed=5)))

    assert post_pair(style_2=more, start=start, **masks).status_code == 302

    render = Render.objects.get()
    found = [("content", 0), ("mask", 0), ("mask", 1), ("mask", 2), ("start", 0), ("style", 1), ("style", 2)]
    assert roles(render) == found
    assert [row.role for row in render.inputs.all() if row.picture is None] == ["mask"] * 3
    order = Order.of(render)
    assert [each.role for each in order.inputs] == ["content", "style", "style", "mask", "mask", "mask", "start"]
    assert (order.content, order.styles[0]) == (render.pair.content, render.pair.style)  # type: ignore[union-attr]


@pytest.mark.parametrize("fields", [{}, {"picture": True, "file": "masks/aa/a.png"}], ids=["neither", "both"])
def test_an_input_is_a_picture_or_a_file(fields: dict, make_render: Callable[..., Render], make_picture: Make) -> None:
    render = make_render()
    given = {**fields, "picture": make_picture()} if fields else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        RenderInput.objects.create(render=render, role=Role.GUIDE, **given)


def test_no_two_of_a_role_have_the_same_place(make_render: Callable[..., Render], make_picture: Make) -> None:
    render = make_render()
    with pytest.raises(IntegrityError), transaction.atomic():
        render.inputs.create(role=Role.STYLE, place=1, picture=make_picture())


def test_renders_of_a_picture_are_looked_up(make_render: Callable[..., Render], make_picture: Make) -> None:
    picture = make_picture(seed=8)
    first, second = make_render(), make_render()
    first.inputs.create(role=Role.START, picture=picture)
    second.inputs.create(role=Role.STYLE, place=2, picture=picture)

    assert set(Render.objects.of_picture(picture)) == {first, second}
    if connection.vendor == "sqlite":
        plan = RenderInput.objects.filter(picture=picture, role=Role.STYLE).explain()
        assert "uses_of_a_picture" in plan


def test_no_pair_is_made_without_a_content(without_a_pair: Render) -> None:
    assert without_a_pair.pair is None
    assert not Pair.objects.exists()


@pytest.mark.parametrize(
    "address", ["/", "/renders/{}/", "/queue/", "/new/?from={}", "/sweeps/new/?from={}", "/new/choose/"]
)
@pytest.mark.parametrize("status", Status.values)
def test_pages_show_a_render_without_a_pair(
    status: str, address: str, without_a_pair: Render, charlies_browser: Client
) -> None:
    Render.objects.update(status=status)

    page = charlies_browser.get(address.format(without_a_pair.pk), follow=True)

    assert page.status_code == 200
    assert "None" not in page.content.decode()


def test_it_is_called_by_its_pictures(without_a_pair: Render, client: Client) -> None:
    assert without_a_pair.name == "A picture in the style of S1 and S2"
    assert without_a_pair.name in client.get("/").content.decode()


def test_its_page_has_its_pictures_and_no_link_to_a_pair(without_a_pair: Render, client: Client) -> None:
    page = client.get(f"/renders/{without_a_pair.pk}/").content.decode()

    assert "<figcaption>Style</figcaption>" in page
    assert "<figcaption>Style 2</figcaption>" in page
    assert "All renders of these pictures" not in page


def test_the_admin_shows_it_and_finds_it_by_any_picture(without_a_pair: Render, charlies_browser: Client) -> None:
    assert str(without_a_pair.pk) in charlies_browser.get("/admin/gallery/render/?q=s2.png").content.decode()
    assert charlies_browser.get(f"/admin/gallery/render/{without_a_pair.pk}/change/").status_code == 200


def test_it_is_filtered_by_its_styles_and_found_by_their_names(without_a_pair: Render, client: Client) -> None:
    for style in Order.of(without_a_pair).styles:
        assert client.get(f"/?style={style.pk}").context["page"].renders == [without_a_pair]
        assert client.get(f"/?content={style.pk}").context["page"].renders == []


def test_a_page_of_cards_costs_two_queries_more_where_there_are_some_without_a_pair(
    make_finished: Callable[..., Render], client: Client
) -> None:
    pairs = [make_finished(seed=seed).pair_id for seed in range(5)]
    counts = []
    for pair in (pairs[0], None):
        Render.objects.update(pair=pair)
        answers.forget(length.NAME)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get("/").context["page"].renders) == 5
        counts.append(len(queries))

    assert counts[1] == counts[0] + 2


def test_it_is_deleted_with_its_files(without_a_pair: Render, stored_files: Callable[[], set[str]]) -> None:
    pictures = set(stored_files())
    deletion.delete_render(without_a_pair)

    assert not RenderInput.objects.exists()
    assert stored_files() == pictures
