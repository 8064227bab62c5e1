"""Runs every benchmark and prints tables in Markdown.

With JUDGE=FILE (a program that takes OUTPUT CONTENT STYLE and prints a line of JSON) and PAIRS=FOLDER (content_*.*,
style_*.*), it scores renders of those pairs; without them it renders the project's own drawings and only times them.
With STYLEID=FOLDER (cnt/ and sty/) it scores StyleID's pairs over strengths by its own judge, which takes LPIPS=FILE
and VGG19=FILE, and draws their curve.
"""

import datetime
import os
import platform
import statistics
import sys
from collections.abc import Mapping
from pathlib import Path

import torch

from benchmarks import (
    busy,
    deleting,
    first_look,
    gallery,
    iterations,
    labels,
    ladder,
    large,
    live_preview,
    parts,
    renders,
    studio,
    styleid,
    synthesis,
    time_left,
    watched,
    watchers,
)
from benchmarks.judge.score import Judge
from benchmarks.judge.weights import Unusable
from benchmarks.table import print_table


def main() -> int:
    """Runs everything, one after the other, so that nothing disturbs anything else."""
    print(f"{datetime.date.today()}, {_processor()}, {os.cpu_count()} cores, torch {torch.__version__}\n", flush=True)
    judge, pairs = os.environ.get("JUDGE"), os.environ.get("PAIRS")
    if judge and pairs:
        rendered = print_table("Renders at the defaults, scored", renders.scored(Path(judge), Path(pairs)))
        climbed = ladder.scored(Path(judge), Path(pairs))
    else:
        print("JUDGE and PAIRS are not set: rendering the project's own drawings, without scores.\n")
        rendered = print_table("Renders at the defaults", renders.timed())
        climbed = ladder.drawn()
    plain, *_ = _seconds(print_table("One iteration, 512 x 384 px", iterations.measured()))
    seconds = statistics.median(_seconds(rendered))
    print_table("Against neural-style's loop, in this run", iterations.against_plain(plain, seconds))
    print_table("Where an iteration's time goes", parts.measured())
    _styleid(*(os.environ.get(name) for name in ("STYLEID", "LPIPS", "VGG19")))
    print_table("Pictures out of numbers", synthesis.generators())
    print_table("A large world", synthesis.large())
    print_table("Pictures out of numbers in a browser", synthesis.in_a_browser())
    print_table("Water stays water, 512 px", labels.measured())
    print_table("A render beside other programs", busy.measured())
    print_table("The 256 px preview and 1024 px", climbed)
    print_table("One evaluation at 1024 px, whole and in tiles", large.tiled())
    print_table("Large renders in little memory", large.rendered(*_large_pair(judge, pairs)))
    print_table("The studio in a browser, 512 px, default recipe", studio.measured())
    print_table("The live preview in the studio", live_preview.measured())
    print_table("Renders alone, and beside a browser that watches", watched.measured())
    print_table("Time left, told at the end of each rung", time_left.measured())
    print_table("300 browsers that watch one render", watchers.measured())
    print_table("The gallery with 100,000 renders", gallery.measured())
    print_table("Waiting while a sweep is deleted", deleting.measured())
    print_table("The gallery over a slow line", first_look.measured())
    return 0


def _seconds(rows: list[Mapping[str, object]]) -> list[float]:
    return [float(str(row["seconds"])) for row in rows]


def _large_pair(judge: str | None, pairs: str | None) -> tuple[tuple[Path, Path] | None, Path | None]:
    """The arguments for `large.rendered`: a pair from the folder, and the judge; empty without them."""
    if not judge or not pairs:
        return None, None
    content, style = (next(Path(pairs).glob(f"{part}.*")) for part in ("content_tubingen", "style_starry_night"))
    return (content, style), Path(judge)


def _styleid(folder: str | None, lpips: str | None, vgg19: str | None) -> None:
    """StyleID's pairs, or a sentence that says what to give."""
    if not folder or not lpips:
        print("STYLEID and LPIPS are not set: StyleID's pairs are left out. Give their folder and LPIPS' weights.\n")
        return
    try:
        judge = Judge(Path(vgg19) if vgg19 else None, Path(lpips))
        styleid.show(styleid.Run(Path(folder)), judge, styleid.CHART)
    except Unusable as error:
        print(f"StyleID's pairs are left out: {error}\n")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    sys.exit(main())
