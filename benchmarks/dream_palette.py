"""Paints what layers and channels dream, for the studio: `python -m benchmarks.dream_palette`, some minutes."""

import sys
from pathlib import Path

import numpy
from PIL import Image
from tqdm import tqdm

from benchmarks.drawings import noise
from transfer.devices import resolve
from transfer.dream.goal import DreamGoal
from transfer.dream.palette import COLUMNS, PALETTE, SIDE, Sample
from transfer.dream.recipe import DreamRecipe
from transfer.engine.render import render
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.process import keep_freed_memory

# What deep layers see does not fit into a small picture: theirs is painted larger, in bolder steps, and made smaller.
PAINTED = {"vgg19-lite": (SIDE, 1.5), "vgg16-lite": (160, 2.0)}  # px, and the step's size
FILE = Path(__file__).parent.parent / "static" / "dreams" / "palette.webp"


def main() -> int:
    """Paints all of them, as one picture."""
    keep_freed_memory()
    FILE.parent.mkdir(exist_ok=True)
    whole = Image.new("RGB", (COLUMNS * SIDE, -(-len(PALETTE) // COLUMNS) * SIDE))
    for sample in tqdm(PALETTE):
        whole.paste(_dream(sample), sample.corner)
    whole.save(FILE, quality=55, method=6)
    print(f"{FILE}: {FILE.stat().st_size / 1000:.0f} kB")
    return 0


def _dream(sample: Sample) -> Image.Image:
    side, step = PAINTED[sample.backbone]
    asked = {"image_size": side, "step_size": step, "first_octave": "64", "octave_iter": 20, **sample.fields}
    recipe = DreamRecipe.model_validate(asked)
    clouds = _clouds().resize((side, side), Image.Resampling.BICUBIC)
    goal = DreamGoal(clouds, None, recipe, network_for(recipe, resolve()))
    return to_picture(result(render(goal)).image).resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _clouds() -> Image.Image:
    """Soft colours to begin with, in which there is nothing to be seen."""
    planes = [noise((SIDE, SIDE), 12, seed) for seed in range(3)]
    levels = numpy.stack([98 + 60 * plane for plane in planes], axis=2)
    return Image.fromarray(levels.astype("uint8"), "RGB")


if __name__ == "__main__":
    sys.exit(main())
