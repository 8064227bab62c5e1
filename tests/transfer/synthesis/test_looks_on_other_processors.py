"""A land is drawn with the same pixels whatever instructions the processor has."""

import pytest

from tests.transfer.synthesis.processors import OPTIONAL, needs_optional, printed

pytestmark = pytest.mark.slow

SCRIPT = """
import hashlib
from tests.transfer.synthesis.lands import island_and_sea
from transfer.synthesis.boards.blocks import drawn as blocks
from transfer.synthesis.recipes.boards import BlocksRecipe, HexagonsRecipe
from transfer.synthesis.boards.hexagons import drawn as hexagons
from transfer.synthesis.looks import LOOKS, drawn
from transfer.pausing import finish
land = island_and_sea(200, 150)
pictures = [drawn(land, look, 3) for look in LOOKS]
pictures.append(finish(hexagons(HexagonsRecipe(image_size=200, shape="4:3"), land)).picture)
pictures.append(finish(blocks(BlocksRecipe(image_size=200, shape="4:3"), land)).picture)
print([hashlib.sha256(picture.tobytes()).hexdigest() for picture in pictures])
"""


@needs_optional
def test_pixels_do_not_depend_on_the_processors_newest_instructions() -> None:
    assert printed(SCRIPT, *OPTIONAL) == printed(SCRIPT)
