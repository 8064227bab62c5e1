"""Result, height and labels lie in one ZIP, pixel for pixel alike."""

import io
import json
import zipfile

import numpy
from PIL import Image

from tests.pictures import as_bytes, painting
from transfer.labels import LabelMap
from transfer.synthesis.exports.files import write_zip
from transfer.synthesis.exports.rivers import RiverMap
from transfer.synthesis.made import River

HEIGHT = numpy.add.outer(numpy.arange(24) * 1000, numpy.arange(32) * 700).astype(numpy.uint16)
LABELS = LabelMap.of((HEIGHT > 20_000).astype(numpy.uint8) * 4)
RESULT = as_bytes(painting((64, 48)))


class Pipe(io.RawIOBase):
    """A file that can be written from start to end only."""

    def __init__(self) -> None:
        super().__init__()
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self.content += bytes(content)
        return len(content)


def written(**maps: object) -> zipfile.ZipFile:
    pipe = Pipe()
    write_zip(pipe, RESULT, (64, 48), **maps)  # type: ignore[arg-type]
    return zipfile.ZipFile(io.BytesIO(pipe.content))


def test_all_have_the_size_of_the_result_and_say_the_same_of_each_place() -> None:
    archive = written(height=HEIGHT, labels=LABELS)

    with Image.open(archive.open("height.png")) as height, Image.open(archive.open("labels.png")) as labels:
        assert (height.size, height.mode, labels.size, labels.mode) == ((64, 48), "I;16", (64, 48), "P")
        assert labels.info["labels"] == '{"0": "deep water", "4": "forest"}'
        high = numpy.asarray(height).astype(int) > 20_000
        assert ((numpy.asarray(labels) == 4) == high).mean() > 0.97


def test_the_result_is_taken_as_it_is() -> None:
    assert written(height=HEIGHT).read("result.png") == RESULT


def test_what_has_the_right_size_is_not_touched() -> None:
    height = numpy.random.default_rng(3).integers(0, 65536, (48, 64)).astype(numpy.uint16)

    with Image.open(written(height=height).open("height.png")) as stored:
        assert (numpy.asarray(stored) == height).all()


def test_what_is_not_known_is_left_out() -> None:
    river = River(numpy.array([[1.0, 2], [3, 4]]), numpy.array([1.0, 1]))
    rivers = RiverMap((river,), (64, 48))

    assert written().namelist() == ["result.png"]
    assert written(labels=LABELS, rivers=rivers).namelist() == [
        "result.png", "labels.png", "rivers.geojson", "rivers.svg",
    ]  # fmt: skip


def test_rivers_have_the_size_of_the_result_too() -> None:
    river = River(numpy.array([[1.0, 2], [3, 4]]), numpy.array([1.0, 1]))

    found = json.loads(written(rivers=RiverMap((river,), (32, 24))).read("rivers.geojson"))

    assert found["size"] == [64, 48]
    assert found["features"][0]["geometry"]["coordinates"] == [[2, 4], [6, 8]]
