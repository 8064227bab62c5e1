"""Where the time of an iteration goes: `python -m benchmarks.parts`.

Renders of the project's own drawings with the default recipe, but few iterations on the rungs below. The quickest
iteration of the last rung is shown, whose parts add up to its whole.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from unittest import mock

from benchmarks.clock import REST, Clock
from benchmarks.drawings import brush, village
from benchmarks.table import print_table
from transfer.devices import resolve
from transfer.engine import objective as evaluation
from transfer.engine.backward import carried_back
from transfer.engine.objective import TiledObjective
from transfer.engine.painting import Painting
from transfer.engine.step import Step
from transfer.features.loading import network_for
from transfer.instant.render import render
from transfer.losses.term import FeatureTerm
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.tiling.tiles import View

SIZES = (256, 512, 1024)  # px
WARM_UP, MEASURED = 2, 9
TRIFLE = 0.001  # of an iteration
FORWARD, BACKWARD, OPTIMISER, AVERAGE = "forward", "backward", "optimiser", "average of the iterates"
# The methods of a term, and what each of them does.
OF_FEATURE_TERM = {"statistics": "statistics", "settle": "targets and roots", "gradient": "gradients at the features"}
OF_PIXEL_TERM = {"whole": "pixels", "part": "pixels"}


def measured(sizes: Sequence[int] = SIZES, now: Callable[[], float] = time.perf_counter) -> Iterator[dict[str, object]]:
    """A row for each part, with its milliseconds at each size and its share at the middle one; then the sum."""
    found = {size: _quickest(size, now) for size in sizes}
    names = dict.fromkeys(name for parts in found.values() for name in parts)
    names = {name: None for name in names if name != REST} | {REST: None}
    middle_size = sizes[len(sizes) // 2]
    middle = found[middle_size]
    for name in names:
        columns = {f"{size} px, ms": 1000 * parts.get(name, 0.0) for size, parts in found.items()}
        yield {"part": name, **columns, f"of {middle_size} px, %": 100 * middle.get(name, 0.0) / sum(middle.values())}
    whole = {f"{size} px, ms": 1000 * sum(parts.values()) for size, parts in found.items()}
    yield {"part": "an iteration", **whole, f"of {middle_size} px, %": 100.0}


def _quickest(size: int, now: Callable[[], float]) -> dict[str, float]:
    """The seconds of each part of an iteration at `size` px."""
    recipe = StyleRecipe(image_size=size, num_iterations=1 + WARM_UP + MEASURED)
    network, clock, found = network_for(recipe, resolve()), Clock(now), list[dict[str, float]]()
    inputs = StyleInputs(village(), (brush(),))
    with (
        mock.patch.object(View, "__init__", clock.timing(FORWARD, View.__init__), autospec=False),
        mock.patch.object(evaluation, "carried_back", clock.timing(BACKWARD, carried_back)),
    ):
        for step in render(inputs, recipe, network):
            if not isinstance(step, Step) or step.rung.long_side != size or step.ends_rung:
                continue
            if step.iteration == 1:
                _attach(clock, step.canvas.painting)
            else:
                found.append(clock.spent())
            clock.restart()
    return _without_trifles(min(found[WARM_UP - 1 :], key=lambda parts: sum(parts.values())))


def _without_trifles(parts: dict[str, float]) -> dict[str, float]:
    """The parts, of which those that take next to nothing count for the rest."""
    least = TRIFLE * sum(parts.values())
    found = {name: seconds for name, seconds in parts.items() if seconds >= least or name == REST}
    found[REST] += sum(seconds for name, seconds in parts.items() if name not in found)
    return found


def _attach(clock: Clock, painting: Painting) -> None:
    """Has the clock time what an iteration calls."""
    objective = painting.objective
    if not isinstance(objective, TiledObjective):
        raise TypeError("only an objective that is made of terms has parts")
    for term in objective.terms:
        methods = OF_FEATURE_TERM if isinstance(term, FeatureTerm) else OF_PIXEL_TERM
        for method, what in methods.items():
            setattr(term, method, clock.timing(f"{what}: {term.name}", getattr(term, method)))
    painting.optimiser.step = clock.timing(OPTIMISER, painting.optimiser.step)  # type: ignore[method-assign]
    painting.average.add = clock.timing(AVERAGE, painting.average.add)  # type: ignore[method-assign]


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.parts", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="PX", help="default: %(default)s")
    parser.add_argument(
        "--processor-time", action="store_true", help="count the time of all threads, for a machine that is not idle"
    )
    arguments = parser.parse_args()
    keep_freed_memory()
    now = time.process_time if arguments.processor_time else time.perf_counter
    print_table("Where an iteration's time goes", measured(arguments.sizes, now))
    return 0


if __name__ == "__main__":
    sys.exit(main())
