import io
import json
import random

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from transfer.metadata import LARGEST_CHUNK, UNICODE_MARK, decode, encode

CONTENT = {"role": "content", "place": 0, "sha256": "0" * 64, "width": 1, "height": 1}
STYLE = {"role": "style", "place": 1, "sha256": "0" * 64, "width": 1, "height": 1}


def png_with(text):
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("stylesite", text)
    buffer = io.BytesIO()
    Image.new("RGB", (2, 2)).save(buffer, "PNG", pnginfo=chunks)
    return buffer.getvalue()


def with_comment(comment, file_format):
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = comment
    buffer = io.BytesIO()
    Image.new("RGB", (2, 2)).save(buffer, file_format, exif=exif)
    return buffer.getvalue()


def comment(text):
    return UNICODE_MARK + f"some words\nstylesite: {text}".encode("utf-16-be")


CARRIERS = {
    "PNG": png_with,
    "JPEG": lambda text: with_comment(comment(text), "JPEG"),
    "WEBP": lambda text: with_comment(comment(text), "WEBP"),
}


def read_back(data):
    with Image.open(io.BytesIO(data)) as image:
        return decode(image)


@pytest.fixture(params=CARRIERS)
def carry(request):
    return CARRIERS[request.param]


@pytest.fixture
def changed(make_provenance):
    """Well-formed metadata with some of its facts replaced."""

    def change(**facts):
        return json.dumps(json.loads(make_provenance().canonical_json()) | facts)

    return change


def test_the_carriers_of_these_tests_do_carry(carry, changed, make_provenance):
    assert read_back(carry(changed())) == make_provenance()


@pytest.mark.parametrize(
    "text", ["", "hello", "{", "{}", "[]", "null", "7", '"text"', "[" * 20_000, '{"a":' * 5_000, '{"seed": 1}']
)
def test_text_that_is_no_provenance_gives_none(carry, text):
    assert read_back(carry(text)) is None


@pytest.mark.parametrize(
    "facts",
    [
        {"schema_version": 3},
        {"recipe": {"image_size": 10**9}},
        {"recipe": {"style_layers": ["relu9_9"]}},
        {"recipe": {"script": "x"}},
        {"recipe": None},
        {"width": 0},
        {"width": "x"},
        {"inputs": [CONTENT]},
        {"inputs": [CONTENT, *[{"role": "style", "place": 1, "sha256": "0" * 64, "width": 1, "height": 1}] * 17]},
        {"inputs": [CONTENT | {"sha256": "../../secret"}, STYLE]},
        {"inputs": [CONTENT | {"name": "n" * 256}, STYLE]},
        {"inputs": [CONTENT, STYLE | {"role": "villain"}]},
        {"weights_sha256": "0" * 63 + "G"},
        {"versions": {str(number): "1" for number in range(17)}},
        {"losses": {str(number): 1 for number in range(33)}},
        {"losses": {"total": "<script>"}},
        {"device": "d" * 201},
        {"parent": "p" * 65},
    ],
    ids=lambda facts: str(facts)[:50],
)
def test_facts_that_cannot_be_give_none(carry, changed, facts):
    assert read_back(carry(changed(**facts))) is None


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_losses_that_are_not_finite_give_none_as_they_could_not_be_written_as_json_again(carry, changed, value):
    text = changed(losses={"total": 0.5}).replace("0.5", value)
    assert value in text
    assert read_back(carry(text)) is None


@pytest.mark.parametrize("name", ["PNG", "WEBP"])
def test_metadata_beyond_the_size_limit_gives_none_though_well_formed(changed, name, make_provenance):
    padded = changed()[:-1] + " " * 1000 + "}"
    assert read_back(CARRIERS[name](padded)) == make_provenance()
    padded = changed()[:-1] + " " * LARGEST_CHUNK + "}"
    assert read_back(CARRIERS[name](padded)) is None


def test_facts_unknown_to_this_version_do_no_harm(carry, changed, make_provenance):
    assert read_back(carry(changed(mood="blue"))) == make_provenance()


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_without_metadata_gives_none(content, file_format):
    buffer = io.BytesIO()
    content.save(buffer, file_format)
    assert read_back(buffer.getvalue()) is None


def test_a_picture_that_was_never_a_file_gives_none(content):
    assert decode(content) is None


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP"])
@pytest.mark.parametrize(
    "found", [b"ASCII\0\0\0a camera's own words", UNICODE_MARK + b"\xd8", UNICODE_MARK, b"", "text", b"\xff" * 50]
)
def test_a_foreign_comment_gives_none(file_format, found):
    assert read_back(with_comment(found, file_format)) is None


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP"])
def test_exif_that_is_no_exif_gives_none(content, file_format):
    dice = random.Random(2)
    for beginning in (b"", b"nonsense", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"II*\0\x08\0\0\0\x01\0\x69\x87\x04\0"):
        for _ in range(8):
            exif = b"Exif\0\0" + beginning + dice.randbytes(dice.randrange(60))
            buffer = io.BytesIO()
            content.save(buffer, file_format, exif=exif)
            assert read_back(buffer.getvalue()) is None


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP"])
def test_damaged_files_give_their_provenance_or_none(draw_content, make_provenance, file_format):
    whole = encode(draw_content(64, 48), make_provenance(), file_format)
    dice = random.Random(3)
    opened = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 3)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            image = Image.open(io.BytesIO(bytes(data)))
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            continue
        opened += 1
        found = decode(image)
        assert found is None or found.schema_version == 2
    assert opened > 0
