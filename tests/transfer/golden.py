"""Values of small renders in float64, by the version of the algorithm that computed them.

`python -m tests.transfer.golden` records those of a new version; records of older versions never change.
"""

import json
from pathlib import Path

import numpy
import torch
from PIL import Image

from transfer.engine.checkpoint import VERSION
from transfer.engine.step import result
from transfer.features.registry import BACKBONES
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

FILE = Path(__file__).with_name("golden.json")
SMALL = {"image_size": 140, "num_iterations": 4, "init": "content"}
WAYS = {
    "default": {},
    "several styles": {"style_blend_weights": (1, 2.5), "match_colors": True},
    "regions": {"regions": "masks"},
    "gram": {"style_loss": "gram", "strength": 0.7},
    "normalised gradients": {
        "normalize_gradients": True,
        "style_layers": "relu1_1,relu3_1",
        "style_layer_weights": "1,3",
    },
    "lbfgs": {"optimizer": "lbfgs", "lbfgs_num_correction": 2},
    "noise": {"init": "noise", "seed": 5},
    "picture": {"init": "picture", "tv_weight": 3.0, "content_layers": "relu2_1,relu3_1"},
    "original colours": {"original_colors": True, "style_scale": 0.5},
    "early stopping": {"early_stopping": 0.5, "num_iterations": 26, "image_size": 72},
    "large": {"image_size": 600, "num_iterations": 1},
    "tiled": {"image_size": 300, "num_iterations": 1},
}
MEMORY = {"tiled": 660 * 2**20}


def golden(way):
    """The losses of a render's last step, the mean of each colour, and a sample of its pixels."""
    network = BACKBONES["vgg19-lite"].load(()).frozen(torch.float64)
    recipe = StyleRecipe(**SMALL | WAYS[way])
    last = result(render(inputs(way), recipe, network, MEMORY.get(way)))
    image = last.image
    height, width = image.shape[2:]
    pixels = image[0, :, :: max(1, height // 4), :: max(1, width // 5)]
    return {
        "losses": last.losses,
        "iteration": last.iteration,
        "size": [width, height],
        "means": image.mean((0, 2, 3)).tolist(),
        "pixels": pixels.flatten().tolist(),
    }


def recorded():
    """The records, by version and way."""
    return json.loads(FILE.read_text()) if FILE.exists() else {}


def inputs(way):
    """The pictures of one of the `WAYS`, the same on every machine."""
    content, *styles = (_picture(*size) for size in ((120, 90), (100, 80), (70, 110)))
    if way == "large":
        content = _picture(320, 20)
    return StyleInputs(
        content,
        tuple(styles if way == "several styles" else styles[:1]),
        init=styles[1],
        content_mask=_halves(content.size, 0.4),
        style_masks=(_halves(styles[0].size, 0.6),),
    )


def _picture(width, height):
    """Waves of colour, coarse and fine, computed in whole numbers so that they are the same everywhere."""
    y, x = numpy.mgrid[:height, :width]
    coarse = numpy.stack([(x * (3 + channel) + y * (7 - channel)) % 190 for channel in range(3)], 2)
    fine = numpy.stack([(x * x + y * (11 + 4 * channel)) % 37 for channel in range(3)], 2)
    return Image.fromarray((abs(coarse - 95) * 2 + fine).astype(numpy.uint8), "RGB")


def _halves(size, part):
    labels = numpy.full(size[::-1], 3, numpy.uint8)
    labels[:, : round(part * size[0])] = 7
    return Image.fromarray(labels, "L")


def main():
    """Records the values of this version, if it is a new one."""
    known = recorded()
    if str(VERSION) in known:
        raise SystemExit(f"Version {VERSION} is recorded: raise VERSION in transfer/engine/checkpoint.py first.")
    known[str(VERSION)] = {way: golden(way) for way in WAYS}
    FILE.write_text(json.dumps(known, indent=1) + "\n")


if __name__ == "__main__":
    main()
