"""The command `synthesize`: a picture out of numbers. It does not load torch."""

import argparse
import sys
from pathlib import Path

from transfer.commands.asked import recipe_as
from transfer.commands.given import Given
from transfer.commands.output import check_apart, check_files, check_picture, check_size, write
from transfer.errors import TransferError
from transfer.inputs import Role
from transfer.kinds import kind_of
from transfer.metadata import FORMATS, Provenance, encode, versions
from transfer.pausing import finish
from transfer.synthesis.generators import generator_of
from transfer.synthesis.made import height_png
from transfer.synthesis.recipes.base import MadeRecipe


def synthesize(arguments: argparse.Namespace) -> None:
    """Makes a picture and what goes with it; raises TransferError with what is wrong."""
    recipe = recipe_as(MadeRecipe, arguments)
    takes_map = generator_of(recipe).takes_map
    make_files(recipe, arguments, Given.read(Role.CONTENT, 0, arguments.source, heights=True) if takes_map else None)


def make_files(recipe: MadeRecipe, arguments: argparse.Namespace, given: Given | None = None) -> None:
    """The same for a recipe, to the files `output`, `labels` and `height`; the picture carries the recipe."""
    generator = generator_of(recipe)
    output: Path = arguments.output
    check_picture(output)
    outputs = [output, arguments.labels, arguments.height]
    check_files(outputs)
    check_apart(outputs, [given.path] if given else [])
    sizes = {Role.CONTENT: [given.input.picture.size]} if given else {}
    check_size(output, kind_of(recipe).foresees.size(recipe, sizes))
    made = finish(generator.make(recipe, given.input if given else None))
    if arguments.labels:
        if made.labels is None:
            raise TransferError(f"{generator.name} knows no labels: leave --labels out.")
        write(arguments.labels, made.labels.png())
    if arguments.height:
        if made.height is None:
            raise TransferError(f"{generator.name} knows no height: leave --height out.")
        write(arguments.height, height_png(made.height, made.sea))
    provenance = Provenance(
        recipe=recipe,
        width=made.picture.width,
        height=made.picture.height,
        inputs=(given.source,) if given else (),
        weights_sha256="",
        versions=versions(),
        device="cpu",
    )
    write(output, encode(made.picture, provenance, FORMATS[output.suffix.lower()]))
    facts = "".join(f", {fact}" for fact in made.facts)
    print(f"{output}: {made.picture.width} x {made.picture.height} px{facts}", file=sys.stderr)
