"""A normal map says which way each place faces, as OpenGL has it: red to the right, green up."""

import io

import numpy
import pytest
from PIL import Image

from transfer.synthesis.exports.normals import normal_map
from transfer.tiling.wrap import Wrap

RISE = numpy.arange(64, dtype=numpy.float64) * 1000


def read(file: bytes) -> numpy.ndarray:
    with Image.open(io.BytesIO(file)) as image:
        assert image.mode == "RGB"
        return numpy.asarray(image).astype(float) / 127.5 - 1


def height(right: float, down: float) -> numpy.ndarray:
    found = right * RISE[None, :] + down * RISE[:, None]
    return (found - found.min()).astype(numpy.uint16)


def test_a_plain_faces_the_viewer() -> None:
    assert numpy.allclose(read(normal_map(height(0, 0))), (0, 0, 1), atol=0.01)


@pytest.mark.parametrize(
    ("right", "down", "faces"), [(1, 0, (-1, 0)), (-1, 0, (1, 0)), (0, 1, (0, 1)), (0, -1, (0, -1))]
)
def test_a_slope_faces_away_from_where_it_rises(right, down, faces) -> None:
    red, green, blue = read(normal_map(height(right, down), exaggeration=10))[1:-1, 1:-1].mean((0, 1))
    assert (numpy.sign(numpy.round((red, green), 1)) == faces).all()
    assert numpy.hypot(red, green) / blue == pytest.approx(10 * 0.03 * 64 * 1000 / 65535, rel=0.1)


def test_its_normals_have_the_length_of_one() -> None:
    bumps = (numpy.random.default_rng(0).random((32, 48)) * 65535).astype(numpy.uint16)
    assert numpy.allclose(numpy.linalg.norm(read(normal_map(bumps)), axis=2), 1, atol=0.02)


def test_what_wraps_has_the_normals_of_the_middle_of_nine() -> None:
    bumps = (numpy.random.default_rng(0).random((32, 32)) * 65535).astype(numpy.uint16)
    found = normal_map(bumps, Wrap(True, True))
    # The same steepness: it is relative to the long side.
    nine = read(normal_map(numpy.tile(bumps, (3, 3)), exaggeration=1 / 3))
    assert numpy.allclose(read(found), nine[32:64, 32:64], atol=0.01)
    assert not numpy.allclose(read(normal_map(bumps)), nine[32:64, 32:64], atol=0.1)


def test_exaggeration_makes_it_steeper() -> None:
    flat, steep = (read(normal_map(height(1, 0), exaggeration=times))[1:-1, 1:-1, 0].mean() for times in (1, 3))
    assert steep < 2 * flat < 0
