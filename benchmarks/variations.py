"""Variations beside the pictures that they are of, and beside GPDM's: how like, how different, and how much is copied.

`python -m benchmarks.variations` varies five pictures that the project makes itself. `--gpdm FOLDER` runs a checkout of
ariel415el/GPDM (MIT) with its defaults on the same pictures: on a CPU, minutes for each of 256 px. `--photos FILE...`
adds pictures. `--picture` makes the one in the documentation instead.

`style_patch` is the judge's: how far patches are apart, lower is liker. `diversity` is the standard deviation of each
pixel over the seeds, relative to that of the source's pixels.
`verbatim` is the largest connected region of patches that have the same offset to their nearest in the source and
are no further than `COPIED` from it, as a share of the picture at 96 px.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy
import torch
from PIL import Image
from scipy import ndimage
from torch import Tensor
from torch.nn import functional

from benchmarks.drawings import village
from benchmarks.gpdm import gpdm
from benchmarks.judge.patches import style_patch
from benchmarks.pictures import FOLDER
from benchmarks.sheets import sheet
from benchmarks.table import print_table
from transfer.engine.step import result
from transfer.images import scaled, to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.pausing import finish
from transfer.pictures import open_picture
from transfer.synthesis.generators import generator_of
from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.boards import BlocksRecipe
from transfer.synthesis.recipes.city import CityRecipe
from transfer.synthesis.recipes.glass import GlassRecipe
from transfer.synthesis.recipes.land import WorldRecipe
from transfer.variation.painter import painter
from transfer.variation.recipe import VariationRecipe

PATCH = 7
SIDE, COPIED = 96, 0.05
MADE: dict[str, type[MadeRecipe]] = {
    "world": WorldRecipe,
    "blocks": BlocksRecipe,
    "city": CityRecipe,
    "glass": GlassRecipe,
}
NAMES = [*MADE, "village"]
CELL = (201, 151)  # px of a picture in the documentation
Way = Callable[[Image.Image, int], Image.Image]  # from a picture and a seed to a variation


def main() -> int:
    """Prints a table, or makes the documentation's picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gpdm", type=Path, metavar="FOLDER", help="a checkout of ariel415el/GPDM")
    parser.add_argument("--device", default="cpu", help="GPDM's; default: %(default)s")
    parser.add_argument("--least", type=int, default=21, metavar="PX", help="height that GPDM starts from; its own: 21")
    parser.add_argument("--kept", type=Path, metavar="FOLDER", help="where GPDM's pictures are put away")
    parser.add_argument("--sources", nargs="+", default=NAMES, choices=NAMES, help="default: all")
    parser.add_argument("--photos", type=Path, nargs="+", default=[], metavar="FILE", help="further pictures")
    parser.add_argument("--size", type=int, default=512, metavar="PX", help="long side; default: %(default)s")
    parser.add_argument("--seeds", type=int, default=10, metavar="N", help="default: %(default)s")
    parser.add_argument("--method", nargs="+", default=["both"], help="default: both")
    parser.add_argument("--picture", action="store_true", help="only make docs/images/variations.webp")
    arguments = parser.parse_args()
    if arguments.picture:
        sheet(_shown(), CELL).save(FOLDER / "variations.webp", quality=72, method=6)
        return 0
    ways = {method: _ours(arguments.size, method) for method in arguments.method}
    if arguments.gpdm:
        ways["GPDM"] = gpdm(arguments.gpdm, arguments.kept, arguments.device, arguments.least)
    sources = {
        **{name: source_of(name, arguments.size) for name in arguments.sources},
        **{path.stem: open_picture(path) for path in arguments.photos},
    }
    print_table(f"Variations, {arguments.size} px", _measured(sources, ways, arguments.size, arguments.seeds))
    return 0


def _measured(sources: dict[str, Image.Image], ways: dict[str, Way], size: int, seeds: int) -> Iterator[dict[str, Any]]:
    for name, picture in sources.items():
        source = picture.copy()
        source.thumbnail((size, size), Image.Resampling.LANCZOS)
        for way, vary in ways.items():
            began = time.process_time()
            made = [vary(source, seed) for seed in range(1, seeds + 1)]
            seconds = (time.process_time() - began) / seeds
            yield {
                "picture": name,
                "way": way,
                "style_patch": statistics.mean(style_patch(each, source) for each in made),
                "diversity": diversity(made, source),
                "verbatim, most": max(verbatim(each, source) for each in made),
                "CPU seconds": seconds,
            }


def diversity(made: list[Image.Image], source: Image.Image) -> float:
    """See the module; 0 for one picture."""
    several = torch.cat([_at(each, SIDE) for each in made])
    own = _at(source, SIDE)[0].flatten(1).std(1)
    return float(several.std(0, unbiased=False).mean((1, 2)).mean() / own.mean())


def verbatim(made: Image.Image, source: Image.Image) -> float:
    """See the module: a share from 0 to 1."""
    ours, theirs = _at(made, SIDE), _at(source, SIDE)
    rows, columns = (length - PATCH + 1 for length in ours.shape[2:])
    own, there = (functional.unfold(each, PATCH)[0].T for each in (ours, theirs))
    least, nearest = zip(*(torch.cdist(part, there).min(1) for part in torch.split(own, 2048)), strict=True)
    is_near = (torch.cat(least) / PATCH / 3**0.5 < COPIED).view(rows, columns).numpy()
    at = torch.cat(nearest).view(rows, columns).numpy()
    width = theirs.shape[3] - PATCH + 1
    down, right = at // width - numpy.arange(rows)[:, None], at % width - numpy.arange(columns)
    offsets = down * 4 * SIDE + right
    largest = 0
    for offset in numpy.unique(offsets[is_near]):
        labels, count = ndimage.label(is_near & (offsets == offset))
        if count:
            largest = max(largest, int(numpy.bincount(labels.ravel())[1:].max()))
    return largest / (rows * columns)


def _at(picture: Image.Image, side: int) -> Tensor:
    scale = side / max(picture.size)
    return scaled(picture, (max(PATCH, round(picture.width * scale)), max(PATCH, round(picture.height * scale))))


def _ours(size: int, method: str) -> Way:
    def vary(picture: Image.Image, seed: int) -> Image.Image:
        recipe = VariationRecipe.model_validate({"image_size": size, "seed": seed, "method": method})
        made = painter(Inputs((Input(Role.CONTENT, 0, picture),)), recipe, torch.device("cpu"))
        return to_picture(result(made.steps()).image)

    return vary


def source_of(name: str, size: int) -> Image.Image:
    """One of the five pictures that the project makes: a map, a level, a town, a window, and a village below hills."""
    if name not in MADE:
        return village((size, round(size * 0.75)))
    return _made(MADE[name].model_validate({"image_size": size, "shape": "4:3", "seed": 3}))


def _made(recipe: MadeRecipe) -> Image.Image:
    return finish(generator_of(recipe).make(recipe)).picture


def _shown() -> list[tuple[Image.Image, ...]]:
    """A row for each of two pictures: the picture, and two variations."""
    vary, sources = _ours(CELL[0], "both"), [source_of(name, 512) for name in ("blocks", "world")]
    return [(source, vary(source, 1), vary(source, 2)) for source in sources]


if __name__ == "__main__":
    sys.exit(main())
