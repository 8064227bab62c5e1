"""A picture over its terrain is a GLB that other programs read: its place, its size, its texture and its normals."""

import io
import json
import struct

import numpy
import pytest
import trimesh
from PIL import Image

from tests.pictures import photograph
from transfer.synthesis.exports.glb import glb, grid_for
from transfer.synthesis.exports.surface import sampled


@pytest.fixture
def hill() -> tuple[Image.Image, numpy.ndarray]:
    """A picture of 120 x 60 px whose upper left part is red, and a surface that is highest there."""
    picture = Image.new("RGB", (120, 60), (0, 0, 255))
    picture.paste((255, 0, 0), (0, 0, 40, 20))
    height = numpy.zeros((60, 120), numpy.uint16)
    height[:20, :40] = 65535
    return picture, sampled(height, *grid_for(picture))


def read(file: bytes) -> trimesh.Trimesh:
    """The only mesh in a GLB."""
    (mesh,) = trimesh.load(io.BytesIO(file), file_type="glb").geometry.values()
    return mesh


def test_it_lies_around_the_origin_in_metres_with_y_up(hill: tuple[Image.Image, numpy.ndarray]) -> None:
    mesh = read(glb(*hill, exaggeration=2))

    numpy.testing.assert_allclose(mesh.bounds, [[-500, 0, -250], [500, 240, 250]], atol=0.01)


def test_the_pictures_upper_left_is_north_west_and_has_its_colour(hill: tuple[Image.Image, numpy.ndarray]) -> None:
    mesh = read(glb(*hill))
    texture = mesh.visual.material.baseColorTexture.convert("RGB")

    high, low = mesh.vertices[:, 1] > 110, mesh.vertices[:, 1] < 1
    assert mesh.vertices[high][:, [0, 2]].max(axis=0) == pytest.approx([-170, -85], abs=12)
    colours = [_colour(texture, mesh.visual.uv[where].mean(axis=0)) for where in (high, low)]
    assert colours[0][0] > 200 > 50 > colours[0][2]
    assert colours[1][2] > 200 > 50 > colours[1][0]


def _colour(texture: Image.Image, uv: numpy.ndarray) -> tuple[int, int, int]:
    """At texture coordinates as trimesh has them: v upwards."""
    return texture.getpixel((int(uv[0] * texture.width), int((1 - uv[1]) * texture.height)))


def test_all_faces_and_normals_look_up(hill: tuple[Image.Image, numpy.ndarray]) -> None:
    mesh = read(glb(*hill))

    assert (mesh.face_normals[:, 1] > 0).all()
    assert (mesh.vertex_normals[:, 1] > 0).all()
    numpy.testing.assert_allclose(numpy.linalg.norm(mesh.vertex_normals, axis=1), 1, atol=1e-5)


def test_normals_and_a_jpeg_are_in_the_file(hill: tuple[Image.Image, numpy.ndarray]) -> None:
    file = glb(*hill)
    magic, version, length, size = struct.unpack("<4sIII", file[:16])
    structure = json.loads(file[20 : 20 + size])

    assert (magic, version, length) == (b"glTF", 2, len(file))
    assert {"POSITION", "NORMAL", "TEXCOORD_0"} <= set(structure["meshes"][0]["primitives"][0]["attributes"])
    assert structure["images"][0]["mimeType"] == "image/jpeg"


def test_it_has_no_more_vertices_than_engines_like() -> None:
    assert grid_for(photograph((4096, 2048))) == (1024, 513)
