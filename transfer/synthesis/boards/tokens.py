"""What stands on the hexagons of a map: trees, mountains and towns in colour, after the signs of a map by hand."""

from functools import lru_cache

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.labels import Label
from transfer.synthesis.boards.honeycomb import Honeycomb
from transfer.synthesis.fields.noise import Field, hashed
from transfer.synthesis.looks.biomes import NAMES
from transfer.synthesis.looks.colours import Colour
from transfer.synthesis.looks.signs import VARIANTS, drawn

SMALLEST = 4  # pixels of a hexagon's side, below which nothing stands on it
Spot = tuple[str, float, float, float]  # sign, x and y of its foot from the middle, width; in sides of a hexagon
GROVE = ((-0.42, -0.2), (0.1, -0.3), (0.5, -0.08), (-0.12, 0.1), (-0.5, 0.28), (0.34, 0.34), (-0.02, 0.56))
SPOTS: dict[str, tuple[Spot, ...]] = {
    "forest": tuple(("leafy", x, y, 0.62) for x, y in GROVE),
    "rainforest": tuple(("leafy", x * 1.05, y * 1.05, 0.74) for x, y in GROVE),
    "taiga": tuple(("conifer", x, y, 0.64) for x, y in GROVE),
    "mountain": (("mountain", -0.28, 0.16, 0.92), ("mountain", 0.32, 0.3, 0.86), ("mountain", -0.08, 0.52, 0.78)),
    "high mountain": (("mountain", 0.3, 0.2, 1.0), ("mountain", -0.12, 0.5, 1.25)),
    "desert": (("dune", -0.2, 0.0, 0.72), ("dune", 0.2, 0.48, 0.66)),
    "steppe": (("grass", -0.3, 0.1, 0.4), ("grass", 0.3, 0.4, 0.4)),
    "savanna": (("leafy", 0.26, 0.02, 0.5), ("grass", -0.3, 0.3, 0.4)),
    "grassland": (("grass", -0.25, 0.05, 0.42), ("grass", 0.28, 0.38, 0.42)),
    "tundra": (("grass", 0.0, 0.25, 0.4),),
    "ice": (("ice", 0.0, 0.3, 0.72),),
    "city": (("town", 0.0, 0.62, 1.35),),
}
BODIES: dict[tuple[str, str], Colour] = {
    ("leafy", "forest"): (104, 164, 78),
    ("leafy", "rainforest"): (58, 140, 74),
    ("leafy", "savanna"): (146, 168, 72),
    ("conifer", "taiga"): (66, 122, 98),
    ("mountain", "mountain"): (186, 172, 158),
    ("mountain", "high mountain"): (234, 236, 240),
    ("town", "city"): (244, 230, 204),
}
INK, ROOF = (46, 42, 40), (200, 76, 54)
PALE_INK: dict[str, Colour] = {"dune": (176, 138, 76), "grass": (92, 122, 60), "ice": (150, 178, 198)}


def planted(
    picture: Image.Image,
    comb: Honeycomb,
    labels: NDArray[numpy.uint8],
    kinds: NDArray[numpy.uint8],
    height: Field,
    seed: int,
) -> None:
    """Puts on each hexagon of the picture what belongs there, from the top down.

    There are thousands, so they are pasted without Pillow's checks, which take longer than the pasting.
    """
    if comb.side < SMALLEST:
        return
    x, y = comb.middles()
    across, along = x.tolist(), y.tolist()
    picture.load()
    chances = hashed(numpy.arange(comb.count), numpy.zeros(1, numpy.int64), seed + 5)
    order = numpy.lexsort((x, y))
    for number in order[labels[order] > Label.WATER].tolist():
        kind, chance = NAMES[kinds[number]], int(chances[number])
        if kind in ("grassland", "tundra", "steppe") and chance & 3 == 0:
            continue
        for spot, (sign, right, down, width) in enumerate(SPOTS.get(kind, ())):
            side = max(2, round(width * comb.side))
            variant = (chance >> 3 * spot) % VARIANTS
            token, mask = coloured(sign, kind, variant, side, comb.side)
            aside = ((chance >> (spot + 8)) % 16 - 7.5) / 150
            left = round(across[number] + (right + aside) * comb.side - side / 2)
            top = round(along[number] + down * comb.side - side)
            picture.im.paste(token.im, (left, top, left + token.width, top + token.height), mask.im)


@lru_cache(maxsize=256)
def coloured(sign: str, kind: str, variant: int, side: int, hexagon: float) -> tuple[Image.Image, Image.Image]:
    """A sign in the colours of a kind of land, and its mask."""
    mark = drawn(sign, variant, side, max(0.6, hexagon * 0.034))
    ink, red, _ = (numpy.asarray(band)[:, :, None].astype(numpy.float32) / 255 for band in mark.inks.split())
    body = numpy.array(BODIES.get((sign, kind), (255, 255, 255)), dtype=numpy.float32)
    colours = body + (numpy.array(ROOF, dtype=numpy.float32) - body) * red
    colours = colours + (numpy.array(PALE_INK.get(sign, INK), dtype=numpy.float32) - colours) * ink
    return Image.fromarray((colours + 0.5).astype(numpy.uint8)), mark.mask
