"""The command `dream`: a picture in which a network sees more, from files to a file that carries its recipe."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from transfer.commands.asked import recipe_from
from transfer.commands.paint import paint
from transfer.errors import TransferError
from transfer.inputs import Role


def dream(arguments: argparse.Namespace) -> None:
    """Dreams to a file; raises TransferError with what is wrong."""
    paint(recipe_from(arguments), files(arguments), arguments)


def files(arguments: argparse.Namespace) -> Sequence[tuple[Role, int, Path]]:
    """Role, place and file of what goes into a dream; raises TransferError where there is too much."""
    content, *others = arguments.content_files
    if others:
        raise TransferError(f"A dream takes one picture and no style: give {others[0]} as --guide.")
    if len(arguments.guide_files) > 1:
        raise TransferError("--guide: a dream takes one guide.")
    return [(Role.CONTENT, 0, content), *((Role.GUIDE, 0, path) for path in arguments.guide_files)]
