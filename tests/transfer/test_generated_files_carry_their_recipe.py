"""A picture that `synthesize` or `earth` wrote says by which recipe it was made, as a render does."""

import hashlib

import pytest
from PIL import Image

from tests.transfer.synthesis.heightmaps import file_of, hills
from transfer.inputs import Role
from transfer.metadata import Provenance, decode
from transfer.synthesis.recipes.clouds import CloudsRecipe
from transfer.synthesis.recipes.earth import EarthRecipe
from transfer.synthesis.recipes.own_map import OwnMapRecipe

SMALL = ("--image-size", "64")


def said_in(path) -> Provenance:
    with Image.open(path) as image:
        found = decode(image)
    assert found is not None
    assert (found.width, found.height) == image.size
    return found


@pytest.mark.parametrize("ending", ["png", "jpg", "webp"])
def test_synthesize_writes_the_whole_recipe(command, tmp_path, ending):
    out = tmp_path / f"out.{ending}"
    assert command("synthesize", "clouds", "--seed", "3", "--scale", "7", *SMALL, "-o", out)[0] == 0

    assert said_in(out).recipe == CloudsRecipe(seed=3, scale=7, image_size=64)


def test_earth_writes_the_place(command, tmp_path):
    out = tmp_path / "out.png"
    assert command("earth", "sahara", *SMALL, "-o", out)[0] == 0

    assert said_in(out).recipe == EarthRecipe(place="sahara", image_size=64)


def test_a_map_of_ones_own_is_named_with_its_hash(command, tmp_path):
    mine, out = tmp_path / "mine.png", tmp_path / "out.png"
    mine.write_bytes(file_of(hills()))
    assert command("synthesize", "map", "--from", mine, *SMALL, "-o", out)[0] == 0

    found = said_in(out)
    (source,) = found.of(Role.CONTENT)
    assert found.recipe == OwnMapRecipe(image_size=64)
    assert (source.name, source.sha256) == ("mine.png", hashlib.sha256(mine.read_bytes()).hexdigest())
