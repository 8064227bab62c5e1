import numpy
import pytest
from scipy import ndimage

from transfer.pausing import finish
from transfer.synthesis.patterns.glass import make
from transfer.synthesis.recipes.glass import GlassRecipe


def lead(**fields):
    """Where lines of lead are: they are grey and dark."""
    colours = numpy.asarray(finish(make(GlassRecipe(image_size=384, pieces=60, **fields))).picture, dtype=float)
    return (colours.max(axis=2) - colours.min(axis=2) < 50) & (colours.mean(axis=2) < 130)


@pytest.mark.parametrize("leading", ["cells", "fractal"])
def test_lead_parts_the_picture_into_about_as_many_pieces_as_were_asked_for(leading):
    _, count = ndimage.label(ndimage.binary_erosion(~lead(leading=leading, palette="sunset")))
    assert 30 < count < 150


def test_lead_is_as_wide_as_was_asked_for():
    thin, wide = (lead(lead=width, palette="sunset").mean() for width in (0.6, 1.8))
    assert wide > 1.6 * thin


def test_fractal_leading_has_pieces_of_many_sizes():
    def spread(leading):
        numbers, _ = ndimage.label(ndimage.binary_erosion(~lead(leading=leading, palette="sunset")))
        areas = numpy.bincount(numbers.ravel())[1:]
        areas = areas[areas > 20]
        return areas.std() / areas.mean()

    assert spread("fractal") > 1.2 * spread("cells")


def test_palettes_differ():
    means = {
        palette: tuple(
            numpy.asarray(finish(make(GlassRecipe(image_size=64, palette=palette))).picture)
            .reshape(-1, 3)
            .mean(0)
            .round()
        )
        for palette in ("cathedral", "sunset", "sea", "garden")
    }
    assert len(set(means.values())) == 4
