"""Files of weights that the judge is given."""

import argparse
from pathlib import Path

from torch import Tensor

from transfer.errors import WeightsError
from transfer.features.network import read_state


class Unusable(Exception):
    """Something that the judge needs is not there; the sentence says what to give."""


def read(path: Path) -> dict[str, Tensor]:
    """The tensors of a .safetensors or .pth file by name; raises Unusable where it is none."""
    if not path.is_file():
        raise Unusable(f"There is no file {path}.")
    try:
        return read_state(path)
    except WeightsError as error:
        raise Unusable(str(error)) from error


def add_flags(parser: argparse.ArgumentParser) -> None:
    """The flags that name these files."""
    parser.add_argument("--vgg19", type=Path, metavar="FILE", help="VGG-19; by default the backbone's, if it is here")
    parser.add_argument("--lpips", type=Path, metavar="FILE", help="LPIPS with AlexNet; without it, lpips is left out")
