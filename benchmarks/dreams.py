"""Makes the picture of docs/dreams.md: `python -m benchmarks.dreams`, a minute on two cores.

Everything uses the project's own drawings.
"""

import sys
from pathlib import Path
from typing import Any

import torch
from PIL import Image

from benchmarks.drawings import brush, village
from benchmarks.sheets import sheet
from transfer.devices import resolve
from transfer.dream.goal import DreamGoal
from transfer.dream.recipe import DreamRecipe
from transfer.engine.render import render
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.process import keep_freed_memory
from transfer.zoom.frames import Zoom, frames
from transfer.zoom.recipe import ZoomRecipe

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "dreams.webp"
CELL = (264, 198)
CHANNELS = (100, 17)
SIZE, FILM_SIZE = 300, 192  # px
FRAMES = 20  # of a film, whose last one is shown


def main() -> int:
    """Makes the six pictures, as one."""
    keep_freed_memory()
    first = [village(), _dream(), _dream(guide=brush())]
    second = [_dream(channels=(channel,)) for channel in CHANNELS]
    sheet([first, [*second, _film()]], CELL).save(PICTURE, quality=80, method=6)
    return 0


def _dream(guide: Image.Image | None = None, **settings: Any) -> Image.Image:
    recipe = DreamRecipe(image_size=SIZE, **settings)
    network = network_for(recipe, resolve())
    return to_picture(result(render(DreamGoal(village(), guide, recipe, network))).image)


def _film() -> Image.Image:
    recipe = ZoomRecipe(image_size=FILM_SIZE, frames=FRAMES, turn=0.5)
    *_, last = frames(Zoom(village(), None, recipe, network_for(recipe, resolve())))
    return last


if __name__ == "__main__":
    torch.set_num_threads(2)
    sys.exit(main())
