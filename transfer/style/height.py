"""The height that a picture is: its lightness, finer than the 8 bits of a picture can say."""

import io

import numpy
import torch
from PIL import Image
from torch import Tensor

from transfer.images import RGB_TO_YIQ

LEVELS = 65535


def height_map(image: Tensor) -> bytes:
    """The luma of a (1, 3, H, W) image as a grey PNG of 16 bits, from 0 where it is darkest to 65535.

    Heights are relative: nothing says how many metres a level is. A style transfer of terrain in grey gives terrain, as
    Merizzi (2024, arXiv:2403.08782) shows. Out of floats, a height has no terraces; out of 8 bits it has 256. A picture
    of one lightness is flat, at 0.
    """
    luma = torch.tensordot(RGB_TO_YIQ[0].to(image), image[0].detach(), dims=1)
    lowest, highest = luma.aminmax()
    span = float(highest - lowest)
    scaled = (luma - lowest).mul_(LEVELS / span if span else 0.0).round_().clamp_(0, LEVELS)
    file = io.BytesIO()
    Image.fromarray(scaled.cpu().numpy().astype(numpy.uint16)).save(file, "PNG")
    return file.getvalue()
