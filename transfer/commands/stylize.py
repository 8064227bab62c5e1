"""The commands `stylize` and `instant`: a content in the manner of styles, from files to a file with its recipe."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from transfer.commands.asked import recipe_from
from transfer.commands.paint import paint
from transfer.inputs import Role


def stylize(arguments: argparse.Namespace) -> None:
    """Renders to a file; raises TransferError with what is wrong."""
    recipe = recipe_from(arguments)
    paint(recipe, list(_files(arguments, dict(recipe))), arguments)


def _files(arguments: argparse.Namespace, recipe: dict[str, object]) -> Iterator[tuple[Role, int, Path]]:
    """Role, place and file of what the recipe makes use of."""
    yield Role.CONTENT, 0, arguments.content
    for place, path in enumerate(arguments.styles, 1):
        yield Role.STYLE, place, path
    if recipe.get("init") == "picture" and arguments.init_image:
        yield Role.START, 0, arguments.init_image
    if recipe["regions"] == "masks":
        if arguments.content_mask:
            yield Role.MASK, 0, arguments.content_mask
        for place, path in enumerate(arguments.style_masks, 1):
            yield Role.MASK, place, path
