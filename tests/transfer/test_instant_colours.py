"""The content's colours become the styles' before an instant picture is painted of them."""

import pytest
import torch

from tests.transfer.conftest import scenery, strokes
from transfer.features.moments import moments
from transfer.images import scaled_bytes
from transfer.instant.colours import recoloured, recolouring
from transfer.tiling.tiles import GuidedImage

CONTENT, STYLE = (scaled_bytes(picture, (48, 48)) for picture in (scenery(48, 48), strokes(48, 48)))


def by(content, *styles, guide=None, style_guides=(), blend=None, moved=1.0):
    """A content's picture in the colours of styles."""
    guides = style_guides or (None,) * len(styles)
    seen = [GuidedImage(style, own) for style, own in zip(styles, guides, strict=True)]
    maps = recolouring(GuidedImage(content, guide), seen, blend or (1.0,) * len(styles), moved)
    return recoloured(content.double() / 255, guide, maps)


def colours(image):
    found = moments(image.double())
    return torch.cat([found.mean, found.covariance.flatten()])


def test_it_has_the_mean_and_nearly_the_covariance_of_the_style():
    found, wanted = colours(by(CONTENT, STYLE)), colours(STYLE / 255)
    assert torch.allclose(found[:3], wanted[:3], atol=1e-6)
    assert (found - wanted).norm() < 0.1 * (colours(CONTENT / 255) - wanted).norm()


def test_half_of_the_way_is_half_of_the_way():
    half, whole = by(CONTENT, STYLE, moved=0.5), by(CONTENT, STYLE)
    assert torch.allclose(half, (CONTENT / 255 + whole) / 2, atol=1e-6)


def test_each_region_takes_the_colours_of_its_own():
    guide = torch.zeros(2, 48, 48, dtype=torch.uint8)
    guide[0, :, :24], guide[1, :, 24:] = 255, 255
    halves = torch.cat([STYLE[..., :24] // 4, 255 - STYLE[..., 24:] // 4], 3)
    found = by(CONTENT, halves, guide=guide, style_guides=(guide,))
    assert found[..., :24].mean() == pytest.approx(float(halves[..., :24].double().mean()) / 255, abs=1e-6)
    assert found[..., 24:].mean() == pytest.approx(float(halves[..., 24:].double().mean()) / 255, abs=1e-6)


def test_what_is_flat_is_not_made_rough():
    flat = torch.full_like(CONTENT, 128)
    flat[..., ::2, ::2] += 1
    assert by(flat, STYLE).std((2, 3)).max() < 0.1


def test_several_styles_count_by_their_weights():
    dark, light = torch.full_like(STYLE, 20), torch.full_like(STYLE, 220)
    assert by(CONTENT, dark, light, blend=(3, 1)).mean() == pytest.approx(70 / 255, abs=1e-6)
