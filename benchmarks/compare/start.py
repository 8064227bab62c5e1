"""What a command takes before it has painted anything, and a render that is hardly more than that."""

import resource
from collections.abc import Mapping

from benchmarks.compare.tree import Tree
from benchmarks.drawings import brush, village

SMALLEST = 64  # px


def prepare(tree: Tree) -> None:
    """Makes the two drawings, and runs each command once: what can be noted for the next time is noted."""
    village().save(tree.folder / "village.png")
    brush().save(tree.folder / "brush.png")
    measure(tree)


def measure(tree: Tree) -> Mapping[str, float]:
    """Seconds of processor time, which depend little on what else the machine does."""
    pictures = tree.folder / "village.png", tree.folder / "brush.png"
    output = ("-o", tree.folder / "output.png")
    return {
        "--help, processor s": _seconds(tree, "--help"),
        "plan, processor s": _seconds(tree, "plan", *pictures),
        f"stylize at {SMALLEST} px, processor s": _seconds(
            tree, "stylize", *pictures, *output, "--image-size", SMALLEST
        ),
    }


def _seconds(tree: Tree, *words: object) -> float:
    before = _spent()
    tree.run("-m", "transfer", *words)
    return _spent() - before


def _spent() -> float:
    """What the processes have taken that this one has started and waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
