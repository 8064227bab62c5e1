"""Pages of a gallery of 100,000 renders on SQLite, in a database that each revision makes once for itself.

The pages are the first and the thousandth (or the last) of each of that revision's `queries`.
"""

import json
from collections.abc import Mapping

from benchmarks.compare.tree import Tree

RENDERS, RUNS = 100_000, 3


def prepare(tree: Tree) -> None:
    """Fills the database, and notes the addresses of the pages."""
    (tree.folder / "pages.json").write_text(tree.run(RENDERS, script="fill.py"))


def measure(tree: Tree) -> Mapping[str, float]:
    """Milliseconds of all first pages together, of all deep ones, and of both pages of each query; medians of a few."""
    found = json.loads(tree.run(tree.folder / "pages.json", RUNS, script="ask.py"))
    first, deep = (sum(pages[place] for pages in found.values()) for place in (0, 1))
    each = {f"{query}, ms": sum(pages) for query, pages in found.items()}
    return {"all first pages, ms": first, "all deep pages, ms": deep, **each}
