"""`python -m benchmarks.reference` writes docs/generators.md: every parameter of every generator, from its recipe."""

from collections.abc import Iterator
from pathlib import Path

from pydantic.fields import FieldInfo

from transfer.kinds import SYNTHESIS, Kind
from transfer.recipes.base import bounds_of, choices_of

PAGE = Path(__file__).resolve().parent.parent / "docs" / "generators.md"
BEGINNING = """# Generators

What pictures are made with: in the studio by *Make* and *Earth*, and from the command line, where every parameter is
a flag (`--land 0.4`). `python -m benchmarks.reference` writes this page.

    python -m transfer synthesize world --seed 7 --image-size 1024 -o map.png --labels labels.png --height height.png
    python -m transfer earth caribbean --image-size 768 -o style.png --labels style-labels.png
    python -m transfer stylize map.png style.png -o result.png \\
        --content-mask labels.png --style-mask style-labels.png

The picture carries its recipe: dropped on the studio, it opens in the panel that makes it. `--labels` writes an
indexed PNG. Its text chunk `labels` names what is in it as JSON, as in `{"1": "water", "6": "ice"}`; masks that name
their labels are matched by name. `--height` writes a grey PNG of 16 bits,
from 0 for the lowest place to 65535 for the highest. The same recipe gives the same pictures, heights and labels on
every processor; pictures of the Earth depend on the decoder of JPEG files too.
"""
MOST_SHOWN = 12  # values of a choice


def page() -> str:
    """The whole page."""
    return BEGINNING + "".join(f"\n{section}" for section in map(_section, SYNTHESIS))


def _section(kind: Kind) -> str:
    rows = "".join(f"{row}\n" for row in _rows(kind))
    return (
        f"## {kind.title}\n\nThe kind `{kind.name}`.\n\n| field | default | range | what it does |\n"
        f"|---|---|---|---|\n{rows}"
    )


def _rows(kind: Kind) -> Iterator[str]:
    for name, field in kind.recipe.model_fields.items():
        default = ("yes" if field.default else "no") if field.annotation is bool else f"`{field.default}`"
        yield f"| `{name}` | {default} | {_range(field)} | {field.description} |"


def _range(field: FieldInfo) -> str:
    if field.annotation is bool:
        return "yes, no"
    if values := choices_of(field):
        shown = ", ".join(f"`{value}`" for value in dict.fromkeys(values[:MOST_SHOWN]) if value != "")
        return shown if len(values) <= MOST_SHOWN else f"{shown} and {len(values) - MOST_SHOWN} more"
    lowest, highest = bounds_of(field)
    return f"{lowest} to {highest}" if lowest is not None and highest is not None else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
