"""Stores a finished rung, as if a smaller render had been painted before, so that a large one gets ready soon."""

import torch
from PIL import Image

from gallery.models import Picture, Render
from gallery.painting.checkpoints import Stored
from transfer.engine.checkpoint import State, key, save
from transfer.engine.ladder import PREVIEW, fit, rungs
from transfer.features.loading import network_for
from transfer.images import scaled
from transfer.instant.beginning import goal_of
from transfer.style.inputs import StyleInputs


def keep_rung_below(row: Render) -> None:
    """Stores a checkpoint of the rung before the last one of `row`; its picture is the plain content."""
    inputs = StyleInputs(content=_opened(row.pair.content), styles=(_opened(row.pair.style),))
    rung = rungs(row.recipe)[-2]
    picture, preview = (scaled(inputs.content, fit(inputs.content.size, side)) for side in (rung.long_side, PREVIEW))
    tensors = {"picture": picture, "preview": preview}
    state = State(rung.long_side, rung.iterations, 1, True, tensors, {"losses": {"total": 1.0}})
    own = key(goal_of(inputs, row.recipe, network_for(row.recipe, torch.device("cpu"))).identity())
    Stored().put(f"{own}/{rung.long_side:05}-end.safetensors", lambda path: save(state, path, own))


def _opened(picture: Picture) -> Image.Image:
    with picture.file.open("rb") as file, Image.open(file) as image:
        return image.convert("RGB")
