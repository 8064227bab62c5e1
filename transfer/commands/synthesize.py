"""The command `synthesize`: a picture out of numbers. It does not load torch."""

import argparse
import sys
from pathlib import Path
from typing import cast

from transfer.commands.command_line import recipe_from
from transfer.commands.output import check_files, check_picture, check_size, unwritten, write
from transfer.errors import TransferError
from transfer.inputs import Input, Role
from transfer.kinds import kind_of
from transfer.synthesis.generators import generator_of
from transfer.synthesis.land.heights import open_map
from transfer.synthesis.made import finish, height_png
from transfer.synthesis.recipes.base import MadeRecipe


def synthesize(arguments: argparse.Namespace) -> None:
    """Makes a picture and what goes with it; raises TransferError with what is wrong."""
    recipe = cast(MadeRecipe, recipe_from(arguments))
    make_files(recipe, arguments, open_map(arguments.source) if generator_of(recipe).takes_map else None)


def make_files(recipe: MadeRecipe, arguments: argparse.Namespace, given: Input | None = None) -> None:
    """The same for a recipe, to the files `output`, `labels` and `height`."""
    generator = generator_of(recipe)
    output: Path = arguments.output
    check_picture(output)
    check_files([output, arguments.labels, arguments.height])
    sizes = {Role.CONTENT: [given.picture.size]} if given else {}
    check_size(output, kind_of(recipe).foresees.size(recipe, sizes))
    made = finish(generator.make(recipe, given))
    if arguments.labels:
        if made.labels is None:
            raise TransferError(f"{generator.name} knows no labels: leave --labels out.")
        write(arguments.labels, made.labels.png())
    if arguments.height:
        if made.height is None:
            raise TransferError(f"{generator.name} knows no height: leave --height out.")
        write(arguments.height, height_png(made.height, made.sea))
    try:
        made.picture.save(output)
    except OSError as error:
        raise unwritten(output, error) from error
    facts = "".join(f", {fact}" for fact in made.facts)
    print(f"{output}: {made.picture.width} x {made.picture.height} px{facts}", file=sys.stderr)
