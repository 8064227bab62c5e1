"""No kind of work uses an operation that adds up in any order on a GPU, so the same command gives the same bytes twice.

Which operations do is said by torch.use_deterministic_algorithms. A transposed convolution of large filters does too:
cuDNN takes atomics for it. With filters of 3 px it gave the same bytes each time (H100, H200).
"""

from pathlib import Path
from typing import Any

import pytest
import torch
from torch.nn import functional
from torch.utils._python_dispatch import TorchDispatchMode

from tests.transfer.conftest import scenery, strokes
from tests.transfer.films import frames, write
from transfer.engine.step import result
from transfer.inputs import Input, Inputs, Role
from transfer.kinds import KINDS, Kind

FEW = {"num_iterations": 2, "octave_iter": 2, "frames": 2, "seconds": 1, "stations": 2, "rate": 2, "quality": "quick"}
SIZE = (64, 48)
ADDS_UP = {
    "_adaptive_avg_pool2d_backward",
    "_upsample_bicubic2d_aa_backward",
    "_upsample_bilinear2d_aa_backward",
    "adaptive_max_pool2d_backward",
    "embedding_dense_backward",
    "grid_sampler_2d_backward",
    "histc",
    "index_add",
    "index_reduce",
    "reflection_pad1d_backward",
    "reflection_pad2d_backward",
    "replication_pad1d_backward",
    "replication_pad2d_backward",
    "scatter_reduce",
    "upsample_bicubic2d_backward",
    "upsample_bilinear2d_backward",
    "upsample_linear1d_backward",
}
ACCUMULATES = {"index_put": 3, "_index_put_impl": 3, "put": 3}  # and which argument says so
WEIGHTS = 1  # the argument of bincount
FILTERS, TRANSPOSED = 1, 6  # those of convolution
LARGE = 5  # px


class Listed(TorchDispatchMode):
    """Lists the operations that add up in any order, gradients' too."""

    def __init__(self) -> None:
        super().__init__()
        self.found = set[str]()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        name = func.overloadpacket.__name__.removesuffix("_")
        if name in ADDS_UP or _is_unordered(name, args, kwargs or {}):
            self.found.add(name)
        return func(*args, **(kwargs or {}))


def _is_unordered(name: str, args: Any, kwargs: Any) -> bool:
    def given(place: int, key: str) -> Any:
        return args[place] if len(args) > place else kwargs.get(key)

    if name in ACCUMULATES:
        return bool(given(ACCUMULATES[name], "accumulate"))
    if name == "bincount":
        return given(WEIGHTS, "weights") is not None
    if name == "cumsum":
        return bool(args[0].is_floating_point())
    if name == "scatter_add":  # constants in float64 are made on the processor
        return bool(args[0].dtype != torch.float64)
    return name == "convolution" and args[TRANSPOSED] and args[FILTERS].shape[-1] >= LARGE


def _inputs(kind: Kind, folder: Path) -> Inputs:
    pictures = {Role.CONTENT: scenery(*SIZE), Role.STYLE: strokes(*SIZE)}
    given = []
    for takes in kind.takes:
        if takes.least:
            clip = write(folder / "clip.mp4", frames(3)) if takes.clips else None
            given.append(Input(takes.role, takes.places[0], pictures[takes.role], clip=clip))
    return Inputs(tuple(given))


@pytest.mark.parametrize("kind", [each for each in KINDS if each.takes], ids=lambda kind: kind.name)
def test_what_a_kind_does_adds_up_in_order(kind: Kind, tmp_path: Path) -> None:
    few = {name: value for name, value in FEW.items() if name in kind.recipe.model_fields}
    recipe = kind.recipe.model_validate({"image_size": SIZE[0], **few})
    with Listed() as listed:
        result(kind.painter_of(_inputs(kind, tmp_path), recipe, torch.device("cpu")).steps())
    assert listed.found == set()


def test_what_does_not_is_noticed() -> None:
    image = torch.rand(1, 3, 8, 8, requires_grad=True)
    at = torch.tensor([0, 0])
    with Listed() as listed:
        functional.pad(image, [1] * 4, mode="reflect").sum().backward()
        functional.interpolate(image, (16, 16), mode="bilinear").sum().backward()
        functional.conv_transpose2d(image.detach(), torch.rand(3, 1, 7, 7))
        torch.bincount(at, torch.rand(2))
        torch.zeros(3).index_add_(0, at, torch.rand(2))
        torch.zeros(3).index_put_((at,), torch.rand(2), accumulate=True)
        torch.rand(3).cumsum(0)
    assert listed.found == {
        "reflection_pad2d_backward",
        "upsample_bilinear2d_backward",
        "convolution",
        "bincount",
        "index_add",
        "index_put",
        "cumsum",
    }
