"""A map of labels is read back from its file, which is not trusted."""

import io
import json

import numpy
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from transfer.errors import MaskError
from transfer.labels import Label, LabelMap


def png(values, text, mode="P"):
    chunks = PngInfo()
    if text is not None:
        chunks.add_text("labels", text if isinstance(text, str) else json.dumps(text))
    image = Image.fromarray(numpy.array(values, dtype=numpy.uint8), "L")
    if mode == "P":
        image = Image.fromarray(numpy.array(values, dtype=numpy.uint8), "P")
        image.putpalette(list(range(256)) * 3)
    file = io.BytesIO()
    image.convert(mode).save(file, "PNG", pnginfo=chunks)
    return file.getvalue()


@pytest.fixture
def labels():
    return LabelMap.of(numpy.array([[Label.WATER, Label.ICE], [Label.CITY, Label.WATER]], dtype=numpy.uint8))


def test_what_was_written_is_read(labels, tmp_path):
    (tmp_path / "labels.png").write_bytes(labels.png())
    for found in (LabelMap.read(labels.png()), LabelMap.read(tmp_path / "labels.png")):
        assert numpy.array_equal(found.values, labels.values)
        assert found.names == labels.names == {1: "water", 6: "ice", 7: "city"}


def test_another_program_may_number_them_otherwise():
    found = LabelMap.read(png([[40, 200]], {"40": "Water", "200": " ice ", "3": "forest"}, "L"))
    assert found.names == {40: "water", 200: "ice"}


def test_two_values_of_one_name_add_up():
    assert LabelMap.read(png([[1, 2, 3, 3]], {"1": "water", "2": "water", "3": "ice"})).shares() == {
        "water": 0.5,
        "ice": 0.5,
    }


NOT_NAMED = r"does not say what its labels are called: give a PNG with a text chunk labels\.$"
BAD = {
    "no names": (png([[1]], None), NOT_NAMED),
    "full colour": (png([[1]], {"1": "water"}, "RGB"), NOT_NAMED),
    "no JSON": (png([[1]], "{"), "should be JSON"),
    "a list": (png([[1]], ["water"]), "should be JSON"),
    "deep JSON": (png([[1]], "[" * 4000), "should be JSON"),
    "a long chunk": (png([[1]], {"1": "water", "2": "w" * 5000}), "at most 4096 characters"),
    "a value that is none": (png([[1]], {"one": "water"}), "whole numbers from 0 to 255"),
    "a value that is too large": (png([[1]], {"256": "water"}), "whole numbers from 0 to 255"),
    "a name that is none": (png([[1]], {"1": 5}), "1 to 40 letters"),
    "an empty name": (png([[1]], {"1": " "}), "1 to 40 letters"),
    "a long name": (png([[1]], {"1": "w" * 41}), "1 to 40 letters"),
    "a name that cannot be printed": (png([[1]], {"1": "wa\nter"}), "1 to 40 letters"),
    "a value without a name": (png([[1, 2]], {"1": "water"}), "The value 2 of the mask has no name"),
    "nine labels": (
        png([list(range(9))], {str(value): f"kind {value}" for value in range(9)}), "9 labels, and eight are the most"
    ),
    "no picture": (b"words", "cannot be read as labels"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "complaint"), BAD.values(), ids=BAD)
def test_whatever_is_wrong_is_said_in_one_sentence(file, complaint):
    with pytest.raises(MaskError, match=complaint) as refused:
        LabelMap.read(file)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(MaskError, match=r"no file .*nowhere\.png"):
        LabelMap.read(tmp_path / "nowhere.png")
