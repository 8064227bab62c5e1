"""Walks beside cross-fades between the same stations: whether what is between them looks like the picture, and calmly.

`python -m benchmarks.walks` films pictures that the project makes. `--film FOLDER` keeps the films.

`style_patch` is the judge's, of the frames in the middle third of each way, and `faded` that of cross-fades there;
`station` is that of the frames at stations. `jump` is the mean difference between a frame and the next one, of colours
from 0 to 1, `largest` the largest of them, and `loop` that from the last to the first.
"""

import argparse
import itertools
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
import torch
from PIL import Image

from benchmarks.judge.patches import style_patch
from benchmarks.table import print_table
from benchmarks.variations import NAMES, source_of
from transfer.engine.step import Step
from transfer.images import to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.walk.painter import painter
from transfer.walk.recipe import WalkRecipe


def main() -> int:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--sources", nargs="+", default=["world", "blocks"], choices=NAMES, help="default: world, blocks"
    )
    parser.add_argument("--size", type=int, default=256, metavar="PX", help="long side; default: %(default)s")
    parser.add_argument("--seconds", type=float, default=2.0, help="of each way; default: %(default)s")
    parser.add_argument("--film", type=Path, metavar="FOLDER", help="where films go")
    arguments = parser.parse_args()
    recipe = WalkRecipe(image_size=arguments.size, stations=2, seconds=arguments.seconds)
    rows = (_walked(name, recipe, arguments.film) for name in arguments.sources)
    print_table(f"Walks, {arguments.size} px", rows)
    return 0


def _walked(name: str, recipe: WalkRecipe, folder: Path | None) -> dict[str, Any]:
    source, began = source_of(name, recipe.image_size), time.process_time()
    made = painter(Inputs((Input(Role.CONTENT, 0, source),)), recipe, torch.device("cpu"))
    steps = [step for step in made.steps() if isinstance(step, Step)]
    seconds = time.process_time() - began
    if folder is not None:
        (folder / f"{name}.mp4").write_bytes(made.beside(steps[-1])["film"])
    frames = [to_picture(step.image) for step in steps]
    middle = [number for number in range(len(frames)) if 1 / 3 <= recipe.place(number)[1] <= 2 / 3]
    faded = [_faded(frames, number, recipe) for number in middle]
    jumps = [_apart(last, now) for last, now in itertools.pairwise(frames)]
    return {
        "picture": name,
        "station": statistics.mean(style_patch(frames[number], source) for number in (0, recipe.between)),
        "style_patch": statistics.mean(style_patch(frames[number], source) for number in middle),
        "faded": statistics.mean(style_patch(each, source) for each in faded),
        "jump": statistics.mean(jumps),
        "largest": max(jumps),
        "loop": _apart(frames[-1], frames[0]),
        "frames": len(frames),
        "CPU seconds": seconds,
    }


def _faded(frames: Sequence[Image.Image], number: int, recipe: WalkRecipe) -> Image.Image:
    """What a cross-fade between stations shows instead of a frame."""
    leg, passed = recipe.place(number)
    here, there = (frames[station % recipe.stations * recipe.between] for station in (leg, leg + 1))
    return Image.blend(here, there, passed)


def _apart(one: Image.Image, other: Image.Image) -> float:
    return float(numpy.abs(numpy.asarray(one, float) - numpy.asarray(other, float)).mean() / 255)


if __name__ == "__main__":
    sys.exit(main())
