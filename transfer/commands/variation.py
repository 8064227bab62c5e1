"""The command `variation`: a new picture that looks like one, as a file that carries its recipe."""

import argparse

from transfer.commands.asked import recipe_from
from transfer.commands.paint import paint
from transfer.inputs import Role


def variation(arguments: argparse.Namespace) -> None:
    """Makes a variation to a file; raises TransferError with what is wrong."""
    files = [(Role.CONTENT, 0, arguments.picture)]
    if arguments.keep:
        files.append((Role.GUIDE, 0, arguments.keep))
    paint(recipe_from(arguments), files, arguments)
