"""`python -m benchmarks.cookbook [NAME...]` makes the cookbook's pictures, for docs/ and small for the site.

All of it takes minutes. Where somebody would bring a photo, there is the drawing of a village that the project makes.
"""

import argparse
import io
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django
from PIL import Image

from benchmarks.drawings import village
from benchmarks.sheets import cropped, sheet
from transfer.devices import resolve
from transfer.engine.painter import Painter
from transfer.engine.step import Step, result
from transfer.film.frames import frames
from transfer.film.reading import read
from transfer.images import to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.kinds import kind_of
from transfer.labels import LabelMap
from transfer.pausing import finish
from transfer.process import keep_freed_memory
from transfer.recipes.base import Recipe
from transfer.style.matching import match
from transfer.synthesis.generators import generator_of
from transfer.synthesis.recipes.base import MadeRecipe

if TYPE_CHECKING:
    from gallery.studio.presets import Preset

ROOT = Path(__file__).parent.parent
CELL = (268, 268)
SIZE = 362  # pixels: a rung just above the cell
FRAMES = 24  # of a film, of which one is shown
SMALL_BYTES = 6000  # of the picture on the site
SIZES = ((240, 180), (208, 156), (176, 132), (160, 120))  # pixels of it: the largest that looks fair in so many bytes
FAIR = 50  # the least quality of WebP at which more pixels show more
WAYS = (
    *((size, quality) for size in SIZES for quality in range(80, FAIR - 1, -6)),
    *((SIZES[-1], quality) for quality in range(FAIR - 6, 20, -6)),
)


@dataclass(frozen=True)
class Known:
    """What goes into a preset: a picture, perhaps with the places that it knows, or with the clip that it is of."""

    picture: Image.Image
    labels: LabelMap | None = None
    clip: Path | None = None


def main() -> int:
    """Makes `docs/images/cookbook_NAME.webp` and `static/presets/NAME.webp` for each preset, or for those named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stylesite.settings")
    django.setup()
    from gallery.studio.presets import cookbook

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of a preset; all by default")
    wanted = parser.parse_args().names
    keep_freed_memory()
    for preset in cookbook().presets:
        if not wanted or preset.name in wanted:
            _show(preset)
    return 0


def _show(preset: "Preset") -> None:
    with TemporaryDirectory() as folder:
        known = _known(preset, Path(folder))
        painted = to_picture(_last(known, preset.recipe)[1].image)
    row = [*(each.picture for each in known.values()), painted]
    sheet([row], CELL).save(ROOT / "docs" / "images" / f"cookbook_{preset.name}.webp", quality=78, method=6)
    (ROOT / "static" / "presets" / f"{preset.name}.webp").write_bytes(small(painted))


def _shorter(recipe: Recipe) -> Recipe:
    """Of a film, its beginning, of which one frame is shown."""
    if "frames" in type(recipe).model_fields:
        return recipe.with_changes(frames=FRAMES)
    return recipe.previewed(SIZE) if kind_of(recipe).films else recipe


def small(picture: Image.Image) -> bytes:
    """A WebP in at most `SMALL_BYTES`: the first of `WAYS` that is so small."""
    for size, quality in WAYS:
        file = io.BytesIO()
        cropped(picture, size).save(file, "WEBP", quality=quality, method=6)
        if file.tell() <= SMALL_BYTES:
            break
    return file.getvalue()


def _known(preset: "Preset", folder: Path) -> Mapping[str, "Known"]:
    """What a preset is made of, by place. Clips are files in a folder."""
    from gallery.studio.presets import Photo, cookbook

    found = dict[str, Known]()
    for place, source in preset.sources.items():
        if not isinstance(source, Photo):
            found[place] = _made(source.recipe)
        elif dish := cookbook().named(source.dish):
            found[place] = _filmed(dish, folder)
        else:
            found[place] = Known(village())
    return found


def _made(recipe: MadeRecipe) -> Known:
    found = finish(generator_of(recipe).make(recipe))
    return Known(found.picture, found.labels)


def _filmed(dish: "Preset", folder: Path) -> Known:
    """The film that a preset makes, and its middle frame."""
    painter, last = _last(_known(dish, folder), dish.recipe)
    clip = folder / f"{dish.name}.mp4"
    clip.write_bytes(painter.beside(last)["film"])
    ((_, pixels),) = frames(read(clip), [FRAMES // 2], to_picture(last.image).size)
    return Known(Image.fromarray(pixels), clip=clip)


def _last(known: Mapping[str, Known], recipe: Recipe) -> tuple[Painter, Step]:
    """With regions by name, where the kind takes masks and all know their places, as the site does it."""
    from gallery.studio.slots import all_places

    kind = kind_of(recipe)
    recipe = _shorter(recipe).with_changes(image_size=SIZE)
    places = [place for place in all_places(kind) if place.name in known]
    given = [Input(*place.input, known[place.name].picture, clip=known[place.name].clip) for place in places]
    maps = [each.labels for each in known.values() if each.labels is not None]
    if kind.of(Role.MASK) and len(maps) == len(known) and (found := match(maps[0], maps[1:])).takes:
        recipe = recipe.with_changes(regions="masks")
        given += [Input(Role.MASK, place, mask) for place, mask in enumerate((found.content, *found.styles))]
    painter = kind.painter_of(Inputs(tuple(given)), recipe, resolve())
    return painter, result(painter.steps())


if __name__ == "__main__":
    sys.exit(main())
