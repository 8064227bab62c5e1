"""The default 512 px render of the project's own drawings, from the command line: the whole process."""

import time
from collections.abc import Mapping

from benchmarks.compare.tree import Tree
from benchmarks.drawings import brush, village


def prepare(tree: Tree) -> None:
    """Makes the two drawings, and a small render, which compiles the code."""
    village().save(tree.folder / "village.png")
    brush().save(tree.folder / "brush.png")
    _stylize(tree, "--image-size", "64")


def measure(tree: Tree) -> Mapping[str, float]:
    """Seconds, including the start of Python and torch."""
    began = time.monotonic()
    _stylize(tree)
    return {"default 512 px render, s": time.monotonic() - began}


def _stylize(tree: Tree, *options: str) -> None:
    pictures = (tree.folder / f"{name}.png" for name in ("village", "brush", "output"))
    content, style, output = pictures
    tree.run("-m", "transfer", "stylize", content, style, "-o", output, *options)
