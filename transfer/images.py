"""Between Pillow images and tensors.

Tensors of images have shape (1, 3, H, W), sRGB, values in [0, 1]; in bytes, from 0 to 255.
"""

from collections.abc import Iterator

import numpy
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

# Rec. 601 luma with its two chroma axes (Gatys et al. 2016, arXiv:1606.05897, section 3, use this kind of space).
RGB_TO_YIQ = torch.tensor(((0.299, 0.587, 0.114), (0.596, -0.274, -0.322), (0.211, -0.523, 0.312)))
STRIP = 256  # rows of a large image to convert at a time, so that no second image is needed


def to_tensor(image: Image.Image) -> Tensor:
    """An RGB Pillow image as a (1, 3, H, W) tensor in [0, 1]."""
    return as_floats(_bytes(image)).contiguous()


def to_picture(image: Tensor) -> Image.Image:
    """A (1, 3, H, W) tensor as an 8-bit RGB Pillow image; values are clamped to [0, 1] and rounded."""
    levels = numpy.empty((image.shape[2], image.shape[3], 3), numpy.uint8)
    for rows in _strips(image):
        part = image[0, :, rows].detach().clamp(0, 1).mul_(255).round_().to("cpu", torch.uint8)
        levels[rows] = part.permute(1, 2, 0).numpy()
    return Image.fromarray(levels, "RGB")


def scaled(image: Image.Image, size: tuple[int, int]) -> Tensor:
    """A Pillow image at (width, height), as a tensor."""
    return to_tensor(_resized(image, size))


def scaled_bytes(image: Image.Image, size: tuple[int, int]) -> Tensor:
    """A Pillow image at (width, height), as a tensor of bytes: a quarter of the memory."""
    return _bytes(_resized(image, size))


def as_floats(image: Tensor, dtype: torch.dtype | None = None) -> Tensor:
    """An image of any shape, of bytes or in [0, 1] already, in [0, 1].

    It has this `dtype`, or else its own; what was bytes is float32 then.
    """
    if image.dtype == torch.uint8:
        return image.to(dtype or torch.float32) / 255
    return image if dtype is None else image.to(dtype)


def enlarged(image: Tensor, size: tuple[int, int]) -> Tensor:
    """An image tensor scaled to (width, height) by bicubic interpolation, clamped to [0, 1]."""
    return enlarged_difference(image, size).clamp_(0, 1)


def enlarged_difference(difference: Tensor, size: tuple[int, int]) -> Tensor:
    """The same for a difference of two images, which may be negative, and is not clamped."""
    return functional.interpolate(difference, size[::-1], mode="bicubic", align_corners=False)


def smaller(image: Tensor, size: tuple[int, int]) -> Tensor:
    """An image tensor scaled down to (width, height); each pixel is the mean of those that it covers."""
    return functional.interpolate(image, size[::-1], mode="area")


def with_colors_of(image: Tensor, colors: Tensor) -> Tensor:
    """The luma of `image` with the chroma of `colors`, both (1, 3, H, W), clamped to [0, 1]; overwrites `image`.

    `colors` may be bytes. Gatys et al. 2016, "Preserving Color in Neural Artistic Style Transfer", arXiv:1606.05897,
    section 3.
    """
    to_yiq = RGB_TO_YIQ.to(image)
    to_rgb = torch.linalg.inv(to_yiq)
    for rows in _strips(image):
        own, other = image[:, :, rows], as_floats(colors[:, :, rows].to(image.device), image.dtype)
        luma = torch.einsum("c,bchw->bhw", to_yiq[0], own)[:, None]
        chroma = torch.einsum("yc,bchw->byhw", to_yiq[1:], other)
        image[:, :, rows] = torch.einsum("cy,byhw->bchw", to_rgb, torch.cat([luma, chroma], 1)).clamp_(0, 1)
    return image


def _bytes(image: Image.Image) -> Tensor:
    return torch.from_numpy(numpy.array(image)).permute(2, 0, 1)[None]


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _strips(image: Tensor) -> Iterator[slice]:
    return (slice(top, top + STRIP) for top in range(0, image.shape[2], STRIP))
