"""Downloads what torchvision publishes, VGG-19 and GoogLeNet, from where it says, and verifies it."""

import contextlib
import re
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

import torch

from transfer.errors import WeightsError
from transfer.features.network import file_sha256
from transfer.features.registry import BACKBONES
from transfer.features.torchvision_import import torchvision_models

WEIGHTS = {"vgg19": "VGG19_Weights", "googlenet": "GoogLeNet_Weights"}  # torchvision's names


def published_address(backbone: str) -> str:
    """Where torchvision publishes a network; the file name ends in the first digits of its SHA-256."""
    return str(getattr(torchvision_models(), WEIGHTS[backbone]).IMAGENET1K_V1.url)


def fetch_published(
    backbone: str, address: str | None = None, destination: Path | None = None, progress: bool = True
) -> tuple[Path, str]:
    """Downloads a network to where the registry expects it, checks its hash, and returns its path and full SHA-256.

    It verifies an existing file instead of downloading it again. Raises WeightsError if the network cannot be reached
    or the download is not the right file.
    """
    address = address or published_address(backbone)
    path = destination or BACKBONES[backbone].default_weights()
    digits = re.search(r"-([0-9a-f]{8,})\.", address)
    prefix = digits[1] if digits else None
    if not path.is_file():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            torch.hub.download_url_to_file(address, str(path), hash_prefix=prefix, progress=progress)
        except (URLError, HTTPException, OSError) as error:
            raise WeightsError(
                f"{address} cannot be fetched ({error}): download it elsewhere, "
                f"and name the file with STYLESITE_{backbone.upper()}_WEIGHTS."
            ) from error
        except RuntimeError as error:
            raise WeightsError(f"What came from {address} is damaged, so it was thrown away: {error}") from error
    sha256 = file_sha256(path)
    if prefix and not sha256.startswith(prefix):
        raise WeightsError(f"{path} is damaged: its SHA-256 is {sha256} and should begin with {prefix}; delete it.")
    with contextlib.suppress(OSError):  # in a folder that others look after
        path.with_suffix(path.suffix + ".sha256").write_text(f"{sha256}  {path.name}\n")
    return path, sha256
