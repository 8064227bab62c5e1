"""Matching one picture's colours to another's. Free of torch, so that a web process can use it."""

import numpy
from PIL import Image

RIDGE = 1e-5  # variance, in colours from 0 to 1, below which a direction of colour is not stretched


def with_colors_matched(picture: Image.Image, wanted: Image.Image) -> Image.Image:
    """`picture` with the mean and covariance of `wanted`'s colours; both are RGB of any size.

    In sRGB, as levels from 0 to 1: x -> Cw^1/2 Cp^-1/2 (x - mp) + mw, where the roots are symmetric (Gatys et al.
    2016, "Preserving Color in Neural Artistic Style Transfer", arXiv:1606.05897, section 4, "image analogies").
    """
    pixels, goal = _levels(picture), _levels(wanted)
    move = _power(_covariance(goal), 0.5) @ _power(_covariance(pixels), -0.5)
    matched = (pixels - pixels.mean(0)) @ move.T + goal.mean(0)
    levels = (matched.clip(0, 1) * 255).round().astype(numpy.uint8)
    return Image.fromarray(levels.reshape(picture.height, picture.width, 3), "RGB")


def _levels(picture: Image.Image) -> numpy.ndarray:
    return numpy.asarray(picture, dtype=numpy.float32).reshape(-1, 3) / 255


def _covariance(levels: numpy.ndarray) -> numpy.ndarray:
    return numpy.cov(levels, rowvar=False, bias=True).astype(numpy.float64) + RIDGE * numpy.eye(3)


def _power(covariance: numpy.ndarray, exponent: float) -> numpy.ndarray:
    values, vectors = numpy.linalg.eigh(covariance)
    return numpy.asarray((vectors * values**exponent) @ vectors.T)
