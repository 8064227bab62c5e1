"""`python -m benchmarks.compare REVISION`: how long things take in the working tree, and how long in that revision.

Meanwhile, do not change the working tree, and do not use the machine.
"""

import argparse
import datetime
import os
import signal
import statistics
import sys
from collections.abc import Iterator, Mapping
from typing import Protocol

from benchmarks.compare import first_frame, gallery, render, start, watchers
from benchmarks.compare.tree import ROOT, WORKING_TREE, Tree, before_and_after, describe, is_revision
from benchmarks.table import print_table

PAIRS = 9
AIM = "1.05"


class Measurement(Protocol):
    """A module of this package that takes a measurement."""

    __name__: str

    def prepare(self, tree: Tree) -> None:
        """Does the slow preparations, once for each work tree."""

    def measure(self, tree: Tree) -> Mapping[str, float]:
        """Figures by name; less is better."""


MEASUREMENTS: dict[str, tuple[str, Measurement]] = {
    "render": ("A render from the command line", render),
    "start": ("The start of a command", start),
    "first-frame": ("The first painted frame", first_frame),
    "gallery": ("The gallery with 100,000 renders on SQLite", gallery),
    "watchers": ("300 browsers that watch one render", watchers),
}


def main(words: list[str] | None = None) -> int:
    """Prints a table for each measurement, one after the other, so that nothing disturbs anything else."""
    parser = _parser()
    options = parser.parse_args(words)
    if options.pairs < 1:
        parser.error("--pairs must be at least 1")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # shuts down in order: leaves no site and no work tree behind
    if not is_revision(options.revision):
        parser.error(f"{options.revision} is no revision of this repository")
    with before_and_after(options.revision) as trees:
        print(
            f"{datetime.date.today()}, {os.cpu_count()} cores at a load of {os.getloadavg()[0]:.1f}; "
            f"{trees[0].name} and the {WORKING_TREE} at {describe(ROOT)} alternating, {options.pairs} times each\n",
            flush=True,
        )
        for name in options.only or MEASUREMENTS:
            title, measurement = MEASUREMENTS[name]
            print_table(title, _compared(measurement, trees, options.pairs))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("revision", metavar="REVISION", help="a commit, a branch or a tag")
    parser.add_argument("--pairs", type=int, default=PAIRS, metavar="N", help="default: %(default)s")
    parser.add_argument("--only", action="append", choices=MEASUREMENTS, help="measure this alone; may be repeated")
    return parser


def _compared(measurement: Measurement, trees: tuple[Tree, Tree], pairs: int) -> Iterator[dict[str, object]]:
    """For each figure both medians, and the median of the ratios within a pair. That ratio does not change if the
    machine gets slower or quicker meanwhile."""
    before, after = trees
    for tree in trees:
        measurement.prepare(tree)
    found = []
    for number in range(pairs):
        found.append((measurement.measure(before), measurement.measure(after)))
        print(f"{measurement.__name__.rpartition('.')[2]}: {number + 1} of {pairs} pairs", file=sys.stderr, flush=True)
    for what in found[0][0]:
        figures = [(one[what], other[what]) for one, other in found]
        ratios = [other / one for one, other in figures]
        yield {
            "what": what,
            before.name: f"{statistics.median(one for one, _ in figures):.4g}",
            after.name: f"{statistics.median(other for _, other in figures):.4g}",
            "ratio": f"{statistics.median(ratios):.3f}",
            "aim, at most": AIM,
            "lowest and highest": f"{min(ratios):.2f}, {max(ratios):.2f}",
        }


if __name__ == "__main__":
    sys.exit(main())
