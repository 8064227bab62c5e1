"""The command `texture`: a texture of styles alone, as a file that carries its recipe."""

import argparse

from transfer.commands.asked import recipe_from
from transfer.commands.paint import paint
from transfer.inputs import Role


def texture(arguments: argparse.Namespace) -> None:
    """Makes a texture to a file; raises TransferError with what is wrong."""
    files = [(Role.STYLE, place, path) for place, path in enumerate(arguments.styles, 1)]
    paint(recipe_from(arguments), files, arguments)
