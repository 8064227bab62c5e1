"""What each place of a coloured map is, by its colour: blue is water, dark green forest, brown and grey mountains."""

import functools

import numpy
from PIL import Image
from scipy import ndimage

from transfer.engine.ladder import fit
from transfer.labels import COLOURS, Label
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.patches import Labels, large, spread

LARGEST = 1024  # px of the long side at which places are told apart
VOTE = 1 / 420  # of the long side: how far around a place others vote on what it is
FEWEST = 9000  # a patch smaller than this part of the map is a speckle: a letter, a sign, a dot
ISLANDS = 60_000  # the same for islands and lakes
WATER = (Label.DEEP_WATER, Label.WATER)
BITS = 5  # of each channel, by which colours are told apart
INK = 255  # lines, letters and borders: no place, so what is around them decides
SEEN: tuple[tuple[int, tuple[str, ...]], ...] = (
    (Label.DEEP_WATER, ("183a70", "0a1e50", "000080", "0a1432", "1e3c78", "143264", "05102a", "2e68a0", "0c2a4a")),
    (Label.WATER, ("407cb8", "78b4dc", "aad3df", "96bee6", "c4dff0", "4682b4", "0078c8", "64c8dc", "5a96be", "d6eaf0")),
    (Label.PLAIN, ("a4c068", "b4d296", "8cb450", "c8dcaa", "96c864", "96be5c", "b0d0a0", "c2be5c", "dce6be", "a0a868")),
    (
        Label.FOREST,
        ("346e3c", "1e5028", "3c5a28", "143c1e", "55784a", "2d4b2d", "4e8e42", "267440", "4a7a5c", "008000"),
    ),
    (
        Label.DESERT,
        ("e2c88c", "f0dc96", "d2b478", "faebb4", "ffe678", "e6be6e", "cec08e", "ecd088", "d8a860", "f5deb3"),
    ),
    (
        Label.MOUNTAIN,
        ("88786c", "808080", "6e5a4b", "966446", "a5552d", "644632", "afa596", "9c6c3c", "a0522d", "a0a0a0"),
    ),
    (Label.ICE, ("f0f6fa", "ffffff", "e4ecf2", "d8e4ec")),
    (Label.CITY, ("c44838", "e03020")),
    (INK, ("000000", "181410", "28241f")),
)


def labels_of(picture: Image.Image) -> Labels:
    """The `Label` of each place (h, w) of an RGB map, with a long side of `LARGEST` at most.

    The nearest of many colours of maps in CIELAB says what a place is, then what most places around it are. Patches too
    small to be places become what lies beside them.
    """
    if max(picture.size) > LARGEST:
        picture = picture.resize(fit(picture.size, LARGEST), Image.Resampling.BOX)
    channels = numpy.asarray(picture) >> (8 - BITS)
    index = (channels[..., 0].astype(numpy.int32) << (2 * BITS)) | (channels[..., 1].astype(numpy.int32) << BITS)
    found = _nearest()[index | channels[..., 2]]
    return _without_patches(_voted(found, max(1, round(VOTE * max(found.shape)))))


@functools.cache
def _nearest() -> Labels:
    """What each colour of so many bits a channel is, (2 ** (3 * BITS),)."""
    count = 1 << BITS
    levels = (numpy.arange(count) + 0.5) * (256 / count)
    grid = numpy.stack(numpy.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(-1, 3)
    kinds = [kind for kind, colours in SEEN for _ in colours] + list(COLOURS)
    known = [tuple(bytes.fromhex(colour)) for _, colours in SEEN for colour in colours] + list(COLOURS.values())
    lab, there = lab_of(grid.astype(numpy.float32)), lab_of(numpy.array(known, numpy.float32))
    best, found = numpy.full(len(lab), numpy.inf, numpy.float32), numpy.zeros(len(lab), numpy.uint8)
    for kind, (lightness, a, b) in zip(kinds, there, strict=True):
        across = (lab[:, 1] - a, lab[:, 2] - b)
        # Maps shade their colours, so that lightness tells less than hue.
        distance = (lab[:, 0] - lightness) ** 2 * numpy.float32(0.5) + across[0] ** 2 + across[1] ** 2
        nearer = distance < best
        best, found[nearer] = numpy.where(nearer, distance, best), kind
    return found


def lab_of(colours: Field) -> Field:
    """CIELAB (N, 3), lightness 0 to 100, of sRGB (N, 3), 0 to 255 (CIE 15, white D65)."""
    levels = numpy.arange(256)
    line = [each / 3294.6 if each <= 10 else ((each / 255 + 0.055) / 1.055) ** 2.4 for each in map(int, levels)]
    steps = [each / 2048 for each in range(2049)]
    curve = [each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in steps]
    red, green, blue = (numpy.interp(colours[:, channel], levels, line) for channel in range(3))
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    x, y, z = (numpy.interp(each, steps, curve) for each in (x, y, z))
    return numpy.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1).astype(numpy.float32)


def _voted(kinds: Labels, radius: int) -> Labels:
    """At each place what most places within `radius` cells are; a mode filter."""
    best = numpy.zeros(kinds.shape, numpy.int32)
    found = kinds.copy()
    for kind in numpy.unique(kinds):
        if kind != INK:
            inside = (kinds == kind).astype(numpy.int32) * 1000
            votes = ndimage.uniform_filter(ndimage.uniform_filter(inside, 2 * radius + 1), 2 * radius + 1)
            found[votes > best] = kind
            best = numpy.maximum(best, votes)
    return found


def _without_patches(kinds: Labels) -> Labels:
    """Small patches, and ink that nothing voted on, become what is nearest to them; small islands and lakes vanish."""
    is_water = numpy.isin(kinds, WATER)
    sides = [large(inside, ISLANDS) for inside in (~is_water & (kinds != INK), is_water)]
    if not (sides[0] | sides[1]).any():
        return numpy.full_like(kinds, Label.PLAIN)
    wet = spread(sides[1].astype(numpy.uint8), sides[0] | sides[1]) > 0
    found = kinds.copy()
    for side, found_there in ((~wet, sides[0]), (wet, sides[1])):
        there = found_there & side
        sure = numpy.zeros(kinds.shape, bool)
        for kind in numpy.unique(kinds[there]):
            sure |= large(there & (kinds == kind), FEWEST)
        if there.any():
            found[side] = spread(kinds, sure if sure.any() else there)[side]
    return found
