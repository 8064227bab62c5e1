"""How long a render takes from the command line, and how well a judge scores it."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.drawings import brush, coast, mosaic, village

PAIRS = (("tubingen", "scream"), ("tubingen", "shipwreck"), ("tubingen", "starry_night"))


def timed() -> Iterator[dict[str, object]]:
    """The project's own drawings, with the default recipe."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for draw in (village, coast, brush, mosaic):
            draw().save(folder / f"{draw.__name__}.png")
        for content, style in ((village, brush), (village, mosaic), (coast, brush)):
            output = folder / "output.png"
            seconds = _stylize(folder / f"{content.__name__}.png", folder / f"{style.__name__}.png", output)
            yield {"pair": f"{content.__name__} x {style.__name__}", "seconds": seconds}


def scored(judge: Path, pairs: Path) -> Iterator[dict[str, object]]:
    """The pairs of a folder with the default recipe, and their scores; lower is better everywhere."""
    with tempfile.TemporaryDirectory() as name:
        output = Path(name) / "output.png"
        for content_name, style_name in PAIRS:
            content, style = (
                next(pairs.glob(f"{part}.*")) for part in (f"content_{content_name}", f"style_{style_name}")
            )
            seconds = _stylize(content, style, output)
            line = subprocess.run(
                [sys.executable, str(judge), str(output), str(content), str(style)], check=True, capture_output=True
            ).stdout
            yield {"pair": f"{content_name} x {style_name}", "seconds": seconds, **json.loads(line)}


def _stylize(content: Path, style: Path, output: Path) -> float:
    """Seconds of the whole command, including the start of Python and torch."""
    began = time.monotonic()
    words = [sys.executable, "-m", "transfer", "stylize", str(content), str(style), "-o", str(output)]
    subprocess.run(words, check=True, stderr=subprocess.DEVNULL)
    return round(time.monotonic() - began, 1)
