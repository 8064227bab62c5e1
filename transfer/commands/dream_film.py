"""The command `dream-film`: a film that goes deeper and deeper into a dream."""

import argparse
import sys
from pathlib import Path
from typing import cast

from tqdm import tqdm

from transfer import cache
from transfer.commands.asked import named_flags, recipe_from, values_of
from transfer.commands.dream import files
from transfer.commands.given import Given
from transfer.commands.output import check_file, unwritten
from transfer.devices import resolve
from transfer.dream import planner
from transfer.dream.journey import Journey
from transfer.dream.recipe import DreamRecipe
from transfer.dream.zoom import frames
from transfer.features.loading import network_for
from transfer.film.writer import FilmWriter, check, even
from transfer.inputs import Role
from transfer.memory import budget


def dream_film(arguments: argparse.Namespace) -> None:
    """Films to a file; raises TransferError with what is wrong."""
    recipe, journey = cast(DreamRecipe, recipe_from(arguments)), journey_from(arguments)
    output: Path = arguments.output
    given = [Given.read(role, place, path) for role, place, path in files(arguments)]
    pictures = {each.input.role: each.input.picture for each in given}
    content = pictures[Role.CONTENT]
    size = even(planner.size(recipe, {Role.CONTENT: [content.size]}))
    check(output, size)
    check_file(output)
    for sentence in (note for each in given for note in each.notes):
        print(f"note: {sentence}", file=sys.stderr)
    device, memory = resolve(arguments.device), budget(arguments.memory, cache.folder())
    network = network_for(recipe, device, arguments.weights)
    planner.plan(recipe, {Role.CONTENT: [content.size]}, network.dtype.itemsize, memory)
    dreamt = frames(content, pictures.get(Role.GUIDE), recipe, journey, network, memory)
    try:
        with FilmWriter(output, size, journey.rate, threads=0) as film:
            for picture in tqdm(dreamt, total=journey.frames, unit="frame", disable=not sys.stderr.isatty()):
                film.add(picture)
    except OSError as error:
        raise unwritten(output, error) from error
    seconds = journey.frames / journey.rate
    print(f"{output}: {journey.frames} frames of {size[0]} x {size[1]} px, {seconds:.1f} s", file=sys.stderr)


def journey_from(arguments: argparse.Namespace) -> Journey:
    """The journey that the flags describe; raises TransferError naming the flag that is wrong."""
    with named_flags():
        return Journey.model_validate(values_of(Journey.model_fields, arguments))
