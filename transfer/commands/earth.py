"""The command `earth`: a part of the Earth as a picture. It does not load torch."""

import argparse
import difflib

from transfer.commands.asked import recipe_as
from transfer.commands.synthesize import make_files
from transfer.errors import TransferError
from transfer.synthesis.recipes.earth import EarthRecipe
from transfer.synthesis.recipes.places import PLACES


def earth(arguments: argparse.Namespace) -> None:
    """Makes a picture of a place or a box, or lists the places; raises TransferError with what is wrong."""
    if arguments.list:
        for name, place in PLACES.items():
            box = place.box
            print(f"{name:20} {place.title:26} {box.west:g},{box.south:g},{box.east:g},{box.north:g}")
        return
    if arguments.output is None:
        raise TransferError("Say where the picture goes (-o OUT).")
    if (arguments.place is None) == (arguments.box is None):
        raise TransferError("Give a place (--list shows them) or --box WEST,SOUTH,EAST,NORTH.")
    if arguments.place is not None:
        arguments.place = _name(arguments.place)
    make_files(recipe_as(EarthRecipe, arguments), arguments)


def _name(said: str) -> str:
    name = "-".join(said.lower().split())
    if name in PLACES:
        return name
    near = difflib.get_close_matches(name, list(PLACES), 1)
    hint = f"did you mean {near[0]}? --list shows them all." if near else "--list shows them all."
    raise TransferError(f"There is no place called {said}: {hint}")
