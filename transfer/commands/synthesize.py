"""The command `synthesize`: a picture out of numbers. It does not load torch."""

import argparse
import sys
from pathlib import Path
from typing import cast

from PIL import Image

from transfer.commands.command_line import recipe_from
from transfer.errors import PictureError, TransferError
from transfer.inputs import Input, Role
from transfer.metadata import FORMATS
from transfer.pictures import BROKEN, canonical
from transfer.synthesis.generators import generator_of
from transfer.synthesis.land.heights import Heights, is_deep
from transfer.synthesis.made import finish, height_png
from transfer.synthesis.recipes.base import MadeRecipe

MAPS = ("PNG", "TIFF", "JPEG", "WEBP", "AVIF")


def synthesize(arguments: argparse.Namespace) -> None:
    """Makes a picture and what goes with it; raises TransferError with what is wrong."""
    recipe = cast(MadeRecipe, recipe_from(arguments))
    make_files(recipe, arguments, given_map(arguments.source) if generator_of(recipe).takes_map else None)


def given_map(path: Path) -> Input:
    """Somebody's map, and its heights where the file has some of more than 8 bits; raises PictureError."""
    try:
        with Image.open(path, formats=MAPS) as image:
            image.load()
            if is_deep(image):
                return Input(Role.CONTENT, 0, Heights.of(image).picture, image)
            return Input(Role.CONTENT, 0, canonical(image))
    except FileNotFoundError as error:
        raise PictureError(f"There is no file {path}.") from error
    except BROKEN as error:
        raise PictureError(f"{path} cannot be read as a map: {error}") from error


def make_files(recipe: MadeRecipe, arguments: argparse.Namespace, given: Input | None = None) -> None:
    """The same for a recipe, to the files `output`, `labels` and `height`."""
    generator = generator_of(recipe)
    output: Path = arguments.output
    if output.suffix.lower() not in FORMATS:
        raise TransferError(f"{output} should end in {', '.join(FORMATS)}.")
    made = finish(generator.make(recipe, given))
    if arguments.labels:
        if made.labels is None:
            raise TransferError(f"{generator.title} have no labels: leave --labels out.")
        _write(arguments.labels, made.labels.png())
    if arguments.height:
        if made.height is None:
            raise TransferError(f"{generator.title} have no height: leave --height out.")
        _write(arguments.height, height_png(made.height, made.sea))
    try:
        made.picture.save(output)
    except OSError as error:
        raise TransferError(f"{output} cannot be written: {error.strerror or error}.") from error
    facts = "".join(f", {fact}" for fact in made.facts)
    print(f"{output}: {made.picture.width} x {made.picture.height} px{facts}", file=sys.stderr)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise TransferError(f"{path} cannot be written: {error.strerror or error}.") from error
