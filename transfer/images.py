"""Between Pillow images and tensors.

Tensors of images have shape (1, 3, H, W), sRGB, values in [0, 1].
"""

import numpy
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

# Rec. 601 luma with its two chroma axes (Gatys et al. 2016, arXiv:1606.05897, section 3, use such a space).
RGB_TO_YIQ = torch.tensor(((0.299, 0.587, 0.114), (0.596, -0.274, -0.322), (0.211, -0.523, 0.312)))


def to_tensor(image: Image.Image) -> Tensor:
    """An RGB Pillow image as a (1, 3, H, W) tensor in [0, 1]."""
    pixels = torch.from_numpy(numpy.array(image, dtype=numpy.float32))
    return (pixels / 255).permute(2, 0, 1)[None].contiguous()


def to_picture(image: Tensor) -> Image.Image:
    """A (1, 3, H, W) tensor as an 8-bit RGB Pillow image; values are clamped to [0, 1] and rounded."""
    levels = image[0].detach().clamp(0, 1).mul(255).round().to("cpu", torch.uint8)
    return Image.fromarray(levels.permute(1, 2, 0).contiguous().numpy(), "RGB")


def scaled(image: Image.Image, size: tuple[int, int]) -> Tensor:
    """A Pillow image at (width, height), as a tensor."""
    return to_tensor(image if image.size == size else image.resize(size, Image.Resampling.LANCZOS))


def enlarged(image: Tensor, size: tuple[int, int]) -> Tensor:
    """An image tensor brought to (width, height) by bicubic interpolation, clamped to [0, 1]."""
    return functional.interpolate(image, size[::-1], mode="bicubic", align_corners=False).clamp(0, 1)


def with_colors_of(image: Tensor, colors: Tensor) -> Tensor:
    """The luma of `image` with the chroma of `colors`, both (1, 3, H, W), clamped to [0, 1].

    Gatys et al. 2016, "Preserving Color in Neural Artistic Style Transfer", arXiv:1606.05897, section 3.
    """
    to_yiq = RGB_TO_YIQ.to(image)
    luma = torch.einsum("c,bchw->bhw", to_yiq[0], image)[:, None]
    chroma = torch.einsum("yc,bchw->byhw", to_yiq[1:], colors)
    return torch.einsum("cy,byhw->bchw", torch.linalg.inv(to_yiq), torch.cat([luma, chroma], 1)).clamp(0, 1)
