"""What a training keeps in files: its state to go on from, and the weights that it ends with."""

import json
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import torch
from safetensors.torch import save_file
from torch import Tensor

from transfer.errors import WeightsError
from transfer.replacing import replacing


class KeptTraining:
    """The state of a training: its `PARTS`, which have states of their own, its `generator`, and how far it is."""

    PARTS: ClassVar[tuple[str, ...]]

    generator: torch.Generator
    step: int

    def save(self, path: Path) -> None:
        """Writes the state, completely or not at all."""
        parts = {name: getattr(self, name).state_dict() for name in self.PARTS}
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as unfinished:
            torch.save(
                {**parts, **self.beside(), "generator": self.generator.get_state(), "step": self.step}, unfinished
            )

    def load(self, path: Path) -> None:
        """Goes on from what `save` wrote; raises WeightsError for any other file."""
        try:
            state = torch.load(path, weights_only=True)
            for name in self.PARTS:
                getattr(self, name).load_state_dict(state[name])
            self.restore(state)
            self.generator.set_state(state["generator"])
            self.step = state["step"]
        except (EOFError, OSError, RuntimeError, ValueError, TypeError, KeyError, pickle.UnpicklingError) as error:
            raise WeightsError(f"{path} is not a checkpoint of this training: delete it to start again.") from error

    def beside(self) -> dict[str, Any]:
        """What else belongs to the state, by names of its own."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Goes on from what `beside` gave; raises KeyError where that is missing."""


def write_weights(state: Mapping[str, Tensor], path: Path, provenance: Mapping[str, object]) -> None:
    """Writes weights and where they come from, completely or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = {name: value.detach().cpu().contiguous() for name, value in state.items()}
    with replacing(path) as unfinished:
        save_file(found, unfinished, metadata={"provenance": json.dumps(provenance)})
