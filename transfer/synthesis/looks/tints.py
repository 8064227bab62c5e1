"""Colours of land and sea in an atlas.

Land has cross-blended hypsometric tints: colours by height that differ between humid, arid and cold places and are
blended where these meet, so that deserts are not green (Patterson and Jenny 2011, The development and rationale of
cross-blended hypsometric tints, Cartographic Perspectives 69). The sea is stepped by depth.
"""

from collections.abc import Sequence

import numpy

from transfer.synthesis.fields.easing import eased
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.looks.colours import Colour, looked_up, mix, table

LEVELS = 1024  # entries of a table
SQRT_STEP = 90 / LEVELS  # each entry's share of the square root of the height in metres
HEIGHTS = (0, 120, 400, 800, 1400, 2200, 3200, 4600, 6000)  # metres, for the colours below


def _tint(*colours: Colour) -> Field:
    stops: Sequence[tuple[float, Colour]] = list(zip(HEIGHTS, colours, strict=True))
    return table(stops, [(level * SQRT_STEP) ** 2 for level in range(LEVELS)])


RAINY = _tint(
    (86, 142, 94), (98, 152, 100), (124, 168, 112), (160, 186, 130), (192, 190, 138),
    (184, 164, 128), (172, 152, 134), (212, 206, 202), (248, 248, 248),
)  # fmt: skip
HUMID = _tint(
    (124, 166, 112), (140, 178, 120), (174, 196, 136), (206, 208, 152), (218, 200, 148),
    (202, 174, 132), (184, 158, 136), (220, 214, 210), (250, 250, 250),
)  # fmt: skip
ARID = _tint(
    (226, 210, 164), (234, 216, 168), (240, 218, 164), (234, 202, 146), (222, 180, 128),
    (204, 156, 112), (184, 144, 120), (218, 210, 204), (250, 250, 250),
)  # fmt: skip
COLD = _tint(
    (158, 176, 152), (170, 184, 160), (186, 194, 172), (198, 200, 184), (200, 196, 186),
    (194, 188, 184), (206, 206, 208), (236, 238, 242), (252, 252, 254),
)  # fmt: skip
ICE = _tint(
    (228, 238, 245), (232, 241, 247), (237, 244, 249), (241, 247, 250), (244, 249, 252),
    (247, 251, 253), (250, 252, 254), (252, 253, 254), (254, 254, 255),
)  # fmt: skip
DEPTHS = (60, 200, 700, 1500, 2600, 3800, 5200)  # metres, where a step of the sea begins
SEA_STEPS: tuple[Colour, ...] = (
    (188, 220, 234), (170, 209, 229), (150, 196, 221), (130, 181, 212),
    (112, 165, 202), (97, 150, 191), (84, 136, 180), (73, 122, 168),
)  # fmt: skip
STEPPED = table(list(enumerate(SEA_STEPS)), [step / 64 for step in range(64 * len(SEA_STEPS) - 63)])


def land(height: Field, temperature: Field, moisture: Field, ice: Field) -> Field:
    """Colours (3, H, W) of land by height in metres, temperature, moisture and the share of ice (H, W)."""
    level = (numpy.sqrt(numpy.maximum(height, 0)) * numpy.float32(1 / SQRT_STEP)).astype(numpy.intp)
    colours = looked_up(HUMID, level)
    rainy = eased(moisture, 0.55, 0.85) * eased(temperature, 14, 23)
    for tints, share in (
        (RAINY, rainy),
        (ARID, eased(moisture, 0.46, 0.2)),
        (COLD, eased(temperature, 5, -5)),
        (ICE, ice),
    ):
        if share.any():
            colours = mix(colours, looked_up(tints, level), share)
    return colours


def sea(depth: Field, slope: Field) -> Field:
    """Colours (3, H, W) of the sea by depth in metres; `slope`, in metres a pixel, softens the steps' edges."""
    step: Field = numpy.zeros(depth.shape, numpy.float32)
    scale = 1 / numpy.maximum(slope, 1e-3)
    for begins in DEPTHS:
        step += numpy.clip((depth - numpy.float32(begins)) * scale + numpy.float32(0.5), 0, 1)
    return looked_up(STEPPED, (step * 64).astype(numpy.intp))
