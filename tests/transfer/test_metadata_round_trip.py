import io

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from transfer.inputs import Role
from transfer.metadata import FORMATS, Source, decode, encode
from transfer.recipes.style import StyleRecipe

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
KINDS = sorted(set(FORMATS.values()))


def read_back(data):
    with Image.open(io.BytesIO(data)) as image:
        return decode(image)


@pytest.mark.parametrize("file_format", KINDS)
def test_what_went_into_a_picture_comes_out_of_it(content, make_provenance, file_format):
    provenance = make_provenance(
        recipe=StyleRecipe(image_size=300, style_layers="relu1_1,relu2_1", original_colors=True, seed=2**32 - 1),
        parent="a1b2",
        losses={"total": 0.1234567890123, "style": 1e-12},
    )
    assert read_back(encode(content, provenance, file_format)) == provenance


@pytest.mark.parametrize("file_format", KINDS)
@pytest.mark.parametrize("name", ["content_layer_weights", "style_layer_weights", "style_blend_weights"])
def test_lists_of_numbers_come_back_and_stand_in_the_text(make_provenance, file_format, name):
    count = {"content_layer_weights": 1, "style_layer_weights": 3, "style_blend_weights": 2}[name]
    provenance = make_provenance(recipe=StyleRecipe(**{name: (0.25,) * count}))
    assert read_back(encode(Image.new("RGB", (2, 2)), provenance, file_format)) == provenance
    assert f"{name}: " + "/".join(["0.25"] * count) in provenance.text()


@pytest.mark.parametrize("file_format", KINDS)
def test_all_pictures_that_went_into_a_render_come_back(make_provenance, file_format):
    (source,) = make_provenance().of(Role.CONTENT)
    provenance = make_provenance(styles=(source,) * 2, init=source, content_mask=source, style_masks=(source,) * 2)
    assert read_back(encode(Image.new("RGB", (2, 2)), provenance, file_format)) == provenance


def test_the_text_names_the_optimizer_that_was_used(make_provenance):
    assert "Sampler: Adam" in make_provenance().text()
    assert "Sampler: Adam" not in make_provenance(recipe=StyleRecipe(optimizer="lbfgs")).text()


@pytest.mark.parametrize("file_format", KINDS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=names, style_name=names)
def test_names_of_any_alphabet_come_back(make_provenance, file_format, name, style_name):
    content, style = (Source(sha256="0" * 64, width=1, height=1, name=each) for each in (name, style_name))
    provenance = make_provenance(content=content, styles=(style,))
    assert read_back(encode(Image.new("RGB", (2, 2)), provenance, file_format)) == provenance


@pytest.mark.parametrize("file_format", KINDS)
def test_a_name_that_looks_like_metadata_does_not_take_its_place(make_provenance, file_format):
    forged = make_provenance(device="forged").canonical_json()[:200]
    trap = Source(sha256="0" * 64, width=1, height=1, name=f"x\nstylesite: {forged}"[:255])
    provenance = make_provenance(content=trap, styles=(trap,))
    assert read_back(encode(Image.new("RGB", (2, 2)), provenance, file_format)) == provenance


@pytest.mark.parametrize("file_format", KINDS)
def test_the_most_that_a_provenance_may_hold_fits_into_every_format(make_provenance, file_format):
    source = Source(sha256="0" * 64, width=10**6, height=10**6, name="ä" * 255)
    every = {"content": source, "styles": (source,) * 16, "init": source}
    masks = {"content_mask": source, "style_masks": (source,) * 16}
    provenance = make_provenance(**every, **masks, device="d" * 200)
    assert read_back(encode(Image.new("RGB", (2, 2)), provenance, file_format)) == provenance


def test_a_png_has_exactly_the_pixels_that_were_given(content, make_provenance):
    with Image.open(io.BytesIO(encode(content, make_provenance(), "PNG"))) as image:
        assert numpy.array_equal(numpy.asarray(image), numpy.asarray(content))


@pytest.mark.parametrize("file_format", KINDS)
def test_the_same_picture_and_provenance_give_the_same_bytes(content, make_provenance, file_format):
    first, second = (encode(content, make_provenance(), file_format) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("file_format", KINDS)
def test_every_format_names_the_software(content, make_provenance, file_format):
    with Image.open(io.BytesIO(encode(content, make_provenance(), file_format))) as image:
        software = image.info.get("Software") or image.getexif().get(0x0131)
    assert software.startswith("Stylesite ")
