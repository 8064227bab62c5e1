"""`python -m benchmarks.kinds [NAME...]` shows what each kind of work makes, for studio and README.

Every kind gets the same drawing of a village, or the same strokes where it takes styles alone. A variation is of a
block map, since it knows nothing of houses that stand on the ground, and land is made of a heightmap. It takes a minute
or two of processor time.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from PIL import Image

from benchmarks.cookbook import small
from benchmarks.drawings import brush, village
from benchmarks.sheets import sheet
from transfer.devices import resolve
from transfer.engine.step import result
from transfer.film.writer import FilmWriter
from transfer.images import to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.kinds import KINDS, SYNTHESIS, VARIATION, WALK, ZOOM, Kind, Takes
from transfer.pausing import finish
from transfer.process import keep_freed_memory
from transfer.synthesis.generators import generator_of
from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.boards import BlocksRecipe
from transfer.synthesis.recipes.heightmap import HeightmapRecipe
from transfer.synthesis.recipes.own_map import OwnMapRecipe

ROOT = Path(__file__).parent.parent
SIZE = 362  # pixels: a rung
FRAMES = 12  # of films, of which one is shown
CELL = (264, 198)
COLUMNS = 3
SHOWN = tuple(kind for kind in KINDS if kind.takes)


def main() -> int:
    """Makes `static/kinds/NAME.webp` for all kinds or those named, and for all also `docs/images/kinds.webp`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of a kind; all by default")
    wanted = parser.parse_args().names
    keep_freed_memory()
    made = {kind.name: _made(kind) for kind in SHOWN if not wanted or kind.name in wanted}
    folder = ROOT / "static" / "kinds"
    folder.mkdir(exist_ok=True)
    for name, picture in made.items():
        (folder / f"{name}.webp").write_bytes(small(picture))
    if not wanted:
        others = (kind for kind in SHOWN if kind not in SYNTHESIS and kind != WALK)  # whose stills are variations
        cells = [village(), brush(), *(made[kind.name] for kind in others)]
        rows = [cells[first : first + COLUMNS] for first in range(0, len(cells), COLUMNS)]
        sheet(rows, CELL).save(ROOT / "docs" / "images" / "kinds.webp", quality=80, method=6)
    return 0


def _made(kind: Kind) -> Image.Image:
    """What it makes at its defaults."""
    blocks = BlocksRecipe(seed=3, shape="4:3")
    content = {VARIATION.name: blocks, WALK.name: blocks, OwnMapRecipe.kind: HeightmapRecipe(shape="4:3")}
    pictures = {Role.CONTENT: _drawn(content.get(kind.name)), Role.STYLE: brush()}
    recipe = kind.recipe.model_validate({"image_size": SIZE, **({"frames": FRAMES} if kind == ZOOM else {})})
    recipe = recipe.previewed(SIZE) if kind == WALK else recipe
    with tempfile.TemporaryDirectory() as folder:
        given = [_given(each, pictures[each.role], Path(folder)) for each in kind.takes if each.least]
        painter = kind.painter_of(Inputs(tuple(given)), recipe, resolve())
        return to_picture(result(painter.steps()).image)


def _given(takes: Takes, picture: Image.Image, folder: Path) -> Input:
    """A picture, or a clip that shows it."""
    if not takes.clips:
        return Input(takes.role, takes.places[0], picture)
    clip = folder / "clip.mp4"
    with FilmWriter(clip, picture.size, FRAMES) as film:
        for _ in range(FRAMES):
            film.add(picture)
    return Input(takes.role, takes.places[0], picture, clip=clip)


def _drawn(recipe: MadeRecipe | None) -> Image.Image:
    return village() if recipe is None else finish(generator_of(recipe).make(recipe)).picture


if __name__ == "__main__":
    sys.exit(main())
