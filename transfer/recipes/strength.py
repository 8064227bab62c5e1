"""What `strength` means: how much content and texture count, from a hint of the style to an abstract picture."""

import math

# Chosen, so that a step of strength is a step to the eye, as far as LPIPS has it: a strength of 1 weighs content down
# by the first; towards 0 it is weighed up by e^(a u - b u^2), where u goes from 0 to 1.
STRENGTH_RANGE, HINT = 60.0, (6.0, 2.8)


def content_ratio(strength: float) -> float:
    """What the content term is multiplied with, beside a style term that stays: 1 at a strength of 0.5."""
    hint = 1 - 2 * strength
    return STRENGTH_RANGE**hint if hint <= 0 else math.exp(HINT[0] * hint - HINT[1] * hint**2)


def texture_part(strength: float) -> float:
    """What texture and grain are multiplied with: all of them count from a strength of 0.5 on, and none at 0."""
    return min(1.0, 2 * strength)
