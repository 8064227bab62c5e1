"""Variations beside the pictures that they are of, and beside GPDM's: how like, how different, and how much is copied.

`python -m benchmarks.variations` varies five pictures that the project makes itself. `--gpdm FOLDER` runs a checkout of
ariel415el/GPDM (MIT) with its defaults on the same pictures: on a CPU, a minute for each of 96 px. `--photos FILE...`
adds pictures. `--picture` makes the one in the documentation instead.

`patch` is a sliced Wasserstein distance between patches of 7 px, 128 directions, mean over 64, 96 and 128 px, lower is
liker. `diversity` is the standard deviation of each pixel over the seeds, relative to that of the source's pixels.
`verbatim` is the largest connected region of patches that have the same offset to their nearest in the source and
are no further than `COPIED` from it, as a share of the picture at 96 px.
"""

import argparse
import pkgutil
import statistics
import sys
import time
import types
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
from benchmarks.pictures import FOLDER
from benchmarks.sheets import sheet
from benchmarks.table import print_table
from transfer.engine.step import result
from transfer.features.torchvision_import import torchvision_models
from transfer.images import scaled, to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.pictures import open_picture
from transfer.synthesis.generators import generator_of
from transfer.synthesis.made import finish
from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.boards import BlocksRecipe
from transfer.synthesis.recipes.city import CityRecipe
from transfer.synthesis.recipes.glass import GlassRecipe
from transfer.synthesis.recipes.land import WorldRecipe
from transfer.variation.painter import painter
from transfer.variation.recipe import VariationRecipe

PATCH, DIRECTIONS, SIDES = 7, 128, (64, 96, 128)
SIDE, COPIED = 96, 0.05
CELL = (201, 151)  # px of a picture in the documentation
Way = Callable[[Image.Image, int], Image.Image]  # from a picture and a seed to a variation


def main() -> int:
    """Prints a table, or makes the documentation's picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gpdm", type=Path, metavar="FOLDER", help="a checkout of ariel415el/GPDM")
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
        ways["GPDM"] = _gpdm(arguments.gpdm)
    sources = {**_sources(arguments.size), **{path.stem: open_picture(path) for path in arguments.photos}}
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
                "patch": statistics.mean(patch_distance(each, source) for each in made),
                "diversity": diversity(made, source),
                "verbatim, most": max(verbatim(each, source) for each in made),
                "CPU seconds": seconds,
            }


def patch_distance(made: Image.Image, source: Image.Image) -> float:
    """See the module: the mean distance between sorted projections of patches."""
    drawn, levels, found = torch.Generator().manual_seed(0), torch.linspace(0, 1, 257), []
    for side in SIDES:
        filters = torch.randn(DIRECTIONS, 3, PATCH, PATCH, generator=drawn)
        filters /= filters.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
        ours, theirs = (
            torch.quantile(functional.conv2d(_at(each, side), filters)[0].flatten(1), levels, dim=1)
            for each in (made, source)
        )
        found.append(float((ours - theirs).abs().mean()))
    return statistics.mean(found)


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


def _gpdm(folder: Path) -> Way:
    """Theirs as its README's first command runs it. It plots by a library that is not needed here."""
    torchvision_models()
    for name in ("matplotlib", "matplotlib.pyplot"):
        sys.modules.setdefault(name, types.ModuleType(name))
    sys.modules["matplotlib"].pyplot = sys.modules["matplotlib.pyplot"]  # type: ignore[attr-defined]
    sys.path.insert(0, str(folder))
    generate, loss, scales = map(
        pkgutil.resolve_name, ("GPDM:generate", "patch_swd:PatchSWDLoss", "utils:get_pyramid_scales")
    )

    def vary(picture: Image.Image, seed: int) -> Image.Image:
        torch.manual_seed(seed)
        source = scaled(picture, picture.size) * 2 - 1
        made, _ = generate(
            source,
            loss(patch_size=7, stride=1, num_proj=64, c=3),
            pyramid_scales=scales(source.shape[2], 21, 0.85),
            additive_noise_sigma=1.5,
            device="cpu",
        )
        return to_picture((made + 1) / 2)

    return vary


def _sources(size: int) -> dict[str, Image.Image]:
    """Five pictures that the project makes: a map, a level, a town, a window, and a village below hills."""
    made: dict[str, MadeRecipe] = {
        "world": WorldRecipe(image_size=size, shape="4:3", seed=3),
        "blocks": BlocksRecipe(image_size=size, shape="4:3", seed=3),
        "city": CityRecipe(image_size=size, shape="4:3", seed=3),
        "glass": GlassRecipe(image_size=size, shape="4:3", seed=3),
    }
    return {**{name: _made(recipe) for name, recipe in made.items()}, "village": village((size, round(size * 0.75)))}


def _made(recipe: MadeRecipe) -> Image.Image:
    return finish(generator_of(recipe).make(recipe)).picture


def _shown() -> list[tuple[Image.Image, ...]]:
    """A row for each of two pictures: the picture, and two variations."""
    sources, vary = _sources(512), _ours(CELL[0], "both")
    return [(sources[name], vary(sources[name], 1), vary(sources[name], 2)) for name in ("blocks", "world")]


if __name__ == "__main__":
    sys.exit(main())
