"""What a thread has resized for the next size is what would have been resized then."""

import pytest
import torch

from tests.transfer.conftest import scenery
from transfer.engine.ladder import rungs
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.style.scene import Scene

RECIPE, CPU = StyleRecipe(image_size=256, regions="automatic"), torch.device("cpu")
LOWER, UPPER, *_ = rungs(RECIPE)


@pytest.fixture
def scene():
    inputs = StyleInputs(scenery(200, 150), (scenery(180, 190),))
    return Scene(inputs.prepared(RECIPE), RECIPE, torch.float32)


def tensors(scene, rung):
    content, styles = scene.content(rung, CPU), scene.styles(rung, CPU)
    return [each for picture in (content, *styles) for each in (picture.image, picture.guide)]


def test_it_is_the_same_pictures_and_regions(scene):
    expected = tensors(scene, UPPER)
    scene.prepare(UPPER)
    found = tensors(scene, UPPER)
    assert all(torch.equal(one, other) for one, other in zip(found, expected, strict=True))
    assert tensors(scene, UPPER)[0] is found[0]


def test_another_size_is_resized_when_it_is_asked_for(scene):
    expected = tensors(scene, LOWER)
    scene.prepare(UPPER)
    assert all(torch.equal(one, other) for one, other in zip(tensors(scene, LOWER), expected, strict=True))


def test_what_goes_wrong_in_the_thread_is_told_to_whoever_asks(scene, monkeypatch):
    def fails(*_):
        raise MemoryError

    monkeypatch.setattr(Scene, "_content", fails)
    scene.prepare(UPPER)
    with pytest.raises(MemoryError):
        scene.content(UPPER, CPU)
