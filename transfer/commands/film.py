"""The command `film`: a clip in the manner of styles, from files to a film."""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from transfer import cache
from transfer.commands.asked import recipe_as
from transfer.commands.given import Given
from transfer.commands.output import check_apart, check_file, check_folder, unwritten
from transfer.devices import resolve, why_not_the_gpu
from transfer.film import pyramid_planner
from transfer.film.clip import Clip
from transfer.film.joining import JOINED, joined
from transfer.film.reading import identity, taken
from transfer.film.recipe import FilmRecipe
from transfer.film.segment_painter import SegmentPainter
from transfer.film.segments import Segment, segments
from transfer.film.shots import Shot, shots
from transfer.film.writer import check
from transfer.inputs import Role
from transfer.memory import budget
from transfer.pausing import finish, map_pauses


def film(arguments: argparse.Namespace) -> None:
    """Films to a file; raises TransferError with what is wrong."""
    recipe, output = recipe_as(FilmRecipe, arguments), Path(arguments.output)
    clip = taken(arguments.clip, recipe)
    styles = [Given.read(Role.STYLE, place, path) for place, path in enumerate(arguments.styles, 1)]
    size = pyramid_planner.frame_size(recipe, clip.size)
    check(output, size)
    check_file(output)
    check_apart([output], [arguments.clip, *arguments.styles])
    if arguments.checkpoints:
        check_folder(arguments.checkpoints)
    memory = budget(arguments.memory, cache.folder())
    painter = SegmentPainter(
        [each.input.picture for each in styles], recipe, resolve(arguments.device), arguments.weights, memory
    )
    gpu = "" if arguments.device else why_not_the_gpu()
    _say(filter(None, (gpu, *clip.notes, *(note for each in styles for note in each.notes))))
    found = _shots(clip)
    whole = clip.between(0, found[-1].last)
    if whole.frames < clip.frames:
        _say([f"{arguments.clip} can be decoded for {whole.seconds:.1f} of {clip.seconds:.1f} s: the film ends there."])
    try:
        with _folder(arguments.checkpoints, output) as folder:
            cut = segments(whole, found, recipe.longest)
            parts = _painted(painter, whole, cut, folder, JOINED[output.suffix.lower()])
            _say(joined(whole, parts, output))
    except OSError as error:
        raise unwritten(output, error) from error
    cuts = "" if len(found) == 1 else f", {len(found)} shots"
    print(f"{output}: {whole.frames} frames of {size[0]} x {size[1]} px, {whole.seconds:.1f} s{cuts}", file=sys.stderr)


def _shots(clip: Clip) -> tuple[Shot, ...]:
    """The shots of a clip, with a bar while they are looked for."""
    with tqdm(total=clip.frames, unit="frame", desc="shots", leave=False, disable=not sys.stderr.isatty()) as bar:
        return finish(map_pauses(shots(clip), lambda frame: bar.update(frame + 1 - bar.n)))


def _painted(
    painter: SegmentPainter, clip: Clip, parts: Sequence[Segment], folder: Path, ending: str
) -> list[tuple[Segment, Path]]:
    """The segments with their files in a folder, where those that are there already are not painted again."""
    key = painter.key(identity(clip.path))[:16]
    found = [(part, folder / f"{key}-{part.first}-{part.last}{ending}") for part in parts]
    with tqdm(total=clip.frames, unit="frame", disable=not sys.stderr.isatty()) as bar:
        for number, (part, path) in enumerate(found):
            if path.exists():
                bar.update(part.frames)
                continue
            before = found[number - 1][1] if painter.recipe.is_painted and not part.begins_shot else None
            for painted in painter.segment(clip, part, path, before):
                bar.update(1 if painted else 0)
            if not sys.stderr.isatty():
                done = clip.time(part.last + 1)
                print(f"{done:.1f} of {clip.seconds:.1f} s", file=sys.stderr, flush=True)
    return found


@contextmanager
def _folder(checkpoints: Path | None, output: Path) -> Iterator[Path]:
    """Where segments are kept: beside the film until it is done, if no folder is named."""
    if checkpoints is not None:
        yield checkpoints
        return
    with tempfile.TemporaryDirectory(prefix=".film-", dir=output.parent) as folder:
        yield Path(folder)


def _say(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(f"note: {sentence}", file=sys.stderr)
