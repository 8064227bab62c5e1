"""The command `variation`: a new picture that looks like one, as a file that carries its recipe."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from transfer.commands.asked import recipe_from
from transfer.commands.paint import paint
from transfer.inputs import Role


def variation(arguments: argparse.Namespace) -> None:
    """Makes a variation to a file; raises TransferError with what is wrong."""
    paint(recipe_from(arguments), files(arguments), arguments)


def files(arguments: argparse.Namespace) -> Sequence[tuple[Role, int, Path]]:
    """Role, place and file of what is varied, and of what must stay."""
    found = [(Role.CONTENT, 0, arguments.picture)]
    return [*found, (Role.GUIDE, 0, arguments.keep)] if arguments.keep else found
