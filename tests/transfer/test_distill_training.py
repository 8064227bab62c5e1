import dataclasses
import json
import re

import pytest
import torch

from transfer.distill.corpus import Corpus
from transfer.distill.start import CONVOLUTIONS
from transfer.distill.train import TrainingPlan, _fresh, _steps, distill
from transfer.errors import PictureError, WeightsError
from transfer.features import vgg19
from transfer.features.network import file_sha256, provenance
from transfer.features.registry import BACKBONES
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

pytestmark = pytest.mark.slow

STEPS = 40


@pytest.fixture(scope="module")
def run(tmp_path_factory, gallery_of_twelve, vgg19_file):
    """A short training: its plan, its output, and its findings."""
    folder = tmp_path_factory.mktemp("training")
    plan = TrainingPlan(
        teacher=vgg19_file,
        images=gallery_of_twelve,
        output=folder / "made" / "lite.safetensors",
        checkpoint=folder / "lite.checkpoint",
        steps=STEPS,
        batch=4,
        crop=32,
        report_every=10,
    )
    lines = []
    found = distill(plan, lines.append)
    return plan, lines, found


def test_it_reports_how_far_it_is(run):
    lines = [line for line in run[1] if line.startswith("step ")]
    assert [line.split()[1] for line in lines] == [f"{step}/{STEPS}" for step in range(10, STEPS + 1, 10)]


def test_a_short_run_ends_hardly_worse_than_it_starts_on_pictures_that_it_never_saw(run, tmp_path):
    plan, _, found = run
    untouched = dataclasses.replace(plan, steps=0, output=tmp_path / "a.safetensors", checkpoint=tmp_path / "a.ckpt")
    start = distill(untouched, lambda line: None)
    assert found != start
    for layer in start:
        assert found[layer] < 1.02 * start[layer]


def test_from_random_weights_the_loss_falls_in_all_and_for_the_features_of_every_layer(run):
    plan = run[0]
    training, corpus = _fresh(plan.device), Corpus(plan.images)
    reports = [
        {name: float(value) for name, value in re.findall(r"(relu\d_\d \w+) (\d+\.\d+)", line)}
        for line in _steps(plan, training, vgg19.load(plan.teacher, CONVOLUTIONS).frozen(), corpus)
    ]
    first, last = reports[0], reports[-1]
    assert len(first) == 9
    for name in first:
        if name.endswith("features"):
            assert last[name] < first[name]
    assert sum(last.values()) < sum(first.values())


def test_the_file_is_small_and_loads_as_the_network_that_it_is(run, content, style):
    path = run[0].output
    assert path.stat().st_size < 2_000_000
    network = BACKBONES["vgg19-lite"].load(("relu1_1",), path).frozen()
    assert all(parameter.isfinite().all() for parameter in network.parameters())
    steps = list(render(StyleInputs(content, (style,)), StyleRecipe(image_size=64, num_iterations=2), network))
    assert steps[-1].image.isfinite().all()


def test_the_file_says_what_it_was_made_from(run):
    plan, _, found = run
    facts = provenance(plan.output)
    assert facts["network"] == "vgg19-lite"
    assert facts["teacher_sha256"] == file_sha256(plan.teacher)
    assert facts["steps"] == STEPS
    assert facts["batch"].startswith("4 crops of 32 px")
    assert facts["residual_energy"] == {layer: round(value, 4) for layer, value in found.items()}
    assert json.dumps(facts)


def test_what_is_unexplained_is_given_for_every_layer(run):
    found = run[2]
    assert set(found) == set(BACKBONES["vgg19-lite"].layers)
    assert all(0 < value < 10 for value in found.values())


def test_nothing_half_written_is_left(run):
    assert [path.name for path in run[0].output.parent.iterdir()] == ["lite.safetensors"]


def test_a_teacher_that_ends_too_early_is_refused(run, tmp_path, vgg19_state, gallery_of_twelve):
    torch.save(vgg19_state("relu2_1"), tmp_path / "shallow.pth")
    plan = TrainingPlan(
        tmp_path / "shallow.pth", gallery_of_twelve, tmp_path / "a.safetensors", tmp_path / "a.checkpoint"
    )
    with pytest.raises(WeightsError, match="relu2_2"):
        distill(plan, lambda line: None)


def test_a_folder_without_pictures_is_refused(tmp_path, vgg19_file):
    plan = TrainingPlan(vgg19_file, tmp_path, tmp_path / "a.safetensors", tmp_path / "a.checkpoint")
    with pytest.raises(PictureError, match="holds 0 pictures"):
        distill(plan, lambda line: None)
