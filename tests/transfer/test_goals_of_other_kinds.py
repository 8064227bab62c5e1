"""The engine paints towards any goal, and an objective adds up any terms."""

import pytest
import torch

from transfer.engine.checkpoint import key, load, save
from transfer.engine.goal import Goal
from transfer.engine.ladder import fit
from transfer.engine.layout import Layout
from transfer.engine.objective import TiledObjective
from transfer.engine.painter import GoalPainter
from transfer.engine.step import Step
from transfer.features.registry import BACKBONES
from transfer.losses.anchor import AnchorTerm
from transfer.losses.term import FeatureTerm, PixelTerm
from transfer.losses.tv import TotalVariationTerm
from transfer.pausing import finish
from transfer.recipes.style import StyleRecipe

BACKBONE = BACKBONES["vgg19-lite"]


class Quietness(FeatureTerm):
    """Mean squared activations of a layer: a loss that no style transfer has."""

    name = "quietness"

    def __init__(self, layer, places):
        super().__init__({layer: 0.01})
        self.layer, self.places, self.stride = layer, places, BACKBONE.stride(layer)

    def gradient(self, view):
        features, weight = view.features[self.layer].detach(), self.weights[self.layer] / self.places
        core = features[(..., *view.tile.inner(self.stride))]
        return {self.layer: 2 * weight * features}, weight * float(core.square().sum())


class Shade(PixelTerm):
    """How far each pixel is from a grey."""

    name = "shade"

    def __init__(self, grey):
        self.grey = grey

    def whole(self, image, gradient):
        apart = image - self.grey
        gradient += 2 * apart / apart.numel()
        return float(apart.square().mean())


class QuietGrey(Goal):
    """A square of quiet grey, out of noise."""

    smallest_tile = 48**2

    def __init__(self, recipe, network):
        super().__init__(recipe, torch.device("cpu"))
        self.network = network

    def identity(self):
        return ["quiet grey", self.recipe.num_iterations]

    def size(self, rung):
        return fit((100, 80), rung.long_side)

    def layout(self, rung, memory):
        return Layout(7000, False, 1)

    def start(self, rung, below):
        width, height = self.size(rung)
        if below is None:
            return torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(0))
        return torch.nn.functional.interpolate(below, (height, width))

    def objective(self, rung, layout, anchors):
        yield 0.0
        width, height = self.size(rung)
        terms = [Quietness("relu2_1", (width // 2) * (height // 2)), Shade(0.4), AnchorTerm(0.1, anchors)]
        return TiledObjective(self.network, BACKBONE, terms, (width, height), None, layout.tile_pixels)

    def to_cpu(self):
        raise AssertionError("there is memory enough")


@pytest.fixture
def painter(network):
    return GoalPainter(QuietGrey(StyleRecipe(image_size=150, num_iterations=4), network), "ab" * 32, 4)


def test_a_goal_that_is_no_style_transfer_is_painted_rung_by_rung(painter):
    steps = [step for step in painter.steps() if isinstance(step, Step)]
    assert [step.rung.long_side for step in steps] == [128] * 4 + [150] * 4
    assert list(steps[0].losses) == ["total", "quietness", "shade", "anchor"]
    assert steps[3].losses["total"] < steps[0].losses["total"]
    assert steps[-1].ends_render
    assert tuple(steps[-1].image.shape) == (1, 3, 120, 150)


def test_it_goes_on_from_its_checkpoints_and_is_looked_back_on(painter, tmp_path):
    images, states = [], {}
    for step in painter.steps():
        if isinstance(step, Step):
            images.append(step.image)
            save(step.state, tmp_path / str(step.number), painter.key())
            states[step.number] = tmp_path / str(step.number)
    for number in (2, 4, 6):
        rest = painter.steps(resume=load(states[number], painter.key()))
        found = [step.image for step in rest if isinstance(step, Step)]
        assert all(torch.equal(one, other) for one, other in zip(found, images[number:], strict=True))
    (seen,) = painter.finished([load(states[4], painter.key())])
    assert torch.equal(seen.image, images[3])


def test_goals_whose_identities_differ_have_other_keys(painter):
    assert painter.key() == key(["quiet grey", 4]) != key(["quiet grey", 5])


@pytest.mark.parametrize("normalises", [False, True])
def test_terms_of_any_sort_are_as_exact_in_tiles_as_in_one_piece(exact_network, normalises):
    generator = torch.Generator().manual_seed(1)
    image = torch.rand(1, 3, 78, 94, generator=generator, dtype=torch.float64)
    found = []
    for tile_pixels in (None, 4600):
        terms = [Quietness("relu3_1", 23 * 19), Quietness("relu1_1", 94 * 78), TotalVariationTerm(0.3), Shade(0.5)]
        terms[1].name = "more quietness"
        made = TiledObjective(exact_network, BACKBONE, terms, (94, 78), None, tile_pixels, normalises)
        gradient = torch.empty_like(image)
        found.append((len(made.tiles), finish(made.gradient(image, gradient)), gradient))
    (one, losses, gradient), (several, tiled, other) = found
    assert one == 1 < several
    assert tiled.values() == pytest.approx(losses.values(), rel=1e-9)
    assert (gradient - other).norm() <= 1e-9 * gradient.norm()


def test_the_share_that_is_done_rises_with_every_tile_and_stays_below_all(painter):
    (objective,) = [finish(painter.goal.objective(rung, Layout(4600, False, 1), [])) for rung in painter.rungs[-1:]]
    image = painter.goal.start(painter.rungs[-1], None)
    shares = list(objective.gradient(image, torch.empty_like(image)))
    assert len(shares) == len(objective.tiles) - 1 > 3
    assert shares == sorted(set(shares))
    assert shares[0] > 0
    assert shares[-1] < 1
