"""The command `dream-film`: a film that goes deeper and deeper into a dream."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from transfer import cache
from transfer.commands.asked import recipe_as
from transfer.commands.dream import files
from transfer.commands.given import Given
from transfer.commands.output import check_apart, check_file, unwritten
from transfer.devices import resolve
from transfer.features.loading import network_for
from transfer.film.writer import FilmWriter, check, even
from transfer.inputs import Role
from transfer.memory import budget
from transfer.replacing import replacing
from transfer.zoom import planner
from transfer.zoom.frames import Zoom, frames
from transfer.zoom.recipe import ZoomRecipe


def dream_film(arguments: argparse.Namespace) -> None:
    """Films to a file; raises TransferError with what is wrong."""
    recipe, output = recipe_as(ZoomRecipe, arguments), Path(arguments.output)
    given = [Given.read(role, place, path) for role, place, path in files(arguments)]
    pictures = {each.input.role: each.input.picture for each in given}
    content = pictures[Role.CONTENT]
    sizes = {Role.CONTENT: [content.size]}
    size = even(planner.size(recipe, sizes))
    check(output, size)
    check_file(output)
    check_apart([output], [each.path for each in given])
    for sentence in (note for each in given for note in each.notes):
        print(f"note: {sentence}", file=sys.stderr)
    device, memory = resolve(arguments.device), budget(arguments.memory, cache.folder())
    network = network_for(recipe, device, arguments.weights)
    planner.plan(recipe, sizes, network.dtype.itemsize, memory)
    dreamt = frames(Zoom(content, pictures.get(Role.GUIDE), recipe, network), memory)
    try:
        with replacing(output) as unfinished, FilmWriter(unfinished, size, recipe.rate, threads=0) as film:
            for picture in tqdm(dreamt, total=recipe.frames, unit="frame", disable=not sys.stderr.isatty()):
                film.add(picture)
    except OSError as error:
        raise unwritten(output, error) from error
    seconds = recipe.frames / recipe.rate
    print(f"{output}: {recipe.frames} frames of {size[0]} x {size[1]} px, {seconds:.1f} s", file=sys.stderr)
