"""300 browsers that watch one render: the same browsers, at sites of both revisions."""

import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.compare.tree import Tree
from benchmarks.own_site import Site
from benchmarks.watchers import watched


def prepare(tree: Tree) -> None:
    """Does nothing: the site is new each time."""


def measure(tree: Tree) -> Mapping[str, float]:
    """Percentiles of the response times in half a minute, in milliseconds; prints failed responses on stderr."""
    with (
        tempfile.TemporaryDirectory(dir=tree.folder) as data,
        Site(Path(data), tree.path, tree.environment) as address,
    ):
        seen = watched(address, Path(data))
    if seen.errors:
        print(f"{tree.name}: {len(seen.errors)} errors, such as {seen.errors[0]}", file=sys.stderr, flush=True)
    found: dict[str, float] = {}
    for what, times in seen.milliseconds.items():
        cuts = statistics.quantiles(times, n=100)
        found |= {f"{what}, p50, ms": cuts[49], f"{what}, p95, ms": cuts[94]}
    return found
