"""On one GPU, equal renders have equal bytes, recorded or not: run where there is a GPU, `--noconftest` will do."""

import pytest
import torch

from benchmarks.drawings import brush, village
from transfer.engine import capture
from transfer.engine.step import Step
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.instant.render import render
from transfer.kinds import DREAM, INSTANT, TEXTURE, VARIATION
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU here")
GPU = torch.device("cuda")
CONTENT, STYLES = village((256, 192)), (brush((300, 240)), village((240, 240)))
MANY_TILES = 700 * 2**20  # bytes in which 512 px do not fit as a whole


def painted(memory=None, styles=1, **fields):
    """The picture of a short render on the GPU."""
    recipe = StyleRecipe(**{"image_size": 181, "num_iterations": 12, **fields})
    inputs = StyleInputs(CONTENT, STYLES[:styles])
    *_, last = (step for step in render(inputs, recipe, network_for(recipe, GPU), memory) if isinstance(step, Step))
    return to_picture(last.image)


STYLE_RENDERS = {
    "default": {},
    "two styles": {"styles": 2},
    "regions": {"regions": "automatic"},
    "tiles": {"memory": MANY_TILES, "image_size": 512},
    "regions in tiles": {"memory": MANY_TILES, "image_size": 512, "regions": "automatic"},
    "around": {"wrap": "both"},
    "gram": {"style_loss": "gram"},
    "lbfgs": {"optimizer": "lbfgs"},
    "normalised": {"normalize_gradients": True},
    "original colours": {"original_colors": True},
}


@pytest.mark.parametrize("fields", STYLE_RENDERS.values(), ids=STYLE_RENDERS)
def test_a_style_render_is_the_same_twice(fields):
    assert painted(**fields).tobytes() == painted(**fields).tobytes()


@pytest.mark.parametrize("fields", [{}, {"styles": 2}, {"regions": "automatic"}], ids=str)
def test_one_whose_iterations_are_recorded_is_one_whose_are_not(monkeypatch, fields):
    recorded = painted(**fields)
    monkeypatch.setenv(capture.VARIABLE, "0")
    assert recorded.tobytes() == painted(**fields).tobytes()


OTHER_KINDS = {
    "dream": (DREAM, {"image_size": 181}),
    "instant": (INSTANT, {"image_size": 256, "iterations": 4}),
    "texture": (TEXTURE, {"image_size": 181, "num_iterations": 12}),
    "variation": (VARIATION, {"image_size": 128}),
}


@pytest.mark.parametrize(("kind", "fields"), OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_work_of_other_kinds_is_the_same_twice(kind, fields):
    roles = {takes.role for takes in kind.takes if takes.least}
    pictures = {Role.CONTENT: CONTENT, Role.STYLE: STYLES[0]}
    given = Inputs(tuple(Input(role, place, pictures[role]) for place, role in enumerate(sorted(roles))))

    def found():
        *_, last = (s for s in kind.painter_of(given, kind.recipe(**fields), GPU).steps() if isinstance(s, Step))
        return to_picture(last.image).tobytes()

    assert found() == found()
