"""The small dreams that the studio offers are of layers and channels that there are, and their picture is light."""

from pathlib import Path

from django.conf import settings
from PIL import Image

from transfer.dream.palette import COLUMNS, PALETTE, SIDE
from transfer.dream.recipe import DreamRecipe

FILE = Path(settings.BASE_DIR) / "static" / "dreams" / "palette.webp"


def test_each_is_a_recipe_and_no_two_are_the_same() -> None:
    recipes = [DreamRecipe.model_validate(sample.fields) for sample in PALETTE]

    assert len({recipe.canonical_json() for recipe in recipes}) == len(PALETTE)
    assert len({sample.title for sample in PALETTE}) == len(PALETTE)


def test_their_picture_has_room_for_all_and_is_no_burden() -> None:
    with Image.open(FILE) as image:
        assert image.size == (COLUMNS * SIDE, -(-len(PALETTE) // COLUMNS) * SIDE)
    assert FILE.stat().st_size < 60_000
