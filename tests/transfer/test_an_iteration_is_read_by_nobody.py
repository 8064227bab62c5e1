"""An iteration that a GPU records is a function of tensors: the host reads none of them, so its trace is complete."""

import pytest
import torch
from torch._subclasses.fake_tensor import DataDependentOutputException, DynamicOutputShapeException, FakeTensorMode
from torch.fx.experimental.proxy_tensor import make_fx

from tests.transfer.conftest import objective_of
from tests.transfer.plainly import scene
from transfer import devices
from transfer.engine.ladder import Rung
from transfer.engine.objective import obstacle
from transfer.engine.optimisers import PixelAdam
from transfer.engine.recorded import Iteration, RecordedPainting
from transfer.losses.anchor import Anchor
from transfer.losses.term import PixelTerm
from transfer.recipes.style import StyleRecipe
from transfer.style.grey import GreyObjective

SIZE, STYLE_SIZES = (61, 47), ((53, 41), (40, 47))
RUNG = Rung(1, 61, 30, 0.01)


class Reading(PixelTerm):
    """A term that reads the image."""

    name = "reading"

    def whole(self, image, gradient):
        return 1.0 if float(image.mean()) > 0.2 else 0.0


@pytest.fixture(autouse=True)
def as_on_a_gpu(monkeypatch):
    """The way that a GPU takes, on a processor."""
    monkeypatch.setattr(devices, "is_cuda", lambda device: True)


@pytest.fixture
def painting(network):
    """A recorded painting above a smaller rung, of two styles unless it is told otherwise."""

    def begun(regions=False, tile_pixels=None, wrapped=lambda objective: objective, **fields):
        content, styles, image = scene(torch.float32, SIZE, STYLE_SIZES, regions)
        below = torch.nn.functional.avg_pool2d(content.image, 2)
        anchors = [Anchor.of(below, 0.5), Anchor.of(below, 1.0, 3.0)]
        recipe = StyleRecipe(**fields)
        made = objective_of(network, recipe, content, styles, anchors, RUNG, tile_pixels)
        return RecordedPainting(wrapped(made), PixelAdam(image, 0.01), RUNG, 0)

    return begun


def traced(painting):
    """The operations of an iteration, once everything that is made once is there."""
    iterate = Iteration(painting, painting.adam)
    iterate()

    def function(image, first, second, steps, rate, average, sound, is_sound, gradient):
        adam = iterate.adam
        adam.image, adam.first, adam.second, adam.steps, adam.learning_rate = image, first, second, steps, rate
        iterate.average.sum, iterate.sound, iterate.is_sound, iterate.gradient = average, sound, is_sound, gradient
        iterate()
        return iterate.row, image

    adam = iterate.adam
    state = adam.image, adam.first, adam.second, adam.steps, adam.learning_rate
    state += iterate.average.sum, iterate.sound, iterate.is_sound, iterate.gradient
    with FakeTensorMode(allow_non_fake_inputs=True) as mode:  # tensors without numbers: there is nothing to be read
        graph = make_fx(function)(*map(mode.from_tensor, state)).graph
    return [str(node.target) for node in graph.nodes if node.op == "call_function"]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"regions": True},
        {"style_loss": "gram", "texture_weight": 0},
        {"tile_pixels": 2600, "wrapped": GreyObjective},
    ],
    ids=str,
)
def test_nothing_is_read_and_nothing_is_decided(painting, settings):
    made = painting(**settings)
    assert obstacle(made.objective) == ""
    assert len(traced(made)) > 200


def test_a_term_that_reads_the_image_is_found_out(painting):
    made = painting()
    made.objective.pixel_terms.append(Reading())
    made.objective.terms = (*made.objective.terms, Reading())
    with pytest.raises(DataDependentOutputException):
        traced(made)


def test_a_size_that_depends_on_numbers_is_found_out(painting, monkeypatch):
    made = painting()
    monkeypatch.setattr(devices, "is_cuda", lambda device: False)  # eigenvalues above a floor are kept
    with pytest.raises(DynamicOutputShapeException):
        traced(made)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"normalize_gradients": True}, "its gradients are normalised"),
        ({"regions": True, "tile_pixels": 2600}, "its regions are viewed in tiles"),
    ],
    ids=str,
)
def test_what_cannot_be_recorded_says_why(painting, settings, reason):
    assert obstacle(painting(**settings).objective) == reason
