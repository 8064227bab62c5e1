"""Large tensors in separate memory outside the heap.

A heap fragments if images come and go between the many blocks of a network's features: the gap between two images is
too small for the next one. With its own mapping, an image goes back to the system whole.
"""

import math
import mmap

import torch
from torch import Tensor

LARGE = 8 * 2**20  # bytes


def room(shape: tuple[int, ...], like: Tensor) -> Tensor:
    """A tensor of zeros of `shape`, with the dtype and on the device of `like`."""
    size = math.prod(shape) * like.element_size()
    if like.device.type != "cpu" or size < LARGE:
        return like.new_zeros(shape)
    return torch.frombuffer(mmap.mmap(-1, size), dtype=like.dtype).view(shape)


def apart(tensor: Tensor) -> Tensor:
    """A copy of a tensor, without its graph."""
    copy = room(tuple(tensor.shape), tensor)
    copy.copy_(tensor.detach())
    return copy
