"""Default renders on a CUDA device, in less than four minutes: `python -m benchmarks.gpu`.

At each size the first render warms up; two more are timed and compared bit for bit. Sizes for which no time is left are
left out, and the table says so. It needs nothing but the project, and draws its pictures itself.
"""

import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from PIL import Image

from benchmarks.drawings import brush, village
from benchmarks.table import print_table
from transfer.devices import describe
from transfer.engine.step import Step
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.style.render import render

SIZES = (512, 1024, 2048, 4096)  # px
AIMS = {512: 0.5, 1024: 0.8, 2048: 2.0, 4096: 5.0}  # seconds
LIMIT = 220.0  # seconds for everything
RENDERS = 3  # at each size, the first of which warms up
GROWTH = 4  # times the pixels, and at most that many times as long, from one size to the next


@dataclass(frozen=True)
class Rendered:
    """A render: its picture, how long it took, how long its last rung's iterations took, and the device's peak."""

    picture: Image.Image
    seconds: float
    iterations: tuple[float, ...]
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
    iterations = [each for render in warm for each in render.iterations]
    same = {render.picture.tobytes() for render in warm}
    return {
        "size, px": size,
        "first, s": renders[0].seconds if renders else "no time left",
        "warm, s": " and ".join(f"{each:.2f}" for each in seconds),
        "aim, s": AIMS.get(size, ""),
        "an iteration, ms": 1000 * statistics.median(iterations) if iterations else "",
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
    last, iterations, before = None, list[float](), began
    for step in render(inputs, recipe, network):
        if not isinstance(step, Step):
            continue
        last, now = step, time.perf_counter()
        if step.rung.long_side == size and step.iteration > 1:
            iterations.append(now - before)
        before = now
    if last is None:
        raise RuntimeError("the render had no step")
    picture = to_picture(last.image)
    seconds = time.perf_counter() - began
    return Rendered(picture, seconds, tuple(iterations), torch.cuda.max_memory_allocated(device) if on_gpu else 0)


def main() -> int:
    """Prints the table, or a sentence where there is no such device."""
    if not torch.cuda.is_available():
        print("This machine has no CUDA device that torch can use: nothing is measured.")
        return 0
    device = torch.device("cuda")
    print(f"{describe(device)}, torch {torch.__version__}\n")
    print_table("Default renders on a GPU", measured(device))
    return 0


if __name__ == "__main__":
    sys.exit(main())
