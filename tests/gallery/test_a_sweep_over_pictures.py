"""A sweep's axes may be pictures: each cell has its own content or style, and all else is shared."""

import itertools
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from gallery.models import Collection, Picture, Render, Sweep
from gallery.pictures import blobs
from gallery.queueing.order import Order
from tests.gallery.files import upload
from tests.pictures import as_bytes, painting
from transfer.inputs import Role

Ask = Callable[..., HttpResponse]
Make = Callable[..., Render]


def files(what: str, *seeds: int) -> list[object]:
    """Pictures of various shapes, as a multiple file input sends them."""
    return [upload(f"{what}{seed}.png", as_bytes(painting((80 + 8 * seed, 80), seed=seed))) for seed in seeds]


@pytest.fixture
def ask(client: Client, db: None, clean_queue: object) -> Ask:
    """Posts the studio's form to the sweeps; fields that are None are left out."""

    def post(**fields: object) -> HttpResponse:
        data = {"num_iterations": "3", "sweep_at": "other", "sweep_size": "64", "axis_1": "content", **fields}
        return client.post("/sweeps/new/", {name: value for name, value in data.items() if value is not None})

    return post


def pairs(sweep: Sweep) -> list[tuple[str, str]]:
    """The names of content and style of each cell, row by row."""
    orders = map(Order.of, sweep.renders.order_by("sweep_place"))
    return [(str(order.content), str(order.styles[0])) for order in orders]


def complaints(response: HttpResponse) -> dict[str, list[str]]:
    assert response.status_code == 422
    assert not Sweep.objects.exists()
    return dict(response.context["sweep_form"].errors)


def test_several_contents_times_several_styles_row_by_row(ask: Ask) -> None:
    response = ask(pictures_1=files("house", 1, 2, 3), axis_2="style", pictures_2=files("ink", 4, 5))

    sweep = Sweep.objects.get()
    assert response.headers["Location"] == f"/sweeps/{sweep.id}/"
    contents, styles = ["house1.png", "house2.png", "house3.png"], ["ink4.png", "ink5.png"]
    assert pairs(sweep) == [(content, style) for style, content in itertools.product(styles, contents)]
    assert [axis["names"] for axis in sweep.axes] == [contents, styles]
    assert Picture.objects.count() == 5
    assert all(render.pair.content == Order.of(render).content for render in sweep.renders.all() if render.pair)


def test_the_pictures_chosen_in_the_studio_come_first(ask: Ask, make_picture: Callable[..., Picture]) -> None:
    house, ink = make_picture(seed=8, name="house.png"), make_picture(seed=9, name="ink.png")

    ask(content_id=str(house.pk), style_id=str(ink.pk), axis_1="style", pictures_1=files("oil", 1))

    assert pairs(Sweep.objects.get()) == [("house.png", "ink.png"), ("house.png", "oil1.png")]


def test_pictures_vary_with_a_setting(ask: Ask) -> None:
    ask(style=files("ink", 4)[0], pictures_1=files("house", 1, 2), axis_2="strength", values_2="0, 1")

    cells = Sweep.objects.get().renders.order_by("sweep_place")
    assert [(str(Order.of(cell).content), cell.recipe.strength) for cell in cells] == [
        ("house1.png", 0), ("house2.png", 0), ("house1.png", 1), ("house2.png", 1),
    ]  # fmt: skip


def test_a_whole_collection_and_pictures_that_are_here(
    ask: Ask, make_finished: Make, make_picture: Callable[..., Picture], alice: User
) -> None:
    collection = Collection.objects.create(owner=alice, title="Winter")
    for seed in (1, 2):
        output = blobs.store("renders", as_bytes(painting((80, 70), seed=seed)), ".png")
        collection.renders.add(make_finished(alice, output=output, width=80, height=70))
    ink = make_picture(seed=9, name="ink.png")

    ask(content=files("house", 1)[0], axis_1="style", pictures_1_id=[str(ink.pk)], collection_1=str(collection.pk))

    sweep = Sweep.objects.get()
    assert sweep.renders.count() == 3
    assert pairs(sweep)[0] == ("house1.png", "ink.png")
    assert len({Order.of(cell).styles[0].sha256 for cell in sweep.renders.all()}) == 3


def test_a_render_that_is_too_small_to_go_into_another_one_is_named(ask: Ask, make_finished: Make) -> None:
    small = make_finished(title="A stamp")

    found = complaints(ask(style=files("ink", 4)[0], pictures_1_id=[str(small.pk)]))

    assert "A stamp: This picture has 64 × 48 pixels" in found["pictures_1"][0]


def test_equal_files_count_once(ask: Ask) -> None:
    ask(style=files("ink", 4)[0], pictures_1=files("house", 1, 1, 2))

    assert Sweep.objects.get().renders.count() == 2


@pytest.mark.parametrize(
    ("fields", "beside", "named"),
    [
        ({"pictures_1": [*files("house", 1), upload("notes.txt", b"milk")]}, "pictures_1", "notes.txt"),
        ({"pictures_1": [*files("house", 1), upload("empty.png", b"")]}, "pictures_1", "empty.png"),
        ({}, "pictures_1", "at least one"),
        ({"pictures_1_id": ["00000000-0000-0000-0000-000000000000"]}, "pictures_1", "not here any more"),
        ({"pictures_1": files("house", 1), "axis_2": "content", "pictures_2": files("ink", 2)}, "axis_2", "other axis"),
        ({"pictures_1": files("house", *range(9)), "axis_2": "seed", "values_2": "1..8"}, "pictures_1", "72 renders"),
        ({"pictures_1": files("house", 1, 2), "axis_2": "strength", "values_2": "0, 3"}, "values_2", "3"),
    ],
)
def test_what_is_wrong_names_the_file_and_nothing_is_made(
    fields: dict, beside: str, named: str, ask: Ask, nothing_was_made: Callable[[], bool]
) -> None:
    init = {"init": "noise"} if fields.get("axis_2") == "seed" else {}
    found = complaints(ask(style=files("ink", 4)[0], **init, **fields))

    assert list(found) == [beside]
    assert named in " ".join(found[beside])
    assert nothing_was_made()


def test_a_render_lends_the_rest_to_other_contents(
    alices_browser: Client, make_finished: Make, alice: User, clean_queue: object
) -> None:
    source = make_finished(alice)

    alices_browser.post(
        "/sweeps/new/", {"from": source.pk, "axis_1": "content", "pictures_1": files("barn", 1), "sweep_at": "chosen"}
    )

    sweep = Sweep.objects.get()
    assert pairs(sweep) == [("house.png", "strokes.png"), ("barn1.png", "strokes.png")]
    assert {cell.image_size for cell in sweep.renders.all()} == {source.image_size}


def test_weights_of_several_styles_are_left_out_where_styles_vary(ask: Ask) -> None:
    ask(
        content=files("house", 1)[0],
        style=files("ink", 2)[0],
        style_2=files("oil", 3)[0],
        blend_1="3",
        axis_1="style",
        pictures_1=files("chalk", 4),
    )

    cells = Sweep.objects.get().renders.all()
    assert [len(Order.of(cell).styles) for cell in cells] == [1, 1, 1]
    assert {cell.recipe.style_blend_weights for cell in cells} == {()}


def test_the_sheet_shows_the_pictures_as_headings_and_can_be_downloaded(client: Client, ask: Ask) -> None:
    ask(pictures_1=files("house", 1, 2), axis_2="style", pictures_2=files("ink", 4, 5))
    sweep = Sweep.objects.get()

    page = client.get(f"/sweeps/{sweep.id}/").content.decode()
    sheet = client.get(f"/sweeps/{sweep.id}/sheet.jpg")

    assert "2 contents × 2 styles" in page
    for picture in Picture.objects.all():
        assert picture.thumbnail.url in page
    assert "Content house2.png, Style ink4.png" in page
    assert sheet.headers["Content-Type"] == "image/jpeg"
    assert "2-contents-2-styles.jpg" in sheet.headers["Content-Disposition"]


def test_many_pictures_of_one_axis_wrap_into_rows(client: Client, ask: Ask) -> None:
    ask(style=files("ink", 20)[0], pictures_1=files("house", *range(10)))

    page = client.get(f"/sweeps/{Sweep.objects.get().id}/").content.decode()

    assert page.count('scope="col"') == 10
    assert page.count('id="cell-') == 10
    assert page.count("<tr>") == 5  # the title, and twice headings and cells


def test_deleted_cells_are_painted_again_by_the_same_recipe_and_pictures(client: Client, ask: Ask) -> None:
    ask(pictures_1=files("house", 1, 2), axis_2="style", pictures_2=files("ink", 4, 5))
    sweep = Sweep.objects.get()
    before = pairs(sweep)
    sweep.renders.filter(sweep_place__in=[1, 2]).delete()
    assert "Paint the 2 deleted again" in client.get(f"/sweeps/{sweep.id}/").content.decode()

    client.post(f"/sweeps/{sweep.id}/restore/")

    assert pairs(sweep) == before
    assert {cell.status for cell in sweep.renders.all()} == {"pending"}
    roles = {each.role for cell in sweep.renders.all() for each in Order.of(cell).inputs}
    assert roles == {Role.CONTENT, Role.STYLE}
