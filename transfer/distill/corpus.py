"""The pictures to learn from, and those to measure on."""

from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from transfer.errors import PictureError
from transfer.images import as_floats, to_tensor
from transfer.pictures import open_picture

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
HELD_OUT_EVERY = 10
LARGEST_SIDE = 640


class Corpus:
    """All pictures of a folder, in memory as bytes; every tenth by name is held out.

    Raises PictureError if the folder has too few pictures or one of them cannot be read.
    """

    def __init__(self, folder: Path, report: Callable[[str], None] = lambda line: None) -> None:
        paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES)
        if len(paths) < HELD_OUT_EVERY:
            raise PictureError(f"{folder} holds {len(paths)} pictures: distillation needs at least {HELD_OUT_EVERY}.")
        report(f"reading {len(paths)} pictures from {folder}")
        self.held_out = [_read(path) for path in paths[::HELD_OUT_EVERY]]
        self.training = [_read(path) for index, path in enumerate(paths) if index % HELD_OUT_EVERY]

    def crop(self, side: int, generator: torch.Generator) -> Tensor:
        """A random training crop (1, 3, side, side) at a random scale, perhaps mirrored or turned."""
        picture = self.training[_integer(len(self.training), generator)]
        zoom = 2 ** (2 * _uniform(generator) - 1.4)  # 0.38 to 1.5 pixels of the crop per pixel of the picture
        taken = min(round(side / zoom), *picture.shape[1:])
        return resized_crop(picture, taken, side, generator)


def resized_crop(picture: Tensor, taken: int, side: int, generator: torch.Generator) -> Tensor:
    """A square of `taken` px at a random place of a byte picture (3, H, W), scaled to (1, 3, side, side) in [0, 1]."""
    top = _integer(picture.shape[1] - taken + 1, generator)
    left = _integer(picture.shape[2] - taken + 1, generator)
    crop = as_floats(picture[None, :, top : top + taken, left : left + taken])
    if taken != side:
        crop = functional.interpolate(crop, (side, side), mode="bilinear", antialias=True)
    if _uniform(generator) < 0.5:
        crop = crop.flip(3)
    if _uniform(generator) < 0.25:
        crop = crop.transpose(2, 3)
    return crop


def _read(path: Path) -> Tensor:
    image = open_picture(path)
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    return to_tensor(image)[0].mul(255).round().to(torch.uint8)


def _integer(below: int, generator: torch.Generator) -> int:
    return int(torch.randint(below, (), generator=generator))


def _uniform(generator: torch.Generator) -> float:
    return float(torch.rand((), generator=generator))
