"""Dreams are asked for by the studio's form and by programs; what cannot be dreamt is said beside its field."""

from typing import Any

import pytest

from gallery.models import Picture, Render
from tests.gallery.files import upload
from tests.gallery.test_the_studio_offers_every_parameter import Controls
from tests.pictures import as_bytes, painting, photograph
from transfer.dream.recipe import DreamRecipe
from transfer.inputs import Role


def asked(client: Any, **fields: Any) -> Any:
    content = upload("house.jpg", as_bytes(photograph((96, 72)), "JPEG"))
    return client.post("/new/", {"kind": "dream", "content": content, "image_size": "64", **fields})


def guide() -> Any:
    return upload("strokes.png", as_bytes(painting((80, 80))))


def test_the_form_has_its_places_and_every_field(client: Any, db: None) -> None:
    page = client.get("/new/?kind=dream").content.decode()

    for name in ("content", "guide", "backbone", "dream_layers", "channels", "octave_iter", "first_octave", "jitter"):
        assert f'name="{name}"' in page
    for name in ("style", "strength", "start", "print_iter"):
        assert f'name="{name}"' not in page
    assert 'name="kind" value="dream"' in page


def test_what_is_asked_for_waits_in_the_queue_with_its_pictures(client: Any, db: None) -> None:
    answer = asked(client, guide=guide(), dream_layers="relu2_1, relu3_1", channels="3, 5", octave_scale="2")

    assert answer.status_code == 302
    row = Render.objects.get()
    assert row.recipe == DreamRecipe(
        image_size=64, dream_layers=("relu2_1", "relu3_1"), channels=(3, 5), octave_scale="2"
    )
    assert {each.role for each in row.inputs.all()} == {Role.CONTENT, Role.GUIDE}
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"dream_layers": "relu5_9"}, "vgg16-lite has no layer relu5_9; it has relu1_1"),
        ({"channels": "4096"}, "relu4_2 has no channel 4096; its channels are 0 to 511."),
        ({"image_size": "20"}, "The smallest size is 64 px."),
        ({"octave_iter": "0"}, "Choose at least 1."),
        ({"style": guide}, "Dream takes no style picture: leave it out."),
    ],
)
def test_what_cannot_be_dreamt_is_said_and_nothing_is_queued(
    client: Any, db: None, fields: dict[str, Any], complaint: str
) -> None:
    answer = asked(client, **{name: value() if callable(value) else value for name, value in fields.items()})

    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert not Render.objects.exists()
    assert not Picture.objects.exists()


def test_the_plan_is_told_before_anything_is_sent(client: Any, db: None) -> None:
    fields = {"kind": "dream", "content_size": "96x72", "image_size": "256", "channels": "1", "guide_size": "80x80"}
    told = client.post("/new/plan/", fields).content.decode()

    assert "at 256 × 192 px" in told
    assert "smaller than the 256 px asked for" in told
    assert "the channels do nothing" in told


@pytest.mark.parametrize(("kind", "is_offered"), [("dream", True), ("zoom", True), ("style", False)])
def test_googlenet_dreams_where_its_weights_are_and_paints_no_styles(
    client: Any, db: None, kind: str, is_offered: bool
) -> None:
    options = Controls(client.get(f"/new/?kind={kind}").content.decode()).options["backbone"]

    assert [each["value"] for each in options if each["value"] == "googlenet"] == ["googlenet"] * is_offered
    assert all("disabled" in each for each in options if each["value"] == "googlenet")
    if is_offered:
        answer = asked(client, kind=kind, backbone="googlenet")
        assert answer.status_code == 422
        assert "python -m transfer weights fetch googlenet" in answer.content.decode()
