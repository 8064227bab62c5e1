"""Heightmaps and coloured maps as people have them in files."""

import io

import numpy
from PIL import Image

from transfer.inputs import Input, Role
from transfer.labels import COLOURS, Label
from transfer.synthesis.fields.lattice import octaves as noise
from transfer.synthesis.land.heights import Heights, is_deep


def hills(shape=(90, 120), seed=5, octaves=6):
    """Heights (H, W) from 0 to 65535."""
    found = noise(shape, 3, seed, octaves, 0.5)
    found = (found - found.min()) / (found.max() - found.min())
    return (found * 65535).astype(numpy.uint16)


def file_of(height, file_format="PNG"):
    """The bytes of a file with these levels."""
    file = io.BytesIO()
    Image.fromarray(height).save(file, file_format)
    return file.getvalue()


def opened(content):
    """The picture in a file's bytes."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def given(content):
    """A file's bytes as the map that goes into a generator."""
    image = opened(content)
    if is_deep(image):
        return Input(Role.CONTENT, 0, Heights.of(image).picture, image)
    return Input(Role.CONTENT, 0, image.convert("RGB"))


def continent(shape=(150, 200)):
    """The labels (H, W) of a round land: forest, plain, desert and mountains in quarters, ice amid them, and sea."""
    y, x = numpy.mgrid[0 : shape[0], 0 : shape[1]]
    y, x = y - shape[0] / 2 + 0.5, x - shape[1] / 2 + 0.5
    away = numpy.hypot(x, y) / shape[0]
    quarters = numpy.where(
        y < 0, numpy.where(x < 0, Label.FOREST, Label.PLAIN), numpy.where(x < 0, Label.DESERT, Label.MOUNTAIN)
    )
    found = numpy.where(away < 0.4, quarters, numpy.where(away < 0.48, Label.WATER, Label.DEEP_WATER))
    return numpy.where(away < 0.12, Label.ICE, found).astype(numpy.uint8)


def in_colours(labels, colours=COLOURS):
    """Labels (H, W) as a coloured map."""
    table = numpy.array([colours[each] for each in Label], numpy.uint8)
    return Image.fromarray(table[labels])
