"""Where each place of a frame was a frame before is found, and what cannot be found is not trusted."""

import pytest
import torch
from torch.nn import functional

from transfer.film.flow import carried, flow, trust


def scene(height=72, width=96, seed=0):
    """A picture with structure at several sizes, (1, 3, H, W)."""
    generator, found = torch.Generator().manual_seed(seed), torch.zeros(1, 3, height, width)
    for cell in (24, 12, 6):
        noise = torch.rand(1, 3, height // cell, width // cell, generator=generator)
        found += cell / 42 * functional.interpolate(noise, (height, width), mode="bicubic")
    return found.clamp(0, 1)


def window(picture, across, down, size=(56, 80)):
    """What a window of that size shows whose corner is there, between pixels too."""
    along = torch.tensor([across, down]).view(1, 2, 1, 1).expand(1, 2, *picture.shape[2:])
    return carried(picture, along)[..., : size[0], : size[1]]


@pytest.mark.parametrize(("across", "down"), [(0.0, 0.0), (1.5, 0.5), (-2.0, 1.0), (6.0, -3.0)])
def test_the_movement_of_a_camera_is_found(across, down):
    picture = scene()
    last, now = window(picture, 8, 6), window(picture, 8 + across, 6 + down)
    found = flow(last, now)[..., 8:-8, 8:-8]

    assert (found - torch.tensor([across, down]).view(1, 2, 1, 1)).abs().mean() < 0.15


def test_a_zoom_is_found():
    picture = scene()
    larger = functional.interpolate(picture, scale_factor=1.04, mode="bicubic", align_corners=False)
    top, left = ((larger.shape[side] - picture.shape[side]) // 2 for side in (2, 3))
    now = larger[..., top : top + 72, left : left + 96].clamp(0, 1)
    moved = carried(picture, flow(picture, now))

    assert (moved - now)[..., 6:-6, 6:-6].abs().mean() < 0.25 * (picture - now)[..., 6:-6, 6:-6].abs().mean()


def test_what_comes_into_view_is_not_trusted_and_the_rest_is():
    picture = scene()
    last, now = window(picture, 0, 6), window(picture, 6, 6)
    sure = trust(last, now, flow(last, now), flow(now, last))

    assert sure[..., -4:].mean() < 0.2
    assert sure[..., 8:-12].mean() > 0.9


def test_another_scene_is_not_trusted():
    last, now = scene(), 1 - scene(seed=1)
    assert trust(last, now, flow(last, now), flow(now, last)).mean() < 0.3


def test_flat_frames_stand_still():
    flat = torch.full((1, 3, 40, 48), 0.4)
    assert flow(flat, flat).abs().max() < 1e-4
    assert trust(flat, flat, flow(flat, flat), flow(flat, flat)).min() > 0.99


def test_what_is_flat_moves_with_what_it_lies_between():
    picture = scene()
    picture[..., 24:48, :] = 0.5
    found = flow(window(picture, 8, 6), window(picture, 10, 6))[..., 22:38, 10:-10]

    assert (found - torch.tensor([2.0, 0.0]).view(1, 2, 1, 1)).abs().mean() < 0.3


def test_where_one_thing_moves_past_another_is_not_trusted():
    ground, thing = scene()[..., :56, :80], scene(seed=2)[..., :24, :24]
    last, now = ground.clone(), ground.clone()
    last[..., 16:40, 20:44] = thing
    now[..., 16:40, 25:49] = thing
    sure = trust(last, now, flow(last, now), flow(now, last))

    assert sure[..., 20:36, 20:24].mean() < 0.3
    assert sure[..., 20:36, 62:].mean() > 0.9
