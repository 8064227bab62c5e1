"""A reel, and pictures beside it, as tensors of a checkpoint's state and back."""

from collections.abc import Mapping, Sequence

import numpy
import torch
from PIL import Image
from torch import Tensor

from transfer.film.reel import Reel

RUNS, PICTURES = "run", "frame"


def reel_tensors(reel: Reel) -> dict[str, Tensor]:
    """A reel, by names that no other tensor of a state may have: "run0", "frame0"."""
    return numbered(RUNS, [_bytes(run) for run in reel.runs]) | numbered(PICTURES, list(map(pixels, reel.pictures)))


def reel_of(tensors: Mapping[str, Tensor], rate: int) -> Reel:
    """The reel among these tensors."""
    runs = tuple(each.numpy().tobytes() for each in in_order(tensors, RUNS))
    return Reel(rate, runs, tuple(map(picture_of, in_order(tensors, PICTURES))))


def numbered(name: str, tensors: Sequence[Tensor]) -> dict[str, Tensor]:
    """Tensors called `name` and their place, from 0."""
    return {f"{name}{place}": each for place, each in enumerate(tensors)}


def in_order(tensors: Mapping[str, Tensor], name: str) -> Sequence[Tensor]:
    """The tensors called `name` and a number, by their numbers."""
    found = {key.removeprefix(name): each for key, each in tensors.items() if key.startswith(name)}
    return [found[number] for number in sorted(filter(str.isdigit, found), key=int)]


def pixels(picture: Image.Image) -> Tensor:
    """An RGB picture as bytes, (H, W, 3)."""
    return torch.from_numpy(numpy.array(picture))


def picture_of(found: Tensor) -> Image.Image:
    """The picture that has these pixels."""
    return Image.fromarray(found.cpu().numpy(), "RGB")


def _bytes(run: bytes) -> Tensor:
    return torch.from_numpy(numpy.frombuffer(run, numpy.uint8).copy())
