"""A finished picture fills in the studio with its recipe. The studio finds its pictures by hash, or asks for them."""

import io
import json
import zlib
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape
from PIL import ExifTags, Image, PngImagePlugin

from gallery.accounts.person import Person
from gallery.models import Picture, Render
from gallery.pictures import blobs, uploads
from tests.gallery.files import upload
from tests.odd_files import behind_the_pixels, chunk, with_chunks
from tests.pictures import as_bytes, painting, photograph
from tests.provenance import made_up
from transfer.dream.recipe import DreamRecipe
from transfer.metadata import UNICODE_MARK, Provenance, Source, encode
from transfer.recipes.style import StyleRecipe

Recall = Callable[..., HttpResponse]
RECIPE = StyleRecipe(image_size=300, strength=0.8, style_layers=("relu1_1", "relu2_1"), original_colors=True, seed=7)


@pytest.fixture
def recall(client: Client, db: None) -> Recall:
    """Opens a file in the studio."""

    def post(content: bytes, name: str = "finished.png", browser: Client | None = None) -> HttpResponse:
        return (browser or client).post("/new/recall/", {"finished": upload(name, content)})

    return post


def source(sha256: str = "ab" * 32, name: str = "house.jpg") -> Source:
    return Source(sha256=sha256, width=200, height=150, name=name)


def made_of(recipe: StyleRecipe, *sources: Source) -> Provenance:
    content, *styles = sources or (source(), source("cd" * 32, "strokes.png"))
    return made_up(recipe=recipe, content=content, styles=tuple(styles))


def finished(recipe: StyleRecipe = RECIPE, *sources: Source, file_format: str = "PNG") -> bytes:
    return encode(painting((64, 48)), made_of(recipe, *sources), file_format)  # type: ignore[arg-type]


def carrying(text: str, file_format: str = "PNG") -> bytes:
    """A picture with any text where the recipe would be."""
    if file_format == "PNG":
        chunks = PngImagePlugin.PngInfo()
        chunks.add_itxt("stylesite", text)
        return as_bytes(painting((64, 48)), pnginfo=chunks)
    exif = Image.Exif()
    words = f"words\nstylesite: {text}".encode("utf-16-be")
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = UNICODE_MARK + words
    return as_bytes(painting((64, 48)), file_format, exif=exif)


def slots(response: HttpResponse) -> list:
    return response.context["form"].picture_slots


def of(picture: Picture) -> Source:
    return Source(sha256=picture.sha256, width=picture.width, height=picture.height, name=picture.name)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_every_field_is_filled_in(file_format: str, recall: Recall) -> None:
    response = recall(finished(file_format=file_format))

    assert response.status_code == 200
    form = response.context["form"]
    assert form["image_size"].value() == 300
    assert form["strength"].value() == 0.8
    assert form["original_colors"].value() is True
    assert form["style_layers"].value() == "relu1_1, relu2_1"
    assert form["seed"].value() == 7
    assert "The recipe is filled in." in response.content.decode()


def test_a_recipe_of_another_kind_brings_what_may_vary_in_that_kind(recall: Recall) -> None:
    made = made_up(recipe=DreamRecipe(), styles=())

    page = recall(encode(painting((64, 48)), made)).content.decode()

    axis = page.split('name="axis_1"')[1].split("</select>")[0]
    assert '<input type="hidden" name="kind" value="dream">' in page
    assert 'value="jitter"' in axis
    assert 'value="style_loss"' not in axis


def test_pictures_that_are_here_are_found_ones_own_first(
    recall: Recall,
    make_picture: Callable[..., Picture],
    alice: User,
    bob: User,
    alices_browser: Client,
    bobs_browser: Client,
) -> None:
    content = make_picture(bob, seed=1)
    styles = {person: make_picture(person, seed=2) for person in (alice, bob)}
    file = finished(RECIPE, of(content), of(styles[alice]))

    for person, browser in ((alice, alices_browser), (bob, bobs_browser)):
        response = recall(file, browser=browser)
        assert [slot.chosen for slot in slots(response)] == [content, styles[person]]
        assert not any(slot.notice for slot in slots(response))
        assert "so are its pictures" in response.content.decode()


def test_what_is_filled_in_can_be_sent_and_is_the_same_recipe(
    recall: Recall, client: Client, make_picture: Callable[..., Picture]
) -> None:
    pictures = [make_picture(seed=seed) for seed in (1, 2, 3)]
    recipe = StyleRecipe.model_validate({**RECIPE.model_dump(), "image_size": 64, "style_blend_weights": (3, 1)})
    form = recall(finished(recipe, *map(of, pictures))).context["form"]
    values = {field.name: field.value() for field in form if field.value() not in (None, False)}

    assert client.post("/new/", values).status_code == 302

    render = Render.objects.get()
    assert render.recipe == recipe
    assert (render.pair.content, render.pair.style) == (pictures[0], pictures[1])
    assert [each.picture for each in render.inputs.filter(role="style", place__gt=1)] == [pictures[2]]


def test_pictures_that_are_missing_are_named_and_asked_for(
    recall: Recall, make_picture: Callable[..., Picture]
) -> None:
    here = make_picture(seed=1)
    response = recall(finished(RECIPE, source(), of(here), source("cd" * 32, "")))

    content, style, further = slots(response)
    assert content.notice == "“house.jpg” (abababababab…, 200 × 150 px) is not here: choose it to get the same result."
    assert content.expected.value() == "ab" * 32
    assert (style.chosen, style.notice) == (here, "")
    assert further.notice.startswith("The picture cdcdcdcdcdcd…")
    page = response.content.decode()
    for slot in (content, further):
        assert escape(slot.notice) in page.split(f'data-role="{slot.role}"')[1].split('role="alert"')[0]


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '"><img src=x>', "a\u202egnp.exe", "x" * 255, "\x00\x07\n", "{{ 7 }}"]
)
def test_a_name_is_only_text(name: str, recall: Recall) -> None:
    page = recall(finished(RECIPE, source(name=name), source(name=name))).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\u202e" not in page
    assert "x" * 61 not in page


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is not a PNG, JPEG, WebP or AVIF picture"),
        (b"no picture", "is not a PNG, JPEG, WebP or AVIF picture"),
        (as_bytes(photograph(), "GIF"), "is not a PNG, JPEG, WebP or AVIF picture"),
        (as_bytes(photograph()), "There is no recipe in "),
        (as_bytes(photograph(), "JPEG"), "There is no recipe in "),
    ],
    ids=["nothing", "text", "gif", "png", "jpeg"],
)
def test_a_file_without_a_recipe_gets_one_sentence(content: bytes, why: str, recall: Recall) -> None:
    response = recall(content)

    assert response.status_code == 422
    assert why in response.context["refused"]
    assert response.context["refused"] in response.content.decode()
    assert not any(group.changed for group in response.context["form"].groups())


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize(
    "facts",
    [
        {"recipe": {"image_size": 10**9}},
        {"recipe": {"image_size": "<script>"}},
        {"recipe": {"strength": "NaN"}},
        {"recipe": {"script": "x"}},
        {"recipe": []},
        {"inputs": []},
        {"inputs": [{"role": "content", "sha256": "../../etc/passwd", "width": 1, "height": 1}]},
        {"inputs": [{"role": "content", "sha256": "0" * 64, "width": 1, "height": 1, "name": "n" * 256}]},
        {"padding": "x" * 70_000},
        {"schema_version": 3},
    ],
    ids=lambda facts: str(facts)[:40],
)
def test_hostile_metadata_changes_nothing(facts: dict, file_format: str, recall: Recall) -> None:
    text = json.dumps(json.loads(made_of(RECIPE).canonical_json()) | facts)
    if file_format == "JPEG" and len(text) > 30_000:
        text = text[:30_000]  # a JPEG's EXIF holds no more

    response = recall(carrying(text, file_format))

    assert response.status_code == 422
    assert "There is no recipe in " in response.context["refused"]
    assert not any(group.changed for group in response.context["form"].groups())


@pytest.mark.parametrize("size", [(100, "PNG"), (2000, "JPEG")], ids=str)
def test_a_file_cut_short_gives_its_recipe_or_a_sentence(size: tuple[int, str], recall: Recall) -> None:
    kept, file_format = size
    response = recall(finished(file_format=file_format)[:kept])

    assert response.status_code in (200, 422)
    assert response.status_code == 200 or response.context["refused"]


def test_the_beginning_of_a_large_file_is_enough(recall: Recall) -> None:
    large = encode(painting((700, 700)), made_of(RECIPE))

    assert recall(large[:8000]).status_code == 200


def test_the_beginning_of_a_large_avif_is_enough(recall: Recall) -> None:
    large = encode(painting((1200, 1200)), made_of(RECIPE), "AVIF")
    assert len(large) > 20_000

    assert recall(large[:20_000], "finished.avif").status_code == 200


def test_a_text_that_another_program_moved_behind_the_pixels_is_found(recall: Recall) -> None:
    text = chunk(b"tEXt", b"stylesite\0" + made_of(RECIPE).canonical_json().encode())
    for moved in (text, chunk(b"zTXt", b"stylesite\0\0" + zlib.compress(text[18:-4]))):
        response = recall(behind_the_pixels(as_bytes(painting((300, 300))), moved))
        assert response.status_code == 200
        assert response.context["form"]["seed"].value() == 7


def test_a_long_text_of_another_program_is_no_obstacle(recall: Recall) -> None:
    long = chunk(b"zTXt", b"workflow\0\0" + zlib.compress(b"x" * 3_000_000))
    assert recall(with_chunks(finished(), long)).status_code == 200


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP"])
def test_exif_that_another_program_damaged_is_no_obstacle(file_format: str, recall: Recall) -> None:
    file = finished(file_format=file_format)
    at = max(file.find(b"II*\0"), file.find(b"MM\0*"))
    assert recall(file[: at + 8] + b"\xff\xff\xff\xff" + file[at + 12 :]).status_code == 200


def test_what_no_file_holds_is_said_and_left_out(recall: Recall) -> None:
    response = recall(finished(StyleRecipe(regions="masks", init="picture")))

    form = response.context["form"]
    assert (form["regions"].value(), form["init"].value()) == ("names", "instant")
    page = response.content.decode()
    assert "painted regions" in page
    assert "started from a picture of its own" in page


def test_more_weights_than_styles_do_no_harm(recall: Recall) -> None:
    assert recall(finished(StyleRecipe(style_blend_weights=(1, 2, 3)))).status_code == 200


def test_another_file_than_the_one_asked_for_is_used_with_a_warning(
    post_pair: Callable[..., HttpResponse], client: Client
) -> None:
    response = post_pair(content_expected="ab" * 32)

    assert response.status_code == 302
    page = client.get(response.headers["Location"]).content.decode()
    assert "“house.jpg” is not the picture that the recipe names (abababababab…)" in page


@pytest.mark.parametrize("stored", [True, False], ids=["the site's hash", "the file's own hash"])
def test_the_right_file_is_known_by_either_hash(
    stored: bool, post_pair: Callable[..., HttpResponse], client: Client
) -> None:
    file = as_bytes(photograph(), "JPEG")
    picture = uploads.store(uploads.decode(upload("house.jpg", file)), Person(None, "v"))
    expected = picture.sha256 if stored else blobs.digest(file)

    told = client.post("/new/compare/", {"picture": upload("house.jpg", file), "expected": expected})
    other = client.post("/new/compare/", {"picture": upload("house.jpg", as_bytes(painting())), "expected": expected})
    assert told.content == b""
    assert "is PNG" in other.content.decode() or "picture" in other.content.decode()

    response = post_pair(content=upload("house.jpg", file), content_expected=expected)
    assert "the recipe names" not in client.get(response.headers["Location"]).content.decode()


@pytest.mark.parametrize("expected", ["", "ab", "x" * 64, "ab" * 32 + "\n"])
def test_a_hash_that_is_none_is_told_of(expected: str, client: Client, db: None) -> None:
    response = client.post("/new/compare/", {"picture": upload("a.png", as_bytes(painting())), "expected": expected})

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "hash" in response.content.decode()


def test_it_is_only_posted_to(client: Client, db: None) -> None:
    assert client.get("/new/recall/").status_code == 405
    assert client.get("/new/compare/").status_code == 405


def test_the_studio_has_a_labelled_field_for_it(client: Client, db: None) -> None:
    page = client.get("/new/").content.decode()

    form = page.split('action="/new/recall/"')[1].split("</form>")[0]
    assert 'enctype="multipart/form-data"' in form
    assert '<label class="button" for="id_finished">' in form
    assert 'type="file" name="finished" id="id_finished"' in form
    assert 'type="submit">Open</button>' in form


def test_the_picture_of_a_finished_render_is_recalled_with_its_inputs(
    recall: Recall, make_picture: Callable[..., Picture]
) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)
    with Image.open(io.BytesIO(finished(RECIPE, of(content), of(style)))) as image:
        assert "stylesite" in image.info

    response = recall(finished(RECIPE, of(content), of(style), file_format="WEBP"), "finished.webp")

    assert [slot.chosen for slot in slots(response)] == [content, style]
