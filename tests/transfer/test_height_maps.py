"""A height map is the lightness of a picture, as fine as 16 bits allow."""

import io

import numpy
import torch
from PIL import Image

from transfer.images import RGB_TO_YIQ
from transfer.style.height import height_map


def read(image: torch.Tensor) -> numpy.ndarray:
    with Image.open(io.BytesIO(height_map(image))) as found:
        assert found.mode == "I;16"
        return numpy.asarray(found).astype(int)


def ramp(lowest: float, highest: float, size: tuple[int, int] = (100, 100)) -> torch.Tensor:
    return torch.linspace(lowest, highest, size[0] * size[1]).reshape(1, 1, *size).expand(1, 3, *size)


def test_it_reaches_from_the_lowest_level_to_the_highest_whatever_the_contrast() -> None:
    found = read(ramp(0.4, 0.6))

    assert (found.min(), found.max()) == (0, 65535)


def test_a_slope_has_no_terraces() -> None:
    found = read(ramp(0.1, 0.9)).ravel()

    assert len(numpy.unique(found)) > 9_900
    assert numpy.diff(found).max() <= 8


def test_what_is_lighter_is_higher() -> None:
    image = torch.rand(1, 3, 24, 32, generator=torch.Generator().manual_seed(3))
    luma = torch.einsum("c,chw->hw", RGB_TO_YIQ[0], image[0]).numpy()

    found = read(image)

    assert found.shape == (24, 32)
    assert (numpy.diff(found.ravel()[numpy.argsort(luma.ravel())]) >= -1).all()


def test_a_picture_of_one_lightness_is_flat() -> None:
    assert (read(torch.full((1, 3, 8, 8), 0.7)) == 0).all()
