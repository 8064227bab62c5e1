"""A dream sees more in a picture than was there: of what is in it, of what it is asked for, of what a guide shows."""

import pytest
import torch
from PIL import Image, ImageDraw

from tests.transfer.dreams import QUICK, dreaming, dreamt
from transfer.images import to_tensor
from transfer.tiling.grid import grid
from transfer.tiling.tiles import GuidedImage, View


def seen(network, image):
    """The features at relu3_1 as VGG-19 would have them, (256, h, w)."""
    size = (image.shape[3], image.shape[2])
    view = View(network, GuidedImage(image), grid(size, 4, 0).tiles[0])
    return network.heads["relu3_1"](view.features["relu3_1"])[0]


def test_its_loss_begins_near_one_half_and_falls(network, content):
    losses = [step.losses["dream"] for step in dreaming(network, content, QUICK.with_changes(octave_iter=6))]

    assert losses[0] == pytest.approx(0.5, abs=0.1)
    assert losses[5] < 0.6 * losses[0]


def test_a_channel_that_is_asked_for_grows_more_than_it_does_otherwise(network, content):
    recipe = QUICK.with_changes(image_size=64, octave_iter=6)
    without = seen(network, dreamt(network, content, recipe))

    for channel in (7, 200):
        asked = seen(network, dreamt(network, content, recipe.with_changes(channels=(channel,))))
        assert asked[channel].mean() > without[channel].mean()


def test_a_guide_draws_the_dream_towards_what_it_shows(network, content):
    stripes = Image.new("RGB", (96, 96), "white")
    for place in range(0, 96, 8):
        ImageDraw.Draw(stripes).rectangle((place, 0, place + 3, 96), fill="black")
    recipe = QUICK.with_changes(image_size=64, octave_iter=6)

    def likeness(image):
        """The mean of the largest cosines between places of an image and of the stripes."""
        own, other = (seen(network, each).flatten(1) for each in (image, to_tensor(stripes)))
        centre = seen(network, to_tensor(content)).flatten(1).mean(1, keepdim=True)
        own, other = (torch.nn.functional.normalize(each - centre, dim=0) for each in (own, other))
        return float((own.T @ other).max(dim=1).values.mean())

    assert likeness(dreamt(network, content, recipe, stripes)) > likeness(dreamt(network, content, recipe)) + 0.02


def test_a_picture_of_one_colour_dreams_as_well_and_everywhere(network):
    found = dreamt(network, Image.new("RGB", (96, 72), "#7090a0"), QUICK.with_changes(jitter=0))
    assert torch.isfinite(found).all()

    found = dreamt(network, Image.effect_noise((96, 72), 3).convert("RGB"), QUICK.with_changes(octave_iter=8))
    thirds = [part.std() for part in found.chunk(3, dim=3)]
    assert min(thirds) > 0.05


def test_bound_colours_leave_the_pictures_colours_more_alone(network, content):
    def strayed(natural):
        image = dreamt(network, content, QUICK.with_changes(natural_colors=natural))
        change = image - torch.nn.functional.interpolate(to_tensor(content), image.shape[2:], mode="bilinear")
        return float((change - change.mean(dim=1, keepdim=True)).abs().mean())

    assert strayed(1.0) < 0.6 * strayed(0.0)
