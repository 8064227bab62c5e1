"""From files to a file that carries its recipe, for any kind of work."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from transfer import cache
from transfer.commands.asked import inputs_from, recipe_from
from transfer.commands.given import Given
from transfer.commands.named_masks import matched_by_name
from transfer.commands.output import (
    check_apart,
    check_files,
    check_film,
    check_folder,
    check_picture,
    check_size,
    unwritten,
    write,
)
from transfer.commands.plan import show
from transfer.commands.progress_bar import ProgressBar
from transfer.devices import describe, resolve, why_not_the_gpu
from transfer.engine.keeper import Folder, Keeper, Shelf, interrupted
from transfer.engine.painter import Painter
from transfer.engine.step import Step, Tick
from transfer.errors import TransferError
from transfer.film.footage import Footage
from transfer.film.writer import check
from transfer.images import to_picture
from transfer.inputs import Inputs, Role
from transfer.kinds import Kind, Size, kind_of
from transfer.memory import budget
from transfer.metadata import FORMATS, Provenance, encode, provenance
from transfer.pictures import open_picture
from transfer.recipes.base import Recipe
from transfer.replacing import replacing
from transfer.style.advice import PictureFacts


def paint_kind(arguments: argparse.Namespace) -> None:
    """Does work of the kind that is named, or says what it takes; raises TransferError with what is wrong."""
    recipe, files = recipe_from(arguments), list(inputs_from(arguments))
    if arguments.plan:
        kind = kind_of(recipe)
        show(recipe, [(role, _size(kind, role, path)) for role, _, path in files if role != Role.MASK], arguments)
    elif arguments.output is None:
        raise TransferError("Say where the picture goes (-o OUT), or --plan.")
    else:
        paint(recipe, files, arguments)


def paint(recipe: Recipe, files: Sequence[tuple[Role, int, Path]], arguments: argparse.Namespace) -> None:
    """Paints to `arguments.output`, from files with roles and places; raises TransferError with what is wrong."""
    output: Path = arguments.output
    kind = kind_of(recipe)
    (check_film if kind.films else check_picture)(output)
    height = _height_file(recipe, arguments)
    check_files([output, height])
    check_apart([output, height], [path for _, _, path in files])
    if arguments.checkpoints:
        check_folder(arguments.checkpoints)
    given = [_read(kind, role, place, path) for role, place, path in files]
    (check if kind.films else check_size)(output, kind.foresees.size(recipe, _sizes(given)))
    device = resolve(arguments.device)
    gpu = "" if arguments.device else why_not_the_gpu()
    inputs, matched = matched_by_name([each.input for each in given])
    painter = kind.painter_of(Inputs(tuple(inputs)), recipe, device, arguments.weights)
    read = (note for each in given for note in each.notes)
    for sentence in filter(None, (gpu, *read, *matched, *kind.foresees.advice(recipe, _facts(given)))):
        print(f"note: {sentence}", file=sys.stderr)
    memory = budget(arguments.memory, cache.folder())
    kind.foresees.plan(recipe, _sizes(given), painter.width, memory, None)  # refuses now what will not fit later
    on_the_way = output.with_suffix(".png") if kind.films else output
    last = _painted(painter, recipe, memory, on_the_way, arguments.checkpoints)
    picture = to_picture(last.image)
    if kind.films:
        write(output, painter.beside(last)["film"])
    else:
        sources = [each.source for each in given]
        _write_picture(output, picture, provenance(recipe, picture, sources, painter, describe(device), last.losses))
    if height:
        write(height, painter.beside(last)["elevation"])
    print(f"{output}: {picture.width} x {picture.height} px", file=sys.stderr)


def _painted(painter: Painter, recipe: Recipe, memory: int | None, on_the_way: Path, checkpoints: Path | None) -> Step:
    """The last step. Shows progress, and writes the pictures that the recipe wants kept beside `on_the_way`; goes on
    from the `checkpoints` in a folder, and leaves some there."""
    keeper = _keeper(Folder(checkpoints), painter) if checkpoints else None
    resume = keeper.best(painter.rungs, str(painter.device)) if keeper else None
    last = None
    with ProgressBar(recipe.image_size) as progress:
        for step in painter.steps(memory, resume):
            if isinstance(step, Tick):
                continue
            last = step
            progress.show(last)
            if keeper:
                keeper.keep(last)
            if last.saves and not last.ends_render:
                way = on_the_way.with_name(f"{on_the_way.stem}_{last.number}{on_the_way.suffix}")
                _write_picture(way, to_picture(last.image), None)
    if last is None:
        raise TransferError("The recipe asks for no iteration.")
    for sentence in (*last.notes, *(keeper.trouble if keeper else ())):
        print(f"note: {sentence}", file=sys.stderr)
    return last


def _keeper(shelf: Shelf, painter: Painter) -> Keeper:
    return Keeper(shelf, painter.key(), interrupted(shelf, painter.earlier_keys()))


def _takes_clips(kind: Kind, role: Role) -> bool:
    takes = kind.of(role)
    return takes is not None and takes.clips


def _size(kind: Kind, role: Role, path: Path) -> Size:
    """What a plan goes by."""
    if not _takes_clips(kind, role):
        return open_picture(path).size
    from transfer.film.reading import read

    clip = read(path)
    return Footage(clip.size, clip.frames, clip.seconds)


def _read(kind: Kind, role: Role, place: int, path: Path) -> Given:
    if _takes_clips(kind, role):
        return Given.of_clip(role, place, path)
    takes = kind.of(role)
    return Given.read(role, place, path, heights=takes is not None and takes.heights)


def _height_file(recipe: Recipe, arguments: argparse.Namespace) -> Path | None:
    """Where the height map goes; None where the recipe asks for none. Raises TransferError for a file without one."""
    named: Path | None = arguments.height_file
    if not dict(recipe).get("height_map", False):
        if named is not None:
            raise TransferError("--height: there is no height map to write: leave --no-height-map out.")
        return None
    output: Path = arguments.output
    return named or output.with_name(f"{output.stem}-height.png")


def _sizes(given: Sequence[Given]) -> dict[Role, list[Size]]:
    found: dict[Role, list[Size]] = {}
    for each in given:
        found.setdefault(each.input.role, []).append(each.input.picture.size)
    return found


def _facts(given: Sequence[Given]) -> dict[Role, list[PictureFacts]]:
    """What advice goes by, of the pictures of each role."""
    found: dict[Role, list[PictureFacts]] = {}
    for each in given:
        if each.input.role != Role.MASK:
            found.setdefault(each.input.role, []).append(PictureFacts.of(each.input.picture))
    return found


def _write_picture(path: Path, picture: Image.Image, made: Provenance | None) -> None:
    try:
        with replacing(path) as unfinished:
            if made is None:
                picture.save(unfinished)
            else:
                unfinished.write_bytes(encode(picture, made, FORMATS[path.suffix.lower()]))
    except OSError as error:
        raise unwritten(path, error) from error
