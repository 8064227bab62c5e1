"""Default renders on a CUDA device, in less than four minutes: `python -m benchmarks.gpu`.

At each size the first render warms up; two more are timed and compared bit for bit. Sizes for which no time is left are
left out, and the table says so. A second table is of iterations that are not recorded (STYLESITE_CAPTURE); what the log
says of any that cannot be is printed. Then instant pictures and frames of a film are counted. It needs nothing but the
project, and draws its pictures itself.
"""

import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import torch
from PIL import Image

from benchmarks.drawings import brush, village
from benchmarks.films import write_clip
from benchmarks.table import print_table
from transfer.devices import describe
from transfer.engine import capture
from transfer.engine.painter import Painter
from transfer.engine.step import Step
from transfer.features.loading import network_for
from transfer.film.reading import read
from transfer.film.recipe import FilmRecipe
from transfer.film.segment_painter import SegmentPainter
from transfer.film.segments import Segment
from transfer.film.shots import Shot
from transfer.images import to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.instant.render import render
from transfer.kinds import INSTANT
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

SIZES = (512, 1024, 2048, 4096)  # px
AIMS = {512: 0.5, 1024: 0.8, 2048: 2.0, 4096: 5.0}  # seconds
LIMIT = 100.0  # seconds for the renders of a table
UNRECORDED = SIZES[:1]
FRAME, FILMING, AIM_OF_FRAMES = 512, 5.0, 100  # px, seconds, a second
CLIP = 10  # seconds of 24 frames
RENDERS = 3  # at each size, the first of which warms up
WARM = 2  # iterations of a rung, after which all are alike
GROWTH = 4  # times the pixels, and at most that many times as long, from one size to the next


@dataclass(frozen=True)
class Rendered:
    """A render: its picture, how long it took, how long an iteration of its last rung took, and the device's peak."""

    picture: Image.Image
    seconds: float
    iteration: float
    peak: int


def measured(
    device: torch.device, sizes: Sequence[int] = SIZES, limit: float = LIMIT
) -> Iterator[Mapping[str, object]]:
    """A row for each size, as far as `limit` seconds go."""
    ends = time.monotonic() + limit
    longest = 0.0
    for size in sizes:
        renders = list[Rendered]()
        while len(renders) < RENDERS and time.monotonic() + (longest or 1.0) < ends:
            renders.append(_rendered(size, device))
            longest = max(render.seconds for render in renders)
        longest *= GROWTH
        yield _row(size, renders)


def _row(size: int, renders: Sequence[Rendered]) -> Mapping[str, object]:
    warm = renders[1:]
    seconds = [render.seconds for render in warm]
    same = {render.picture.tobytes() for render in warm}
    return {
        "size, px": size,
        "first, s": renders[0].seconds if renders else "no time left",
        "warm, s": " and ".join(f"{each:.2f}" for each in seconds),
        "aim, s": AIMS.get(size, ""),
        "an iteration, ms": 1000 * statistics.mean(render.iteration for render in warm) if warm else "",
        "peak, GiB": max(render.peak for render in renders) / 2**30 if renders else "",
        "twice the same bytes": "" if len(warm) < 2 else "yes" if len(same) == 1 else "no",
    }


def _rendered(size: int, device: torch.device) -> Rendered:
    """A default render of the drawings, from pictures to a picture, with the network on the device already."""
    recipe = StyleRecipe(image_size=size)
    inputs = StyleInputs(village((size, size * 3 // 4)), (brush(),))
    network = network_for(recipe, device)
    on_gpu = device.type == "cuda"
    if on_gpu:
        torch.cuda.reset_peak_memory_stats(device)
        torch.cuda.synchronize(device)
    began = time.perf_counter()
    last, ended = None, list[float]()
    for step in render(inputs, recipe, network):
        if not isinstance(step, Step):
            continue
        last = step
        if step.rung.long_side == size and step.iteration >= WARM:
            ended.append(time.perf_counter())
    if last is None:
        raise RuntimeError("the render had no step")
    picture = to_picture(last.image)
    seconds = time.perf_counter() - began
    iteration = (ended[-1] - ended[0]) / (len(ended) - 1)
    return Rendered(picture, seconds, iteration, torch.cuda.max_memory_allocated(device) if on_gpu else 0)


def frames(device: torch.device, size: int = FRAME, seconds: float = FILMING) -> Iterator[Mapping[str, object]]:
    """How many are made in a second: instant pictures, each with maps of its own, and those of a film.

    One painter makes all of a kind, and keeps its networks; a first one warms up. A film is decoded and encoded
    meanwhile.
    """
    given = (Input(Role.CONTENT, 0, village((size, size * 3 // 4))), Input(Role.STYLE, 1, brush()))
    painter = INSTANT.painter_of(Inputs(given), INSTANT.recipe(image_size=size), device)
    _frame(painter)
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        _frame(painter)
        count += 1
    alone = count / (time.perf_counter() - began)
    yield {"size, px": size, "what": "instant pictures", "a second": alone, "aim, at least": AIM_OF_FRAMES}
    yield {"size, px": size, "what": "frames of a film", "a second": _filmed(device, size), "aim, at least": ""}


def _frame(painter: Painter) -> Image.Image:
    """One, in the memory of the host."""
    *_, last = (step for step in painter.steps() if isinstance(step, Step))
    return to_picture(last.image)


def _filmed(device: torch.device, size: int) -> float:
    """Frames a second of a clip of one shot, from file to file, once its manner is known."""
    painter = SegmentPainter([brush()], FilmRecipe(image_size=size), device)
    with tempfile.TemporaryDirectory() as folder:
        write_clip(Path(folder, "clip.mp4"), CLIP, size, shots=1)
        clip = read(Path(folder, "clip.mp4"))
        whole = Shot(0, clip.frames - 1)
        for last in (0, whole.last):
            began, part = time.perf_counter(), Segment(0, 0, last, whole)
            for _ in painter.segment(clip, part, Path(folder, "film.mp4")):
                pass
        return clip.frames / (time.perf_counter() - began)


def main() -> int:
    """Prints the table, or a sentence where there is no such device."""
    if not torch.cuda.is_available():
        print("This machine has no CUDA device that torch can use: nothing is measured.")
        return 0
    device = torch.device("cuda")
    print(f"{describe(device)}, torch {torch.__version__}\n")
    logging.basicConfig(format="%(message)s")
    print_table("Default renders on a GPU", measured(device))
    with mock.patch.dict(os.environ, {capture.VARIABLE: "0"}):
        print_table("The same, not recorded", measured(device, UNRECORDED))
    print_table("Pictures a second on a GPU", frames(device))
    return 0


if __name__ == "__main__":
    sys.exit(main())
