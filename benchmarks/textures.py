"""Seamless textures of pictures that the project makes itself: whether they have a seam, and whether they repeat.

`python -m benchmarks.textures` prints a table. `--photos FILE...` adds pictures, and `--keep FOLDER` keeps each texture
as a tile, and laid 3 x 3. `--picture` makes the one in the documentation instead.

`seam x` and `seam y` are the mean jump of pixels across the border, relative to that of neighbours inside: at most 1
where there is no seam. `repeats` is the highest autocorrelation of lightness at a shift of a sixth of the long side or
more, going around, and `style repeats` the same of the style. `style` is the style term at the end: 1 at a flat
picture of the mean colour, 0 where the statistics are the style's.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import torch
from PIL import Image
from torch import Tensor

from benchmarks.pictures import FOLDER
from benchmarks.sheets import sheet
from benchmarks.table import print_table
from transfer.engine.ladder import fit
from transfer.engine.step import Step, result
from transfer.images import scaled, to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.pausing import finish
from transfer.pictures import open_picture
from transfer.process import keep_freed_memory
from transfer.synthesis.generators import generator_of
from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.city import CityRecipe
from transfer.synthesis.recipes.earth import EarthRecipe
from transfer.synthesis.recipes.glass import GlassRecipe
from transfer.synthesis.recipes.oil import OilRecipe
from transfer.synthesis.recipes.watercolour import WatercolourRecipe
from transfer.texture.painter import painter
from transfer.texture.recipe import TextureRecipe

TIMES = 3  # that a texture is laid beside itself
FAR = 6  # a shift of the long side over this, or more, is a repetition
CELL, SHOWN = (256, 256), 256  # px of a picture in the documentation, and of the textures in it
OF = ("oil", "glass", "city")


def main() -> int:
    """Prints a table, or makes the documentation's picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=512, metavar="PX", help="long side; default: %(default)s")
    parser.add_argument("--photos", type=Path, nargs="+", default=[], metavar="FILE", help="further pictures")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the textures go")
    parser.add_argument("--picture", action="store_true", help="only make docs/images/textures.webp")
    arguments = parser.parse_args()
    keep_freed_memory()
    if arguments.picture:
        sheet(list(_shown()), CELL).save(FOLDER / "textures.webp", quality=72, method=6)
        return 0
    styles = {**_styles(arguments.size), **{path.stem: open_picture(path) for path in arguments.photos}}
    print_table(f"Textures, {arguments.size} px", _measured(styles, arguments.size, arguments.keep))
    return 0


def _measured(styles: dict[str, Image.Image], size: int, keep: Path | None) -> Iterator[dict[str, Any]]:
    for name, style in styles.items():
        began = time.process_time()
        last = texture(style, size)
        seconds = time.process_time() - began
        if keep is not None:
            tile = to_picture(last.image)
            tile.save(keep / f"{name}.png")
            laid(tile).save(keep / f"{name}-laid.png")
        across, down = (border / inside for border, inside in (jumps(last.image, axis) for axis in (3, 2)))
        yield {
            "style": name,
            "seam x": across,
            "seam y": down,
            "repeats": repetition(last.image),
            "style repeats": repetition(scaled(style, fit(style.size, size))),
            "style term": last.losses["style"],
            "CPU seconds": seconds,
        }


def texture(style: Image.Image, size: int, seed: int = 0) -> Step:
    """The last step of a seamless square of a style."""
    recipe = TextureRecipe(image_size=size, wrap="both", seed=seed)
    return result(painter(Inputs((Input(Role.STYLE, 1, style),)), recipe, torch.device("cpu")).steps())


def laid(tile: Image.Image, times: int = TIMES) -> Image.Image:
    """A tile beside itself, across and down."""
    return Image.fromarray(numpy.tile(numpy.asarray(tile), (times, times, 1)))


def jumps(image: Tensor, axis: int) -> tuple[float, float]:
    """The mean difference of neighbours of (1, 3, H, W) along an axis: across the border, and inside."""
    across = (image.select(axis, 0) - image.select(axis, -1)).abs().mean()
    return float(across), float(image.diff(dim=axis).abs().mean())


def repetition(image: Tensor) -> float:
    """See the module: of (1, 3, H, W), from -1 to 1."""
    light = image.double().mean((0, 1))
    light = light - light.mean()
    found = torch.fft.ifft2(torch.fft.fft2(light).abs().square()).real / light.square().sum()
    down, across = (torch.minimum(torch.arange(side), side - torch.arange(side)).double() for side in light.shape)
    return float(found[torch.hypot(down[:, None], across) >= max(light.shape) / FAR].max())


def _styles(size: int) -> dict[str, Image.Image]:
    """Pictures that the project makes: paint, a window, a town as a plan, and a piece of the Earth."""
    made: dict[str, MadeRecipe] = {
        "oil": OilRecipe(image_size=size, seed=3),
        "watercolour": WatercolourRecipe(image_size=size, seed=3),
        "glass": GlassRecipe(image_size=size, seed=3),
        "city": CityRecipe(image_size=size, look="plan", seed=3),
        "earth": EarthRecipe(image_size=size, place="himalaya"),
    }
    return {name: finish(generator_of(recipe).make(recipe)).picture for name, recipe in made.items()}


def _shown() -> Iterator[tuple[Image.Image, ...]]:
    """A row for each of three styles: the style, a tile of its texture, and that laid 2 x 2."""
    styles = _styles(SHOWN)
    for name in OF:
        tile = to_picture(texture(styles[name], SHOWN).image)
        yield styles[name], tile, laid(tile, 2)


if __name__ == "__main__":
    sys.exit(main())
