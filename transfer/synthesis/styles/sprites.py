"""Sprites for pixel art: a letter is a colour of the palettes, a dot shows the ground."""

import numpy
from numpy.typing import NDArray

SPRITES = {
    "tree": (
        "..pppp..",
        ".pijijp.",
        "pihijjkp",
        "phijijkp",
        "pijijkkp",
        "pjikjkyp",
        ".pkkkyp.",
        "..pttp..",
        "..yuuy..",
    ),
    "pine": (
        "...p...",
        "..pjp..",
        "..pjp..",
        ".pjikp.",
        ".pikyp.",
        "pjikkyp",
        "pikkyyp",
        ".pputpp",
        "...u...",
    ),
    "palm": (
        ".pp.pp.",
        "pzipizp",
        ".pijip.",
        "pipuppp",
        "p.put..",
        "..pt...",
        "..pu...",
        ".guug..",
    ),
    "bush": (
        ".ppp.",
        "pzijp",
        "pijkp",
        ".ppp.",
    ),
    "flowers": (
        "w...v",
        ".w.vs",
        "i.i.i",
        ".v..w",
    ),
    "house": (
        "....ppp....",
        "...pqqqp...",
        "..pqqqrqp..",
        ".pqqrqqqrp.",
        "pqqqqrqqqrp",
        "prrrrrrrrrp",
        ".psssssstp.",
        ".psxspusxp.",
        ".pssspussp.",
        ".ppppppppp.",
    ),
    "tower": (
        ".p.p.p.",
        "pnpnpmp",
        "pnnnmlp",
        ".pnnlp.",
        ".pnxlp.",
        ".pnnlp.",
        ".pnmlp.",
        ".pnulp.",
        "ppppppp",
    ),
    "rock": (
        "..pp..",
        ".pnmp.",
        "pnmmlp",
        "pmmllp",
        ".pppp.",
    ),
    "peak": (
        "....p....",
        "...pop...",
        "..poonp..",
        "..ponlp..",
        ".ponmllp.",
        ".pnnmllp.",
        "pnmmlmlxp",
        "pmmllllxp",
    ),
    "boat": (
        "...ps..",
        "...pss.",
        "...psss",
        "ptttttp",
        ".puuup.",
        "ee.e.ee",
    ),
    "wave": (".cc..", "c..cb"),
    "crest": (".ee.", "e..e"),
    "shell": (".p", "sw"),
}


def sprite(cells: NDArray[numpy.uint8], rows: tuple[str, ...], bottom: int, middle: int) -> None:
    """Draws a sprite that stands at a place of `cells` (H, W); what lies outside is cut off."""
    drawn = numpy.frombuffer("".join(rows).encode(), numpy.uint8).reshape(len(rows), -1)
    top, left = bottom - drawn.shape[0] + 1, middle - drawn.shape[1] // 2
    inner = drawn[max(0, -top) : cells.shape[0] - top, max(0, -left) : cells.shape[1] - left]
    part = cells[max(0, top) : max(0, top) + inner.shape[0], max(0, left) : max(0, left) + inner.shape[1]]
    numpy.copyto(part, inner, where=inner != ord("."))
