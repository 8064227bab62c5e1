"""Makes the pictures of docs/recipes.md: `python -m benchmarks.recipes`, a few minutes on two cores.

Everything uses the project's own drawings; each row of pictures varies one setting.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from tqdm import tqdm

from benchmarks.drawings import brush, coast, mosaic, village
from benchmarks.sheets import sheet
from transfer.devices import resolve
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.instant.render import render
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

FOLDER = Path(__file__).parent.parent / "docs" / "images"
CELL = (320, 240)
Row = list[Image.Image]


def main() -> int:
    """Makes every row, each as one picture."""
    keep_freed_memory()
    FOLDER.mkdir(exist_ok=True)
    rows: dict[str, Callable[[], Row]] = {
        "strength": _strength,
        "style_scale": _style_scale,
        "several_styles": _several_styles,
        "interpolation": _interpolation,
        "colors": _colors,
        "regions": _regions,
    }
    wanted = sys.argv[1:] or list(rows)
    for name in tqdm(wanted):
        sheet([rows[name]()], CELL).save(FOLDER / f"recipe_{name}.webp", quality=88)
    return 0


def _strength() -> Row:
    return [_render((brush(),), strength=strength) for strength in (0.1, 0.3, 0.5, 0.7, 0.9)]


def _style_scale() -> Row:
    return [_render((mosaic(),), style_scale=scale) for scale in (0.4, 0.7, 1.0, 1.5)]


def _several_styles() -> Row:
    styles = brush(), mosaic()
    return [*styles, *(_render(chosen) for chosen in (styles[:1], styles[1:], styles))]


def _interpolation() -> Row:
    weights = (1.0, 0.0), (0.75, 0.25), (0.5, 0.5), (0.25, 0.75), (0.0, 1.0)
    return [_render((brush(), mosaic()), style_blend_weights=pair) for pair in weights]


def _colors() -> Row:
    ways: tuple[dict[str, Any], ...] = {}, {"original_colors": True}, {"match_colors": True}
    return [village(), *(_render((brush(),), **way) for way in ways)]


def _regions() -> Row:
    ways: tuple[dict[str, Any], ...] = {}, {"regions": "automatic"}
    return [coast(), brush(), *(_render((brush(),), coast(), **way) for way in ways)]


def _render(styles: tuple[Image.Image, ...], content: Image.Image | None = None, **fields: Any) -> Image.Image:
    recipe = StyleRecipe.model_validate(fields)
    inputs = StyleInputs(content or village(), styles)
    return to_picture(result(render(inputs, recipe, network_for(recipe, resolve()))).image)


if __name__ == "__main__":
    sys.exit(main())
