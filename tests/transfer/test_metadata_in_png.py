import io
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.provenance import made_up
from transfer.metadata import Source, versions
from transfer.metadata import encode as encoded
from transfer.recipes.style import StyleRecipe

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture
def chunks(make_provenance):
    provenance = make_provenance(recipe=StyleRecipe(image_size=64, seed=42, style_layers="relu1_1,relu2_1"))
    with Image.open(io.BytesIO(encoded(Image.new("RGB", (64, 48)), provenance))) as image:
        image.load()
        return provenance, dict(image.info)


def test_the_stylesite_chunk_is_the_canonical_json(chunks):
    provenance, found = chunks
    assert found["stylesite"] == provenance.canonical_json()
    facts = json.loads(found["stylesite"])
    assert list(facts) == sorted(facts)
    assert found["stylesite"] == json.dumps(facts, sort_keys=True, separators=(",", ":"))


def test_the_json_holds_the_recipe_the_layout_and_the_seed_at_the_top(chunks):
    provenance, found = chunks
    facts = json.loads(found["stylesite"])
    assert facts["schema_version"] == 2
    assert facts["seed"] == 42
    assert facts["recipe"] == json.loads(provenance.recipe.canonical_json())


def test_the_stylesite_chunk_is_international_text_before_the_pixels(make_provenance):
    data = encoded(Image.new("RGB", (64, 48)), make_provenance())
    place, kinds = 8, []
    while place < len(data):
        length = int.from_bytes(data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        assert zlib.crc32(kind + body) == int.from_bytes(data[place + 8 + length : place + 12 + length])
        kinds.append((kind, body.split(b"\0")[0] if kind in (b"iTXt", b"tEXt") else b""))
        place += 12 + length
    assert kinds.index((b"iTXt", b"stylesite")) < kinds.index((b"IDAT", b""))
    assert kinds.count((b"iTXt", b"stylesite")) == 1


def test_the_software_is_named(chunks):
    assert chunks[1]["Software"].startswith("Stylesite ")


def test_the_parameters_say_to_people_what_was_painted(chunks):
    first, last = chunks[1]["parameters"].split("\n")
    assert first == "house.jpg in the style of strokes.png"
    settings = dict(part.split(": ", 1) for part in last.split(", "))
    assert settings["Size"] == "64x48"
    assert settings["Seed"] == "42"
    assert settings["Model"] == "vgg19-lite"
    assert settings["Model hash"] == "cd" * 5
    assert settings["Steps"] == str(StyleRecipe().num_iterations)
    assert settings["style_layers"] == "relu1_1/relu2_1"
    assert settings["Version"] == chunks[1]["Software"]


@given(name=names, style_name=names, weight=st.floats(0, 1000), rate=st.floats(0.0001, 1))
def test_the_last_line_of_the_parameters_is_always_keys_and_values(name, style_name, weight, rate):
    content, style = (Source(sha256="0" * 64, width=1, height=1, name=each) for each in (name, style_name))
    recipe = StyleRecipe(style_weight=weight, learning_rate=rate, content_layers="relu2_1,relu3_1")
    provenance = made_up(recipe=recipe, content=content, styles=(style,))
    settings = dict(part.split(": ", 1) for part in provenance.text().split("\n")[-1].split(", "))
    assert float(settings["style_weight"]) == weight
    assert float(settings["learning_rate"]) == rate
    assert settings["content_layers"] == "relu2_1/relu3_1"


def test_a_picture_without_a_name_is_called_by_its_hash(make_provenance):
    source = Source(sha256="0123456789abcdef" * 4, width=1, height=1)
    assert make_provenance(content=source).text().startswith("0123456789ab in the style of")


def test_versions_name_what_decides_on_pixels():
    found = versions()
    assert {"stylesite", "python", "torch", "pillow"} <= set(found)
    assert all(value[0].isdigit() for value in found.values())
