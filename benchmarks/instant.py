"""Instant pictures and what follows them, scored on StyleID's pairs: `python -m benchmarks.instant FOLDER`.

`qualities` are those of instant pictures; `starts` are renders of few and of many iterations from the content and from
its instant picture. A row has means over the pairs: scores, lower is better, and seconds from two files to a PNG, once
the networks are loaded. See benchmarks/styleid.py for the folder.
"""

import argparse
import io
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image

from benchmarks.judge.score import Judge
from benchmarks.judge.weights import Unusable, add_flags
from benchmarks.styleid import Run
from benchmarks.table import print_table
from transfer.devices import resolve
from transfer.engine.goal import Goal
from transfer.engine.render import render
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.instant import decoders
from transfer.instant.beginning import goal_of
from transfer.instant.goal import InstantGoal, ready
from transfer.instant.recipe import InstantRecipe
from transfer.metadata import encode
from transfer.pictures import open_picture
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

ITERATIONS = (8, 16, 40, 110)  # on the smallest size
Asked = InstantRecipe | StyleRecipe


class Loaded:
    """The networks of all these recipes, on the device that is used here."""

    def __init__(self) -> None:
        self.network = network_for(StyleRecipe(), resolve())
        self.decoders = ready(decoders.load(), self.network)

    def goal(self, inputs: StyleInputs, recipe: Asked) -> Goal:
        """What is painted towards."""
        if isinstance(recipe, InstantRecipe):
            return InstantGoal(inputs, recipe, self.network, self.decoders)
        return goal_of(inputs, recipe, self.network)


def qualities(size: int) -> Mapping[str, Asked]:
    """The recipes of instant pictures by the names of their rows."""
    return {
        "instant": InstantRecipe(image_size=size),
        "instant, strength 1": InstantRecipe(image_size=size, strength=1),
        "quick": InstantRecipe(image_size=size, quality="quick"),
        "draft": InstantRecipe(image_size=size, quality="draft"),
    }


def starts(size: int) -> Mapping[str, Asked]:
    """Renders by the names of their rows."""
    return {
        f"{init}, {count} iterations": StyleRecipe(image_size=size, init=init, num_iterations=count)
        for count in ITERATIONS
        for init in ("content", "instant")
    }


def measured(run: Run, judge: Judge, recipes: Mapping[str, Asked]) -> Iterator[Mapping[str, object]]:
    """A row for each recipe. The first picture, which warms up, is made twice."""
    loaded, pairs = Loaded(), run.pairs()
    _timed(loaded, *pairs[0], next(iter(recipes.values())))
    for name, recipe in recipes.items():
        scores = []
        for content, style in pairs:
            file, spent = _timed(loaded, content, style, recipe)
            if run.kept is not None:
                run.kept.mkdir(parents=True, exist_ok=True)
                (run.kept / f"{content.stem}_{style.stem}_{name.replace(', ', '_')}.png").write_bytes(file)
            with Image.open(io.BytesIO(file)) as output:
                scores.append(judge.score(output, open_picture(content), open_picture(style)) | spent)
        yield {"": name, **{each: statistics.fmean(score[each] for score in scores) for each in scores[0]}}


def _timed(loaded: Loaded, content: Path, style: Path, recipe: Asked) -> tuple[bytes, dict[str, float]]:
    """A PNG, and the seconds that it took, by the clock and of processors."""
    began = time.perf_counter(), time.process_time()
    goal = loaded.goal(StyleInputs(open_picture(content), (open_picture(style),)), recipe)
    file = encode(to_picture(result(render(goal)).image), None)
    return file, {"seconds": time.perf_counter() - began[0], "processor s": time.process_time() - began[1]}


def main() -> int:
    """Prints the table; 1 with a sentence where something is not there."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.instant", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    add_flags(parser)
    parser.add_argument("--what", choices=("qualities", "starts"), default="qualities", help="default: %(default)s")
    parser.add_argument("--pairs", type=int, default=10, metavar="N", help="default: %(default)s")
    parser.add_argument("--size", type=int, default=512, metavar="PX", help="default: %(default)s")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the results go, to be looked at")
    arguments = parser.parse_args()
    keep_freed_memory()
    run = Run(arguments.folder, arguments.pairs, arguments.size, kept=arguments.keep)
    recipes = (qualities if arguments.what == "qualities" else starts)(arguments.size)
    try:
        judge = Judge(arguments.vgg19, arguments.lpips)
        title = f"{arguments.what.capitalize()} on StyleID's pairs, {len(run.pairs())} pairs, {arguments.size} px"
        print_table(title, measured(run, judge, recipes))
    except Unusable as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
