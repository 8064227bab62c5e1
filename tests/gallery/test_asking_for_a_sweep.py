"""People submit a sweep from the studio or from a render; with one bad cell, nothing is made."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from gallery.models import Pair, Picture, Render, Sweep, Worker
from gallery.queueing import queue
from tests.gallery.files import only_named, upload
from tests.pictures import as_bytes, painting

Make = Callable[..., Render]
Ask = Callable[..., HttpResponse]
ROLES = ("content", "style")


@pytest.fixture
def from_studio(client: Client, db: None, clean_queue: object) -> Ask:
    """Posts the studio's form to the sweeps; keywords replace or add fields."""

    def post(**fields: object) -> HttpResponse:
        pictures = {role: upload(f"{role}.png", as_bytes(painting((80, 80), seed=len(role)))) for role in ROLES}
        return client.post("/sweeps/new/", {**pictures, "num_iterations": "3", "axis_1": "strength", **fields})

    return post


@pytest.fixture
def from_render(alices_browser: Client, make_finished: Make, clean_queue: object) -> Ask:
    """Posts the form of a sweep from a finished render; keywords are its fields."""

    def post(source: Render | None = None, browser: Client = alices_browser, **fields: object) -> HttpResponse:
        source = source or make_finished()
        return browser.post("/sweeps/new/", {"from": source.id, "axis_1": "strength", **fields})

    return post


def errors(response: HttpResponse) -> dict[str, list[str]]:
    assert response.status_code == 422
    assert not Sweep.objects.exists()
    return dict(response.context["sweep_form"].errors)


def test_the_studio_becomes_a_grid_of_previews_row_by_row(from_studio: Ask) -> None:
    response = from_studio(values_1="0, 0.5, 1", axis_2="style_scale", values_2="1, 2", image_size="512", tv_weight="3")

    sweep = Sweep.objects.get()
    assert response.headers["Location"] == f"/sweeps/{sweep.id}/"
    assert sweep.axes == [
        {"field": "strength", "values": [0, 0.5, 1]},
        {"field": "style_scale", "values": [1, 2]},
    ]
    renders = list(sweep.renders.order_by("sweep_place"))
    assert [render.sweep_place for render in renders] == list(range(6))
    assert [(each.recipe.style_scale, each.recipe.strength) for each in renders] == [
        (1, 0), (1, 0.5), (1, 1), (2, 0), (2, 0.5), (2, 1),
    ]  # fmt: skip
    assert {(each.recipe.image_size, each.recipe.tv_weight, each.status) for each in renders} == {(256, 3, "pending")}
    assert Pair.objects.count() == 1


def test_nothing_given_is_what_is_suggested(from_studio: Ask) -> None:
    from_studio(sweep_size="64")

    assert [render.recipe.strength for render in Render.objects.order_by("sweep_place")] == [0, 0.25, 0.5, 0.75, 1]
    assert {render.image_size for render in Render.objects.all()} == {64}


@pytest.mark.parametrize(
    ("fields", "size"),
    [({}, 256), ({"sweep_at": "preview"}, 256), ({"sweep_at": "chosen"}, 724), ({"sweep_at": "other"}, 256)],
)
def test_cells_are_previews_or_as_large_as_chosen(fields: dict, size: int, from_studio: Ask) -> None:
    from_studio(values_1="0, 1", image_size="724", **fields)

    assert {render.image_size for render in Render.objects.all()} == {size}


def test_the_size_itself_may_vary(from_studio: Ask) -> None:
    from_studio(axis_1="image_size", values_1="64, 128", sweep_size="256")

    assert sorted(Render.objects.values_list("image_size", flat=True)) == [64, 128]


def test_there_is_a_token_for_every_cell(
    from_studio: Ask, django_capture_on_commit_callbacks: Callable, clean_queue: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        from_studio(values_1="0, 1")

    assert queue.django_rq.get_queue(queue.QUEUE).count == 2


def test_a_render_lends_all_its_pictures_masks_and_its_recipe(
    make_finished: Make, make_picture: Callable[..., Picture], from_render: Ask, alice: User
) -> None:
    source = make_finished()
    source.recipe_json |= {"regions": "masks", "style_blend_weights": [1, 2], "image_size": 724}
    source.save()
    source.inputs.create(role="style", place=2, picture=make_picture(seed=5))
    only_named(*(f"renders/aa/mask{place}.png" for place in range(3)))
    for place in range(3):
        source.inputs.create(role="mask", place=place, file=f"renders/aa/mask{place}.png")

    from_render(source, values_1="0.2, 0.8")

    sweep = Sweep.objects.get()
    assert sweep.owner == alice
    for cell in sweep.renders.all():
        assert (cell.pair, cell.owner, cell.parent) == (source.pair, alice, None)
        assert [each.picture for each in cell.inputs.filter(role="style")] == [
            each.picture for each in source.inputs.filter(role="style")
        ]
        assert cell.inputs.filter(role="mask").count() == 3
        assert cell.recipe_json == source.recipe_json | {"image_size": 256, "strength": cell.recipe.strength}


@pytest.mark.parametrize(
    ("fields", "beside", "named"),
    [
        ({"axis_1": ""}, "axis_1", "Choose"),
        ({"axis_1": "style_layers"}, "axis_1", "style_layers"),
        ({"axis_1": "__class__"}, "axis_1", "__class__"),
        ({"axis_2": "strength"}, "axis_2", "other axis"),
        ({"values_1": "0.5, 1.5"}, "values_1", "1.5"),
        ({"values_1": "-1e308..1e308 x3"}, "values_1", "1e+308"),
        ({"axis_2": "style_scale", "values_2": "1, 9"}, "values_2", "9"),
        ({"values_1": "x" * 201}, "values_1", "200"),
        ({"values_1": "0\x00"}, "values_1", "Null"),
        ({"axis_1": "image_size", "values_1": "256, 32768"}, "values_1", "32768"),
        ({"sweep_size": "32768"}, "sweep_size", "16384"),
        ({"axis_1": "pooling"}, "values_1", "max"),
        ({"axis_1": "seed"}, "axis_1", "noise"),
        ({"axis_1": "strength", "axis_2": "region_count"}, "axis_2", "automatic"),
    ],
)
def test_what_is_wrong_stands_beside_it_and_nothing_is_made(
    fields: dict, beside: str, named: str, from_studio: Ask, nothing_was_made: Callable[[], bool]
) -> None:
    found = errors(from_studio(**fields))

    assert list(found) == [beside]
    assert named in " ".join(found[beside])
    assert nothing_was_made()


def test_what_a_setting_needs_may_be_the_other_axis(from_render: Ask) -> None:
    assert from_render(axis_1="seed", values_1="1, 2", axis_2="init").status_code == 302


def test_what_is_wrong_in_the_studios_own_fields_is_shown_in_the_studio(
    from_studio: Ask, nothing_was_made: Callable[[], bool]
) -> None:
    response = from_studio(style="", tv_weight="-1", values_1="0.3, 0.4")

    assert response.status_code == 422
    page = response.content.decode()
    assert 'action="/new/"' in page
    assert "Choose a style picture." in page
    assert 'value="0.3, 0.4"' in page
    assert nothing_was_made()


def test_what_no_worker_has_the_memory_for_is_refused(from_render: Ask, make_worker: Callable[..., Worker]) -> None:
    make_worker(memory=2**20)

    found = errors(from_render(axis_1="image_size", values_1="64, 1024"))

    assert "1024: " in " ".join(found["values_1"])
    assert errors(from_render(sweep_size="1024")).keys() == {"sweep_size"}


def test_the_page_for_a_sweep_from_a_render(client: Client, make_finished: Make) -> None:
    source = make_finished()

    page = client.get(f"/sweeps/new/?from={source.id}").content.decode()

    assert f'name="from" value="{source.id}"' in page
    assert source.thumbnail.url in page
    assert client.get("/sweeps/new/").headers["Location"] == "/new/#sweep"
    for wrong in ("x", "00000000-0000-0000-0000-000000000000", "\x00"):
        assert client.get("/sweeps/new/", {"from": wrong}).status_code == 404


def test_the_studio_has_the_axes_behind_its_own_button(client: Client, db: None) -> None:
    page = client.get("/new/").content.decode()

    assert 'formaction="/sweeps/new/"' in page
    assert page.index(">Render</button>") < page.index("Render the sweep")
