"""A picture over its terrain as GLB, the binary form of glTF 2.0 (ISO/IEC 12113:2022), for game engines and Blender."""

import numpy
import trimesh
from numpy.typing import NDArray
from PIL import Image
from trimesh.exchange.gltf import export_glb
from trimesh.visual import TextureVisuals
from trimesh.visual.material import PBRMaterial

from transfer.synthesis.exports.surface import Surface, grid_of

MOST_VERTICES = 1024  # along the long side
RELIEF = 0.12  # how high the highest place is, as a part of the long side, without exaggeration
METRES = 1000.0  # the long side
LONGEST_TEXTURE = 4096  # px
QUALITY = 92


def grid_for(picture: Image.Image) -> tuple[int, int]:
    """(columns, rows) of the largest mesh for a picture."""
    return grid_of(picture.size, MOST_VERTICES)


def glb(picture: Image.Image, surface: Surface, exaggeration: float = 1.0) -> bytes:
    """The file. `surface` (rows, columns) is from 0 to 65535, as `surface.sampled` gives it for `grid_for(picture)`.

    Right-handed, Y up, in metres: the picture's right is +X, its lower edge +Z, so that north is -Z, and the highest
    place +Y. The long side measures 1000 m and lies around the origin; the value 0 is at a height of 0 m, and 65535 at
    120 m times `exaggeration`. Heights are relative: nobody knows how high a painted mountain is.
    """
    rows, columns = surface.shape
    width, depth = (METRES * side / max(picture.size) for side in picture.size)
    heights = surface.astype(numpy.float64) * (METRES * RELIEF * exaggeration / 65535)
    across, down = numpy.linspace(0, 1, columns), numpy.linspace(0, 1, rows)
    u, v = numpy.meshgrid(across, down)
    vertices = numpy.stack([(u - 0.5) * width, heights, (v - 0.5) * depth], axis=-1)
    material = PBRMaterial(  # type: ignore[no-untyped-call]
        baseColorTexture=_texture(picture), metallicFactor=0.0, roughnessFactor=1.0
    )
    uv = numpy.stack([u, 1 - v], axis=-1).reshape(-1, 2)
    mesh = trimesh.Trimesh(
        vertices.reshape(-1, 3),
        _faces(columns, rows),
        vertex_normals=_normals(heights, width / (columns - 1), depth / (rows - 1)),
        visual=TextureVisuals(uv=uv, material=material),  # type: ignore[no-untyped-call]
        process=False,
        validate=False,
    )
    scene = trimesh.Scene()
    scene.add_geometry(mesh, geom_name="terrain")
    file: bytes = export_glb(scene, include_normals=True)  # type: ignore[no-untyped-call]
    return file


def _normals(heights: NDArray[numpy.float64], right: float, down: float) -> NDArray[numpy.float64]:
    """Unit normals (N, 3) from differences to the neighbours, which are `right` and `down` metres away."""
    slope_down, slope_right = numpy.gradient(heights, down, right)
    normals = numpy.stack([-slope_right, numpy.ones_like(heights), -slope_down], axis=-1)
    normals /= numpy.sqrt((normals * normals).sum(axis=-1, keepdims=True))
    return normals.reshape(-1, 3)


def _faces(columns: int, rows: int) -> NDArray[numpy.int64]:
    """Two triangles (N, 3) for each cell, counter-clockwise as seen from above."""
    corner = (numpy.arange(rows - 1)[:, None] * columns + numpy.arange(columns - 1)[None, :]).ravel()
    right, below = corner + 1, corner + columns
    upper = numpy.stack([corner, below, right], axis=-1)
    lower = numpy.stack([right, below, below + 1], axis=-1)
    return numpy.concatenate([upper, lower])


def _texture(picture: Image.Image) -> Image.Image:
    """The picture as trimesh embeds it: a JPEG of good quality."""
    texture = picture.convert("RGB")
    texture.thumbnail((LONGEST_TEXTURE, LONGEST_TEXTURE), Image.Resampling.LANCZOS)
    texture.format = "JPEG"  # trimesh saves anything else as PNG, which is five times as large
    texture.encoderinfo = {"quality": QUALITY, "subsampling": 0}
    return texture
