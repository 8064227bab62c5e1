import numpy
import pytest
import torch
from PIL import Image

from transfer.images import as_floats, enlarged, scaled, scaled_bytes, to_picture, to_tensor


@pytest.fixture
def every_level():
    """A picture that holds each of the 256 levels in each channel."""
    levels = numpy.arange(256, dtype=numpy.uint8).reshape(16, 16)
    return Image.fromarray(numpy.stack([levels, levels[::-1], levels.T], 2))


def test_a_picture_comes_back_exactly_from_its_tensor(every_level):
    back = to_picture(to_tensor(every_level))
    assert back.mode == "RGB"
    assert numpy.array_equal(numpy.asarray(back), numpy.asarray(every_level))


def test_a_tensor_has_the_rows_and_columns_of_its_picture(content):
    tensor = to_tensor(content)
    assert tensor.shape == (1, 3, content.height, content.width)
    assert tensor.dtype == torch.float32
    for x, y in ((0, 0), (95, 0), (40, 71)):
        assert tensor[0, :, y, x].mul(255).round().tolist() == list(content.getpixel((x, y)))


def test_black_is_nothing_and_white_is_everything():
    assert to_tensor(Image.new("RGB", (2, 2), "black")).max() == 0
    assert to_tensor(Image.new("RGB", (2, 2), "white")).min() == 1


def test_values_outside_are_clamped_and_others_rounded():
    values = torch.tensor([-0.5, 1.5, 0.499 / 255, 0.501 / 255]).view(1, 1, 1, 4).expand(1, 3, 1, 4)
    assert [pixel[0] for pixel in numpy.asarray(to_picture(values))[0].tolist()] == [0, 255, 0, 1]


def test_a_picture_can_be_made_from_a_tensor_that_wants_a_gradient():
    assert to_picture(torch.rand(1, 3, 4, 6, requires_grad=True)).size == (6, 4)


def test_scaling_gives_the_width_and_height_asked_for(content):
    assert scaled(content, (50, 31)).shape == (1, 3, 31, 50)
    assert torch.equal(scaled(content, content.size), to_tensor(content))


def test_enlarging_gives_the_width_and_height_asked_for_and_stays_in_range():
    board = ((torch.arange(8)[:, None] + torch.arange(9)) % 2).expand(1, 3, 8, 9).float()
    larger = enlarged(board, (25, 20))
    assert larger.shape == (1, 3, 20, 25)
    assert larger.min() >= 0
    assert larger.max() <= 1


def test_enlarging_keeps_what_the_picture_shows(content):
    small = scaled(content, (48, 36))
    back = torch.nn.functional.avg_pool2d(enlarged(small, (96, 72)), 2)
    assert (back - small).abs().mean() < 0.02


def test_bytes_and_floats_are_the_same_image_and_floats_stay_as_they_are(every_level):
    floats = to_tensor(every_level)
    assert torch.equal(as_floats(scaled_bytes(every_level, every_level.size)), floats)
    assert torch.equal(as_floats(scaled_bytes(every_level, every_level.size), torch.float64).float(), floats)
    assert as_floats(floats) is floats
    assert as_floats(floats, torch.float64).dtype == torch.float64
