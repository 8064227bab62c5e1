import dataclasses
import shutil

import pytest
import torch
from safetensors.torch import load_file, save_file

from transfer.distill.deep import distill_deep
from transfer.distill.deep_plan import DeepPlan
from transfer.errors import WeightsError
from transfer.features.network import file_sha256, provenance
from transfer.features.registry import BACKBONES

pytestmark = pytest.mark.slow

BACKBONE = BACKBONES["vgg16-lite"]


class Stop(Exception):
    pass


@pytest.fixture(scope="module")
def run(tmp_path_factory, gallery_of_twelve, vgg16_state):
    """A short training, after which its checkpoint of step 4 is there too: its plan, what it said, what it found."""
    folder = tmp_path_factory.mktemp("deep")
    save_file(vgg16_state("relu5_1"), folder / "teacher.safetensors")
    plan = DeepPlan(
        teacher=folder / "teacher.safetensors",
        images=gallery_of_twelve,
        output=folder / "made" / "lite16.safetensors",
        checkpoint=folder / "lite16.checkpoint",
        steps=8,
        batch=1,
        side=32,
        lessons=2,
    )
    lines = []

    def report(line):
        lines.append(line)
        if line.startswith("step 4/"):
            shutil.copy(plan.checkpoint, folder / "step4.checkpoint")

    return plan, lines, distill_deep(plan, report)


def test_it_reports_after_each_round_and_says_what_is_unexplained(run):
    _, lines, found = run
    assert [line.split()[1] for line in lines if line.startswith("step ")] == ["4/8", "8/8"]
    assert set(found) == set(BACKBONE.style_layers)
    assert all(0 < value < 10 for value in found.values())


def test_the_file_is_small_loads_and_says_what_it_was_made_from(run):
    plan, _, found = run
    network = BACKBONE.load(("relu5_1",), plan.output).frozen()
    assert all(parameter.isfinite().all() for parameter in network.parameters())
    facts = provenance(plan.output)
    assert plan.output.stat().st_size < 3_010_000
    assert facts["teacher_sha256"] == file_sha256(plan.teacher)
    assert facts["residual_energy"] == {layer: round(value, 4) for layer, value in found.items()}
    assert [path.name for path in plan.output.parent.iterdir()] == ["lite16.safetensors"]


def test_an_interrupted_training_ends_with_the_weights_of_one_that_was_not(run, tmp_path):
    plan = dataclasses.replace(run[0], output=tmp_path / "a.safetensors", checkpoint=tmp_path / "a.checkpoint")
    shutil.copy(run[0].checkpoint.with_name("step4.checkpoint"), plan.checkpoint)
    lines = []
    distill_deep(plan, lines.append)
    assert any(line.startswith("going on from step 4") for line in lines)
    resumed, straight = load_file(plan.output), load_file(run[0].output)
    for name, value in straight.items():
        assert torch.equal(resumed[name], value), name


def test_a_damaged_checkpoint_is_refused_by_name(run, tmp_path):
    plan = dataclasses.replace(run[0], checkpoint=tmp_path / "a.checkpoint")
    plan.checkpoint.write_bytes(b"damaged")
    with pytest.raises(WeightsError, match=r"a\.checkpoint is not a checkpoint of this training"):
        distill_deep(plan, lambda line: None)


def test_a_teacher_that_ends_too_early_is_refused(run, tmp_path, vgg16_state):
    save_file(vgg16_state("relu4_1"), tmp_path / "shallow.safetensors")
    plan = dataclasses.replace(run[0], teacher=tmp_path / "shallow.safetensors", checkpoint=tmp_path / "a.checkpoint")
    with pytest.raises(WeightsError, match="ends before relu4_2"):
        distill_deep(plan, lambda line: None)
