"""What is highest and lowest around each cell is what SciPy's filters find."""

import numpy
import pytest
from scipy import ndimage

from transfer.synthesis.fields.windows import highest, lowest


@pytest.mark.parametrize("wraps", [False, True])
@pytest.mark.parametrize("shape", [(9, 14), (1, 5), (6, 1), (2, 2)])
@pytest.mark.parametrize("kind", [numpy.float32, numpy.int64, numpy.bool_])
def test_they_agree(kind, shape, wraps):
    field = (numpy.random.default_rng(3).random(shape) * 9 - 4).astype(kind)
    modes = ("nearest", "wrap" if wraps else "nearest")

    assert numpy.array_equal(highest(field, wraps), ndimage.maximum_filter(field, 3, mode=modes))
    assert numpy.array_equal(lowest(field, wraps), ndimage.minimum_filter(field, 3, mode=modes))
