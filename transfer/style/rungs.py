"""What style transfer makes of a rung: how much the content counts, and how large a style is viewed. Free of torch.

Above `COMPOSED` px the content has had its say, and the style is viewed closer to its own size: what is added is
brushwork.
"""

import math

from transfer.engine.ladder import PREVIEW, Rung, fit
from transfer.recipes.styled import StyledRecipe

COMPOSED = 512  # px: chosen, the size up to which renders are composed as a whole
CONTENT_ABOVE = 0.2  # chosen: of the content's weight, above that
TEXTURE_BELOW = 0.4  # chosen: of the weight of texture everywhere, up to that
FINE_BELOW = 0.3  # chosen: of the weight of fine detail, up to the preview, where shapes are found
CLOSEST = 1.5  # chosen: times the size of the rung, at which a style is viewed an octave above that
SHORTEST_STYLE = 32  # px: chosen, so that there is a texture to take
LARGEST_STYLE = 4_000_000  # pixels: chosen, to bound the time before a rung's first iteration


def content_part(rung: Rung) -> float:
    """What is left of the content's weight, more than 0 and at most 1."""
    return 1.0 if rung.long_side <= COMPOSED else CONTENT_ABOVE


def everywhere_part(rung: Rung) -> float:
    """How much of its weight texture everywhere has, more than 0 and at most 1."""
    return TEXTURE_BELOW if rung.long_side <= COMPOSED else 1.0


def fine_part(rung: Rung) -> float:
    """How much of its weight fine detail has, more than 0 and at most 1."""
    return FINE_BELOW if rung.long_side <= PREVIEW else 1.0


def style_part(rung: Rung) -> float:
    """The size of the style relative to the rung: 1, then growing to `CLOSEST` within an octave."""
    octaves = max(0.0, math.log2(rung.long_side / COMPOSED))
    return min(CLOSEST, float(CLOSEST**octaves))


def style_size(size: tuple[int, int], recipe: StyledRecipe, rung: Rung) -> tuple[int, int]:
    """The (width, height) at which a rung views a style of `size`.

    It grows with the rung times `style_scale` and the rung's `style_part`, but not beyond the style's own pixels nor
    `LARGEST_STYLE` pixels, and its short side has at least `SHORTEST_STYLE` px.
    """
    long_side = min(max(size), rung.long_side * style_part(rung) * recipe.style_scale)
    long_side = min(long_side, max(size) * (LARGEST_STYLE / (size[0] * size[1])) ** 0.5)
    return fit(size, round(max(long_side, SHORTEST_STYLE * max(size) / min(size))))
