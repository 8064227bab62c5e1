import numpy
import pytest

from transfer.pausing import finish
from transfer.synthesis.patterns.clouds import make
from transfer.synthesis.recipes.clouds import CloudsRecipe


def levels(**fields):
    return finish(make(CloudsRecipe(image_size=256, **fields))).height.astype(float) / 65535


def test_more_scale_has_smaller_clouds():
    steps = [numpy.abs(numpy.diff(levels(scale=scale, roughness=0.2))).mean() for scale in (2, 8, 32)]
    assert steps == sorted(steps)


def test_more_roughness_has_more_detail():
    steps = [numpy.abs(numpy.diff(levels(roughness=roughness))).mean() for roughness in (0.2, 0.5, 0.8)]
    assert steps == sorted(steps)


def test_more_contrast_has_more_black_and_white():
    ends = [numpy.mean((clouds == 0) | (clouds == 1)) for clouds in (levels(contrast=each) for each in (0.5, 1, 3))]
    assert ends[0] < 0.01 < ends[2]
    assert ends == sorted(ends)


@pytest.mark.parametrize("seed", range(3))
def test_no_lattice_is_seen(seed):
    """Along the rows, and along the diagonals, clouds change as much."""
    clouds = levels(seed=seed, scale=8, roughness=0.3)
    straight = (numpy.abs(clouds[2:] - clouds[:-2]).mean() + numpy.abs(clouds[:, 2:] - clouds[:, :-2]).mean()) / 4
    diagonal = numpy.abs(clouds[1:, 1:] - clouds[:-1, :-1]).mean() / 2**0.5
    assert straight == pytest.approx(diagonal, rel=0.1)


def test_grey_clouds_are_grey_and_the_sky_is_blue():
    grey, sky = (
        numpy.asarray(finish(make(CloudsRecipe(image_size=64, colour=colour))).picture, dtype=float)
        for colour in ("grey", "sky")
    )
    assert (grey[..., 0] == grey[..., 2]).all()
    assert sky[..., 2].mean() > sky[..., 0].mean() + 20
