"""A plan says how much memory and time a render takes, before anything starts."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transfer.conftest import scenery, strokes
from transfer.engine.ladder import rungs
from transfer.errors import PlanError
from transfer.inputs import Role
from transfer.memory import parsed
from transfer.planning.planner import Speed, layout
from transfer.recipes.style import StyleRecipe
from transfer.style.planner import plan

MIB = 2**20
SPEED = Speed(iteration=0.01, look=1e-7, paint=5e-7)
sizes = st.tuples(st.integers(64, 6000), st.integers(64, 6000)).filter(lambda size: max(size) <= 20 * min(size))


def planned(image_size, memory, content=(1024, 768), speed=None, **fields):
    recipe = StyleRecipe(image_size=image_size, **fields)
    given = {Role.CONTENT: [content], Role.STYLE: [(900, 700)]}
    return plan(recipe, given, 2, None if memory is None else memory * MIB, speed)


@settings(max_examples=30, deadline=None)
@given(sizes, st.integers(64, 6000), st.integers(500, 8000), st.sampled_from(["vgg19-lite", "vgg19"]))
def test_a_plan_keeps_to_its_memory_or_is_refused(content, image_size, memory, backbone):
    try:
        found = planned(image_size, memory, content, backbone=backbone)
    except PlanError:
        return
    assert found.memory <= memory * MIB


@pytest.mark.parametrize(
    "fields", [{}, {"backbone": "vgg19"}, {"optimizer": "lbfgs"}, {"regions": "automatic"}], ids=str
)
@pytest.mark.parametrize("image_size", [1024, 4096, 8192])
def test_the_memory_that_a_refusal_names_is_enough(image_size, fields):
    with pytest.raises(PlanError) as refusal:
        planned(image_size, 320, **fields)
    asked = rf"{image_size:,} px needs ([\d.]+ [GM]iB); this machine allows 320 MiB\. (Try \d+|Choose a smaller size)\."
    memory = parsed(re.fullmatch(asked, str(refusal.value))[1]) // MIB + 1

    assert planned(image_size, memory, **fields).memory <= memory * MIB


def test_the_size_that_a_refusal_proposes_fits():
    with pytest.raises(PlanError) as refusal:
        planned(16384, 2000)

    assert planned(int(re.search(r"Try (\d+)\.", str(refusal.value))[1]), 2000).memory <= 2000 * MIB


def test_how_a_rung_is_painted_does_not_depend_on_where_the_render_ends():
    small, large = StyleRecipe(image_size=1448), StyleRecipe(image_size=5793)
    for one, other in zip(rungs(small), rungs(large), strict=False):
        assert layout(small, one, (1000, 800), 2, 2000 * MIB) == layout(large, other, (1000, 800), 2, 2000 * MIB)


def test_a_poster_of_4096_px_fits_into_two_and_a_half_gibibytes_and_visits_a_fifth_more_at_most():
    found = planned(4096, 2560, (1000, 1000))
    assert found.rungs[-1].size == (4096, 4096)
    assert found.rungs[-1].overdraw <= 1.2


def test_8192_px_fit_into_two_and_a_half_gibibytes_and_six_images():
    images = 6 * 12 * 8192**2 // MIB
    assert planned(8192, 2560 + images, (1000, 1000), speed=SPEED).seconds > 600


def test_less_memory_means_more_tiles_and_more_time():
    plenty, little = (planned(2896, memory, speed=SPEED) for memory in (6000, 1500))
    assert little.rungs[-1].tiles > plenty.rungs[-1].tiles
    assert little.seconds > plenty.seconds
    assert little.memory < plenty.memory


def test_without_a_known_speed_nothing_is_said_about_time():
    assert planned(512, 2000).seconds is None


def test_what_a_render_really_takes_is_what_was_planned(tmp_path, run_python):
    """In a separate process: at most a tenth more than planned, and not much less."""
    content, style = tmp_path / "content.png", tmp_path / "style.png"
    scenery(900, 900).save(content)
    strokes(700, 700).save(style)
    words = ["stylize", str(content), str(style), "-o", str(tmp_path / "out.png"), "--image-size", "1024"]
    words += ["--num-iterations", "2", "--memory", "1200MiB"]
    peak = int(run_python("-m", "benchmarks.peak", *words).stdout)
    width = 2 if "bfloat16" in _described() else 4
    given = {Role.CONTENT: [(900, 900)], Role.STYLE: [(700, 700)]}
    wanted = plan(StyleRecipe(image_size=1024, num_iterations=2), given, width, 1200 * MIB)
    assert wanted.rungs[-1].tiles > 1
    assert peak <= 1.1 * wanted.memory
    assert peak >= wanted.memory / 1.35


def _described():
    import torch

    from transfer.devices import describe

    return describe(torch.device("cpu"))


def test_a_narrow_picture_and_little_memory_are_refused_like_any_other():
    with pytest.raises(PlanError, match="this machine allows 600 MiB"):
        planned(6000, 600, (6000, 300), backbone="vgg19")
