"""The interface of every backbone."""

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file
from torch import Tensor, nn

from transfer.errors import WeightsError

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
FIRST_DIGITS = re.compile(r"-([0-9a-f]{8,})\.\w+$")


class Head(nn.Module):
    """A linear map from a small network's channels to those of the network that it imitates.

    Because it is linear, it need not run on every pixel: the moments of W f + b follow from those of f.
    """

    weight: Tensor
    bias: Tensor

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(bias)

    @classmethod
    def untrained(cls, inputs: int, outputs: int) -> "Head":
        """A head with random weights, for training."""
        weight = nn.init.kaiming_uniform_(torch.empty(outputs, inputs), nonlinearity="linear")
        return cls(weight, torch.zeros(outputs))

    def forward(self, features: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H, W)."""
        return nn.functional.conv2d(features, self.weight[:, :, None, None], self.bias)

    def compact(self) -> "Head":
        """A head onto at most inputs + 1 channels that preserves all distances and Gram matrices' norms.

        W = Q R with orthonormal Q, so W f + b and (R f + Q^T b, |b - Q Q^T b|) have the same inner products.
        """
        with torch.no_grad():
            basis, triangle = torch.linalg.qr(self.weight)
            inside = basis.T @ self.bias
            outside = (self.bias - basis @ inside).norm()
            weight = torch.cat([triangle, torch.zeros_like(triangle[:1])])
            return Head(weight, torch.cat([inside, outside[None]])).requires_grad_(False)


class FeatureNetwork(nn.Module):
    """Turns an image into named feature maps.

    `heads` holds, for the layers that have one, the linear map that must be applied to their features
    before they are compared. `sha256` is the full hash of the weight file.
    """

    def __init__(self, sha256: str = "") -> None:
        super().__init__()
        self.sha256 = sha256
        self.dtype = torch.float32
        self.heads = nn.ModuleDict()
        self.register_buffer("mean", torch.tensor(IMAGENET_MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(IMAGENET_STD).view(1, 3, 1, 1), persistent=False)

    mean: Tensor
    std: Tensor

    def normalised(self, image: Tensor) -> Tensor:
        """sRGB values in [0, 1], shape (B, 3, H, W), to zero mean and unit deviation over ImageNet."""
        normalised = (image - self.mean) / self.std
        return normalised.to(self.dtype, memory_format=torch.channels_last)

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        """Feature maps (B, C, h, w) by layer name, of an image (B, 3, H, W) in [0, 1]."""
        raise NotImplementedError

    def frozen(self, dtype: torch.dtype = torch.float32) -> "FeatureNetwork":
        """This network for rendering: no weight gradients, channels-last memory, features in `dtype`.

        Heads stay in float32 or better, since they act on moments rather than on pictures.
        """
        self.requires_grad_(False).eval()
        self.dtype = dtype
        for name, part in self.named_children():
            if name == "heads":
                part.to(torch.promote_types(dtype, torch.float32))
            else:
                part.to(dtype).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        return self


def read_state(path: Path) -> dict[str, Tensor]:
    """The tensors in a .safetensors, .pth or .pt file, by name; nothing in the file is executed.

    Raises WeightsError if it is not such a file.
    """
    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (SafetensorError, RuntimeError, ValueError, EOFError, OSError, KeyError) as error:
        raise WeightsError(f"{path} cannot be read as network weights: {error}") from error
    except Exception as error:  # pickle raises many kinds of errors, and none helps a person
        raise WeightsError(f"{path} is not a file of network weights.") from error
    if not isinstance(state, dict) or not all(isinstance(value, Tensor) for value in state.values()):
        raise WeightsError(f"{path} holds something other than a network's weights.")
    return state


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked_sha256(path: Path) -> str:
    """The hash of a file. Raises WeightsError where its name carries the first digits of another one."""
    sha256 = file_sha256(path)
    digits = FIRST_DIGITS.search(path.name)
    if digits and not sha256.startswith(digits[1]):
        hashes = f"its SHA-256 is {sha256[:8]}... and its name says {digits[1]}"
        raise WeightsError(f"{path} is damaged: {hashes}; delete it, and fetch it again.")
    return sha256


def tensor_of(state: dict[str, Tensor], key: str, shape: Sequence[int], path: Path, title: str) -> Tensor:
    """What a file has under `key`, in float32; raises WeightsError where its shape is not that of `title`."""
    if key not in state:
        raise WeightsError(f"{path} holds no {key}: it is not {title}, or not all of it.")
    if state[key].shape != tuple(shape):
        shapes = f"{tuple(state[key].shape)}, not {tuple(shape)}"
        raise WeightsError(f"{path} is not {title}: {key} is {shapes}.")
    return state[key].to(torch.float32)


def provenance(path: Path) -> dict[str, str]:
    """What a file of ours says about how it was made; nothing where it is not a .safetensors file.

    Raises WeightsError if it cannot be read.
    """
    if path.suffix != ".safetensors":
        return {}
    try:
        with safe_open(path, "pt") as file:
            return dict(json.loads((file.metadata() or {}).get("provenance", "{}")))
    except (SafetensorError, OSError, ValueError, TypeError) as error:
        raise WeightsError(f"{path} cannot be read as network weights: {error}") from error
