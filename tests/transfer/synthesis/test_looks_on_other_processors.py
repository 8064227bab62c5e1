"""A land is drawn with the same pixels whatever instructions the processor has."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

SCRIPT = """
import hashlib
from tests.transfer.synthesis.lands import island_and_sea
from transfer.synthesis.boards.blocks import drawn as blocks
from transfer.synthesis.recipes.boards import BlocksRecipe, HexagonsRecipe
from transfer.synthesis.boards.hexagons import drawn as hexagons
from transfer.synthesis.looks import LOOKS, drawn
from transfer.synthesis.made import finish
land = island_and_sea(200, 150)
pictures = [drawn(land, look, 3) for look in LOOKS]
pictures.append(finish(hexagons(HexagonsRecipe(image_size=200, shape="4:3"), land)).picture)
pictures.append(finish(blocks(BlocksRecipe(image_size=200, shape="4:3"), land)).picture)
print([hashlib.sha256(picture.tobytes()).hexdigest() for picture in pictures])
"""


def drawn_without(features: str) -> str:
    environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": features}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, check=True, capture_output=True, text=True
    ).stdout


def test_pixels_do_not_depend_on_the_processors_newest_instructions() -> None:
    from numpy._core import _multiarray_umath as core

    extra = [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]
    assert drawn_without("") == drawn_without(" ".join(extra))
