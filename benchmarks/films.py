"""Films of clips: how much they flicker, how close to the style they are, and how long they take.

`python -m benchmarks.films` pans and zooms over a picture that the project draws itself. `--photos FILE...` and
`--styles FILE...` take others: each photo goes with the style of the same place. `--seconds N` films a clip of N
seconds with cuts and sound instead, by the command line, and says what it takes. `--picture` makes the picture in the
documentation.

`loss` is the frame-difference loss (Xu et al. 2021, "Frame Difference-Based Temporal Loss for Video Stylization",
arXiv:2102.05822): the mean |dO - dI| between frames that follow each other, where colours run from 0 to 1. `motion` is
mean |dI|, what a picture that stands still would have. `one by one` is the loss where each frame is an instant picture
of its own. `along` is how far a frame is from the last one as the clip's motion takes it along, where that is known
(the warping error of Lai et al. 2018, arXiv:1808.00449, but not squared): what moves with the clip has none.
`style_vgg` and `content_vgg` are the judge's, means over the first, the middle and the last frame.
"""

import argparse
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy
import torch
from PIL import Image

from benchmarks.drawings import brush, mosaic, village
from benchmarks.judge.score import Judge
from benchmarks.judge.weights import Unusable, add_flags
from benchmarks.pictures import FOLDER
from benchmarks.sheets import sheet
from benchmarks.table import print_table
from transfer.film.flow import carried, flow, trust
from transfer.film.reading import read
from transfer.film.recipe import FilmRecipe
from transfer.film.segment_painter import SegmentPainter
from transfer.film.segments import Segment
from transfer.film.shots import Shot
from transfer.film.writer import FilmWriter
from transfer.images import to_tensor
from transfer.inputs import Input, Inputs, Role
from transfer.instant.warm import Warm
from transfer.pictures import open_picture

CPU = torch.device("cpu")
LARGE, LARGER = 640, 2.5  # px of the picture that is moved over, or times those of a frame where that is more
SURE = 0.8  # of 1: how far a place's motion is known at least
FRAMES, RATE, SHOTS = 12, 24, 3
CELL = (192, 144)  # px of a frame in the documentation
Pair = tuple[str, Image.Image, Image.Image]  # a name, what is moved over, and a style


def main() -> int:
    """Prints a table, or makes the documentation's picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_flags(parser)
    parser.add_argument("--photos", type=Path, nargs="+", default=[], metavar="FILE", help="to move over")
    parser.add_argument("--styles", type=Path, nargs="+", default=[], metavar="FILE", help="one for each photo")
    parser.add_argument("--size", type=int, default=256, metavar="PX", help="long side; default: %(default)s")
    parser.add_argument("--strength", type=float, default=0.5, metavar="X", help="default: %(default)s")
    parser.add_argument("--each", choices=("instant", "painted"), default="instant", help="default: %(default)s")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the frames go, to be looked at")
    parser.add_argument("--seconds", type=int, metavar="N", help="only film a clip of so many seconds")
    parser.add_argument("--picture", action="store_true", help="only make docs/images/films.webp")
    arguments = parser.parse_args()
    if arguments.picture:
        sheet(_shown(), CELL).save(FOLDER / "films.webp", quality=75, method=6)
        return 0
    if arguments.seconds:
        print_table("A film by the command line", [timed(arguments.seconds, arguments.size)])
        return 0
    try:
        judge = Judge(arguments.vgg19)
    except Unusable as error:
        print(f"note: {error} Scores are left out.", file=sys.stderr)
        judge = None
    recipe = FilmRecipe(image_size=arguments.size, strength=arguments.strength, each=arguments.each)
    pairs = _pairs(arguments.photos, arguments.styles)
    print_table(f"Films, {arguments.size} px, {arguments.each}", measured(pairs, recipe, judge, arguments.keep))
    return 0


def measured(
    pairs: Sequence[Pair], recipe: FilmRecipe, judge: Judge | None, kept: Path | None = None
) -> Iterator[dict[str, Any]]:
    """A row for each movement over each picture."""
    warm = Warm(CPU)
    for (name, picture, style), (way, zooms, pans) in itertools.product(pairs, (("pan", 0, 1), ("zoom", 1, 0))):
        before = moved_over(picture, recipe.image_size, zooms, pans)
        began = time.process_time()
        after = filmed(before, style, recipe)
        seconds = (time.process_time() - began) / len(before)
        alone = [_alone(warm, frame, style, recipe) for frame in before]
        row = {
            "clip": f"{name}, {way}",
            "motion": _difference(numpy.diff(_levels(before), axis=0)),
            "one by one": loss(alone, before),
            "loss": loss(after, before),
            "along": along_motion(after, before),
            "CPU s a frame": seconds,
        }
        if judge is not None:
            scores = [judge.score(after[at], before[at], style) for at in (0, len(after) // 2, len(after) - 1)]
            row |= {each: statistics.fmean(score[each] for score in scores) for each in ("style_vgg", "content_vgg")}
        if kept is not None:
            kept.mkdir(parents=True, exist_ok=True)
            for at, frame in enumerate(after):
                frame.save(kept / f"{name}-{way}-{at:02}.png")
        yield row


def moved_over(picture: Image.Image, size: int, zooms: int, pans: int, count: int = FRAMES) -> list[Image.Image]:
    """The frames of a window, in 4:3, that goes over a picture: by a fifteenth of its width, or a sixth of its size."""
    large = max(LARGE, LARGER * size)
    picture = picture.resize(
        [round(side * large / max(picture.size)) for side in picture.size], Image.Resampling.LANCZOS
    )
    widest, found = min(picture.width, picture.height * 4 / 3), []
    for frame in numpy.arange(count) * min(1, FRAMES / count):
        width = widest / (1.35 - 0.02 * frame * zooms) / 1.25
        height = width * 0.75
        across, down = picture.width * (0.46 + 0.006 * frame * pans), picture.height * (0.48 + 0.003 * frame * pans)
        box = (across - width / 2, down - height / 2, across + width / 2, down + height / 2)
        found.append(picture.resize((size, size * 3 // 4), Image.Resampling.BICUBIC, box=box))
    return found


def filmed(frames: Sequence[Image.Image], style: Image.Image, recipe: FilmRecipe) -> list[Image.Image]:
    """The same frames as a film shows them, before they are encoded."""
    with tempfile.TemporaryDirectory() as folder:
        for number, frame in enumerate(frames):
            frame.save(Path(folder, f"{number}.png"))
        whole = Shot(0, len(frames) - 1)
        painted = SegmentPainter([style], recipe, CPU).segment(
            read(Path(folder)), Segment(0, whole.first, whole.last, whole), Path(folder, "film.mp4")
        )
        return [Image.fromarray(each.pixels) for each in painted if each is not None]


def loss(after: Sequence[Image.Image], before: Sequence[Image.Image]) -> float:
    """The frame-difference loss: see the module."""
    return _difference(numpy.diff(_levels(after), axis=0) - numpy.diff(_levels(before), axis=0))


def along_motion(after: Sequence[Image.Image], before: Sequence[Image.Image]) -> float:
    """How far frames are from those before them that are taken along: see the module."""
    shown, painted = ([to_tensor(each) for each in frames] for frames in (before, after))
    found = []
    for (last, now), (old, new) in zip(itertools.pairwise(shown), itertools.pairwise(painted), strict=True):
        along = flow(last, now)
        sure = trust(last, now, along, flow(now, last)) > SURE
        found.append(float((carried(old, along) - new).abs().mean(1, keepdim=True)[sure].mean()))
    return statistics.fmean(found)


def timed(seconds: int, size: int) -> dict[str, Any]:
    """What it takes from a clip in a file to a film in a file, with starting Python and all it loads."""
    with tempfile.TemporaryDirectory() as folder:
        clip, style, output = Path(folder, "clip.mp4"), Path(folder, "style.png"), Path(folder, "film.mp4")
        write_clip(clip, seconds, size)
        brush().save(style)
        command = [sys.executable, "-m", "transfer", "film", *map(str, (clip, style, "-o", output))]
        began = time.perf_counter()
        subprocess.run([*command, "--image-size", str(size)], check=True, capture_output=True)
        took = time.perf_counter() - began
        return {"film": f"{seconds} s, {size} px, {RATE} a second", "s": took, "s a frame": took / (seconds * RATE)}


def write_clip(path: Path, seconds: int, size: int, shots: int = SHOTS) -> None:
    """A clip of at most `SHOTS` shots, without sound."""
    part = -(-seconds * RATE // shots)
    moved = [moved_over(picture, size, 1, 1, part) for picture in (village(), mosaic(), brush())[:shots]]
    with FilmWriter(path, moved[0][0].size, Fraction(RATE)) as film:
        for frame in itertools.islice(itertools.chain.from_iterable(moved), seconds * RATE):
            film.add(frame)


def _pairs(photos: Sequence[Path], styles: Sequence[Path]) -> list[Pair]:
    if not photos:
        return [("village", village(), brush()), ("village", village(), mosaic())]
    named = zip(photos, styles, strict=True)
    return [(photo.stem, open_picture(photo), open_picture(style)) for photo, style in named]


def _alone(warm: Warm, frame: Image.Image, style: Image.Image, recipe: FilmRecipe) -> Image.Image:
    return warm.picture(Inputs((Input(Role.CONTENT, 0, frame), Input(Role.STYLE, 1, style))), recipe.instant)


def _levels(frames: Sequence[Image.Image]) -> numpy.ndarray:
    return numpy.stack([numpy.asarray(frame, numpy.float32) / 255 for frame in frames])


def _difference(differences: numpy.ndarray) -> float:
    return float(numpy.abs(differences).mean())


def _shown() -> list[list[Image.Image]]:
    """A row of a clip's frames, and one for each style of what becomes of them."""
    before = moved_over(village(), 2 * CELL[0], 1, 1, 24)
    rows = [before, *(filmed(before, style, FilmRecipe(image_size=2 * CELL[0])) for style in (brush(), mosaic()))]
    return [row[::6] for row in rows]


if __name__ == "__main__":
    torch.set_num_threads(2)
    sys.exit(main())
