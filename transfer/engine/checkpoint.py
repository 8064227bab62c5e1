"""The state of a render between two iterations, to a file and back.

A file is safetensors: the tensors, and in its metadata the format, the key of the render and the plain values. The key
says what the pixels depend on, so that a state is never taken for another render's.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from transfer.errors import CheckpointError
from transfer.room import apart

FORMAT = "1"  # of the file
VERSION = 6  # of the algorithm: raise it where pixels change, whatever kind of work they are of


@dataclass(frozen=True)
class State:
    """Where a render stands: on the rung of `long_side` px after `iteration` iterations, `number` in all.

    A `finished` rung keeps only what the next one starts from, and serves renders of other sizes too. Tensors are the
    render's own, not copies: they must be saved before it goes on.
    """

    long_side: int
    iteration: int
    number: int
    finished: bool
    tensors: dict[str, Tensor]
    values: dict[str, Any]

    def on(self, device: torch.device) -> "State":
        """The same on a device: its own tensors where they are there already."""
        return replace(self, tensors={name: tensor.to(device) for name, tensor in self.tensors.items()})


def key(identity: Sequence[object], version: int | None = None) -> str:
    """The SHA-256, in hexadecimal, of all that decides on the pixels of a rung.

    That is the version of the algorithm, by default today's, and the plain values by which a kind of work tells its
    renders apart. Version 1 adds nothing, so that checkpoints from before there were versions keep their keys.
    """
    version = VERSION if version is None else version
    facts = [FORMAT, *identity, *([] if version == 1 else [version])]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def save(state: State, path: Path, render_key: str) -> None:
    """Writes a state to `path`, completely or not at all; raises OSError when that is not possible."""
    facts = {name: getattr(state, name) for name in ("long_side", "iteration", "number", "finished", "values")}
    tensors = {name: tensor.contiguous() for name, tensor in state.tensors.items()}
    metadata = {"format": FORMAT, "key": render_key, "state": json.dumps(facts), "checksum": _checksum(tensors)}
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            save_file(tensors, unfinished, metadata)
        except SafetensorError as error:
            raise OSError(f"{path} cannot be written: {error}") from error
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def load(path: Path, render_key: str, device: str = "cpu") -> State:
    """The state in a file; raises CheckpointError when it is damaged or belongs to another render."""
    try:
        with safe_open(path, "pt", device=device) as file:
            metadata = file.metadata() or {}
            if metadata.get("format") != FORMAT:
                raise CheckpointError(f"{path} is no checkpoint of this version.")
            if metadata.get("key") != render_key:
                raise CheckpointError(f"{path} belongs to another render.")
            facts = json.loads(metadata["state"])
            tensors = {name: apart(file.get_tensor(name)) for name in file.keys()}  # noqa: SIM118
            if metadata["checksum"] != _checksum(tensors):
                raise CheckpointError(f"{path} is damaged: its checksum is another.")
            return State(tensors=tensors, **facts)
    except (SafetensorError, OSError, KeyError, ValueError, TypeError) as error:
        raise CheckpointError(f"{path} cannot be read as a checkpoint: {error}") from error


def _checksum(tensors: dict[str, Tensor]) -> str:
    """Against damage, not against malice: a checkpoint has hundreds of megabytes."""
    found = 0
    for _, tensor in sorted(tensors.items()):
        found = zlib.crc32(tensor.cpu().numpy().reshape(-1).view("uint8").data, found)
    return f"{found:08x}"
