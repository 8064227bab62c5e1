"""What the core makes of the paused render's inputs and its checkpoint: `python -m tests.upgrading.core FOLDER`.

The one file beside the tests that imports the project's modules.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from safetensors import safe_open

from transfer.devices import describe, resolve
from transfer.engine.checkpoint import load
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs


def main(folder: Path) -> dict[str, Any]:
    """The hash of the pixels, and what they depend on beside the inputs."""
    paused = json.loads((folder / "about.json").read_text())["paused"]
    media, checkpoint = folder / "data/media", folder / "data/checkpoints" / paused["checkpoint"]
    content_mask, *style_masks = (opened(media / name, "L") for name in paused["masks"])
    styles = tuple(opened(media / name, "RGB") for name in paused["styles"])
    inputs = StyleInputs(opened(media / paused["content"], "RGB"), styles, None, content_mask, tuple(style_masks))
    recipe = StyleRecipe.model_validate(paused["recipe"])
    with safe_open(checkpoint, "pt") as file:
        state = load(checkpoint, file.metadata()["key"])
    steps = render(inputs, recipe, network_for(recipe, resolve()), paused["memory"], state)
    picture = to_picture(result(steps).image)
    return {"machine": machine(), "pixels_sha256": hashlib.sha256(picture.tobytes()).hexdigest()}


def opened(path: Path, mode: str) -> Image.Image:
    """A stored picture."""
    with Image.open(path) as image:
        return image.convert(mode)


def machine() -> dict[str, Any]:
    """As recording.py has it."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    processor = dict(reversed([[part.strip() for part in line.split(":", 1)] for line in lines if ":" in line]))
    return {
        "device": describe(resolve()),
        "threads": torch.get_num_threads(),
        "processor": " ".join(processor[name] for name in ("vendor_id", "cpu family", "model")),
        "torch": torch.__version__,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))))
