"""StyleID's pairs (Chung et al. 2024, arXiv:2312.09008) over strengths, scored as papers on style transfer do.

FOLDER has the contents in `cnt/` and the styles in `sty/`, as that project's evaluation set has them. Both take turns,
so that twenty pairs of twenty styles have each of them. Scores are means over the pairs; lower is better.
"""

import argparse
import math
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.curves import Panel, svg
from benchmarks.judge.score import Judge
from benchmarks.judge.weights import Unusable, add_flags
from benchmarks.table import print_table
from transfer.devices import resolve
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.instant.render import render
from transfer.pictures import open_picture
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

CHART = Path(__file__).parent.parent / "docs" / "images" / "styleid.svg"
PICTURES = {".png", ".jpg", ".jpeg", ".webp"}
STRENGTHS = (0.0, 0.25, 0.5, 0.75, 1.0)
# LPIPS between content and result, on all of StyleID's pairs, as the papers have it.
PUBLISHED = {"AttenST": 0.467, "StyleID": 0.505, "AesPA-Net": 0.514, "StyTR2": 0.545, "AdaIN": 0.608}
# MicroAST (Wang et al. 2023, arXiv:2211.15313) with its own weights, by this judge, on the twenty pairs at 512 px.
MICROAST = {"lpips": 0.574, "style_vgg": 0.173, "style_patch": 0.035, "content_vgg": 0.288, "dead": 0.193}
LARGEST_LPIPS, LARGEST_STYLE = 0.8, 0.2  # of the chart


@dataclass(frozen=True)
class Run:
    """What is rendered: the first `count` pairs of `folder` at `size` px. Results go to `kept`, if it is given."""

    folder: Path
    count: int = 20
    size: int = 512
    strengths: Sequence[float] = STRENGTHS
    kept: Path | None = None

    def pairs(self) -> list[tuple[Path, Path]]:
        """Content and style of each; raises Unusable where there are none."""
        contents, styles = (_pictures(self.folder / name) for name in ("cnt", "sty"))
        many = len(styles)
        return [
            (contents[(number + number // many) % len(contents)], styles[number % many])
            for number in range(min(self.count, many * len(contents)))
        ]


def measured(run: Run, judge: Judge, chart: Path | None = None) -> Iterator[Mapping[str, object]]:
    """A row for each strength; where the judge has LPIPS, also rows of what others have, and a chart at the end."""
    rows = []
    for strength in run.strengths:
        rows.append(_mean(strength, list(_scored(run, judge, strength))))
        yield rows[-1]
    blank = dict.fromkeys(rows[0], "")
    if judge.lpips is None:
        return
    for name, lpips in PUBLISHED.items():
        yield {**blank, "strength": f"{name}, published", "lpips": lpips}
    yield {**blank, "strength": "MicroAST", **MICROAST}
    if chart is not None:
        chart.write_text(drawn(rows))


def evenness(points: Sequence[tuple[float, float]]) -> float:
    """R^2 of a straight line through the points: 1 where equal steps of strength change LPIPS equally."""
    return statistics.correlation(*zip(*points, strict=True)) ** 2


def lpips_by_strength(rows: Sequence[Mapping[str, object]]) -> list[tuple[float, float]]:
    """The points of the curve, from rows of `measured`, of which those of others are left out."""
    own = (row for row in rows if isinstance(row["strength"], float))
    return [(float(str(row["strength"])), float(str(row["lpips"]))) for row in own]


def drawn(rows: Sequence[Mapping[str, object]]) -> str:
    """The chart, as SVG: LPIPS over strength beside what is published, and what the style gains by it."""
    points = lpips_by_strength(rows)
    gained = [(float(str(row["lpips"])), float(str(row["style_vgg"]))) for row in rows]
    reach = max(LARGEST_STYLE, math.ceil(10 * max(style for _, style in gained)) / 10)
    return svg(
        [
            Panel(
                "How far from the content (LPIPS)",
                "strength",
                "LPIPS",
                (0, 1),
                (0, LARGEST_LPIPS),
                points,
                levels=PUBLISHED,
            ),
            Panel(
                "How far from the style, at that",
                "LPIPS to the content",
                "style_vgg",
                (0, LARGEST_LPIPS),
                (0, reach),
                gained,
                labels=[f"{strength:g}" for strength, _ in points],
                marks={"MicroAST": (MICROAST["lpips"], MICROAST["style_vgg"])},
            ),
        ]
    )


def _scored(run: Run, judge: Judge, strength: float) -> Iterator[dict[str, float]]:
    recipe = StyleRecipe(image_size=run.size, strength=strength)
    network = network_for(recipe, resolve())
    pairs = run.pairs()
    for number, (content_path, style_path) in enumerate(pairs, 1):
        content, style = open_picture(content_path), open_picture(style_path)
        began = time.perf_counter()
        output = to_picture(result(render(StyleInputs(content, (style,)), recipe, network)).image)
        seconds = time.perf_counter() - began
        if run.kept is not None:
            run.kept.mkdir(parents=True, exist_ok=True)
            output.save(run.kept / f"{content_path.stem}_{style_path.stem}_{strength:g}.png")
        print(f"strength {strength:g}: {number} of {len(pairs)} pairs", file=sys.stderr, flush=True)
        yield {**judge.score(output, content, style), "seconds": seconds}


def _mean(strength: float, scores: Sequence[Mapping[str, float]]) -> dict[str, object]:
    means: dict[str, object] = {name: statistics.fmean(each[name] for each in scores) for name in scores[0]}
    seconds, worst = means.pop("seconds"), max(each["dead"] for each in scores)
    return {"strength": strength, **means, "dead, worst": worst, "seconds": seconds}


def _pictures(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.glob("*") if path.suffix.lower() in PICTURES)
    if not found:
        raise Unusable(
            f"There are no pictures in {folder}: give the folder of StyleID's pairs, with cnt/ and sty/ in it."
        )
    return found


def main() -> int:
    """Prints the table; 1 with a sentence where something is not there."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.styleid", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    add_flags(parser)
    parser.add_argument("--pairs", type=int, default=Run.count, metavar="N", help="default: %(default)s")
    parser.add_argument("--size", type=int, default=Run.size, metavar="PX", help="default: %(default)s")
    parser.add_argument(
        "--strengths", type=float, nargs="+", default=STRENGTHS, metavar="X", help="default: %(default)s"
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the results go, to be looked at")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="where the curve goes, as .svg")
    arguments = parser.parse_args()
    if arguments.chart and not arguments.lpips:
        parser.error("--chart draws LPIPS: give --lpips too")
    keep_freed_memory()
    run = Run(arguments.folder, arguments.pairs, arguments.size, arguments.strengths, arguments.keep)
    try:
        show(run, Judge(arguments.vgg19, arguments.lpips), arguments.chart)
    except Unusable as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def show(run: Run, judge: Judge, chart: Path | None) -> None:
    """Prints the table, and how evenly strength works."""
    pairs = len(run.pairs())
    rows = print_table(f"StyleID's pairs over strengths, {pairs} pairs, {run.size} px", measured(run, judge, chart))
    if judge.lpips is not None and len(run.strengths) > 2:
        print(f"R^2 of LPIPS over strength: {evenness(lpips_by_strength(rows)):.3f}\n")


if __name__ == "__main__":
    sys.exit(main())
