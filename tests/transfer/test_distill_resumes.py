import dataclasses

import pytest
import torch
from safetensors.torch import load_file

from transfer.distill.train import Plan, distill
from transfer.errors import WeightsError
from transfer.features.vgg19_lite import provenance


class Stop(Exception):
    pass


def steps_of(lines):
    return [int(line.split()[1].split("/")[0]) for line in lines if line.startswith("step ")]


@pytest.fixture
def plan(tmp_path, gallery_of_twelve, vgg19_file):
    return Plan(
        teacher=vgg19_file,
        images=gallery_of_twelve,
        output=tmp_path / "lite.safetensors",
        checkpoint=tmp_path / "lite.checkpoint",
        steps=9,
        batch=2,
        crop=32,
        report_every=1,
        checkpoint_every=3,
    )


@pytest.fixture
def interrupted(plan):
    """A training that was stopped at step 7, one step after a checkpoint."""
    lines = []

    def report(line):
        lines.append(line)
        if line.startswith("step 7/"):
            raise Stop

    with pytest.raises(Stop):
        distill(plan, report)
    assert plan.checkpoint.is_file()
    assert not plan.output.exists()
    return plan


def test_an_interrupted_training_goes_on_from_its_checkpoint_to_the_last_step(interrupted):
    lines = []
    distill(interrupted, lines.append)
    assert any(line.startswith("going on from step 6") for line in lines)
    assert steps_of(lines) == [7, 8, 9]
    assert provenance(interrupted.output)["steps"] == 9


def test_an_interrupted_training_ends_with_the_weights_of_one_that_was_not(interrupted, tmp_path):
    distill(interrupted, lambda line: None)
    whole = dataclasses.replace(
        interrupted, output=tmp_path / "whole.safetensors", checkpoint=tmp_path / "whole.checkpoint"
    )
    distill(whole, lambda line: None)
    resumed, straight = load_file(interrupted.output), load_file(whole.output)
    assert resumed.keys() == straight.keys()
    for name in straight:
        assert torch.equal(resumed[name], straight[name]), name


def test_a_finished_training_does_not_train_again(plan):
    distill(plan, lambda line: None)
    before = load_file(plan.output)
    lines = []
    distill(plan, lines.append)
    assert steps_of(lines) == []
    assert all(torch.equal(value, before[name]) for name, value in load_file(plan.output).items())


def test_a_checkpoint_may_be_in_a_folder_that_is_not_there_yet(plan, tmp_path):
    elsewhere = dataclasses.replace(
        plan, output=tmp_path / "new" / "lite.safetensors", checkpoint=tmp_path / "new" / "lite.checkpoint"
    )
    distill(elsewhere, lambda line: None)
    assert elsewhere.checkpoint.is_file()


@pytest.mark.parametrize("data", [b"", b"damaged"])
def test_a_damaged_checkpoint_is_refused_by_name(plan, data):
    plan.checkpoint.write_bytes(data)
    with pytest.raises(WeightsError, match=r"lite\.checkpoint"):
        distill(plan, lambda line: None)
