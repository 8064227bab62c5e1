"""Gradients of equal size from every layer (neural-style's -normalize_gradients)."""

GRADIENT_UNIT = 10.0  # chosen: the mean size of a normalised gradient at a weight of 1, times the places
FLOOR = 1e-20  # a gradient of nothing stays nothing


def factor(total: float, channels: int, places: int, size: float) -> float:
    """What a layer's gradient is multiplied with to have a mean size of `size` / places.

    `total` is the sum of its absolute values over all channels and places. neural-style divides each layer's gradient
    by its L1 norm and multiplies it with the layer's weight.
    """
    return size / (places * (total / (channels * places) + FLOOR))
