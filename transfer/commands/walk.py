"""The command `walk`: a film that walks from one variation of a picture to the next."""

import argparse

from transfer.commands.asked import recipe_from
from transfer.commands.paint import paint
from transfer.commands.variation import files


def walk(arguments: argparse.Namespace) -> None:
    """Films to a file; raises TransferError with what is wrong."""
    paint(recipe_from(arguments), files(arguments), arguments)
