import shutil

import pytest
import torch
from safetensors.torch import load_file

from transfer.distill.train import TrainingPlan, distill
from transfer.errors import WeightsError
from transfer.features.network import provenance

pytestmark = pytest.mark.slow


class Stop(Exception):
    pass


def steps_of(lines):
    return [int(line.split()[1].split("/")[0]) for line in lines if line.startswith("step ")]


@pytest.fixture(scope="module")
def plan_in(gallery_of_twelve, vgg19_file):
    """A short training whose files are in a folder, which need not exist yet."""

    def made(folder):
        return TrainingPlan(
            teacher=vgg19_file,
            images=gallery_of_twelve,
            output=folder / "lite.safetensors",
            checkpoint=folder / "lite.checkpoint",
            steps=9,
            batch=2,
            crop=32,
            report_every=1,
            checkpoint_every=3,
        )

    return made


@pytest.fixture
def plan(plan_in, tmp_path):
    return plan_in(tmp_path)


@pytest.fixture(scope="module")
def checkpoint_of_step_6(plan_in, tmp_path_factory):
    """What a training leaves that was stopped at step 7, one step after a checkpoint."""
    plan = plan_in(tmp_path_factory.mktemp("interrupted"))

    def report(line):
        if line.startswith("step 7/"):
            raise Stop

    with pytest.raises(Stop):
        distill(plan, report)
    assert plan.checkpoint.is_file()
    assert not plan.output.exists()
    return plan.checkpoint


@pytest.fixture
def interrupted(plan, checkpoint_of_step_6):
    """A training that may continue from that checkpoint."""
    shutil.copy(checkpoint_of_step_6, plan.checkpoint)
    return plan


@pytest.fixture(scope="module")
def whole(plan_in, tmp_path_factory):
    """A training that nobody interrupted. Its last checkpoint is there."""
    plan = plan_in(tmp_path_factory.mktemp("whole") / "new")
    distill(plan, lambda line: None)
    return plan


def test_an_interrupted_training_goes_on_from_its_checkpoint_to_the_last_step(interrupted):
    lines = []
    distill(interrupted, lines.append)
    assert any(line.startswith("going on from step 6") for line in lines)
    assert steps_of(lines) == [7, 8, 9]
    assert provenance(interrupted.output)["steps"] == 9


def test_an_interrupted_training_ends_with_the_weights_of_one_that_was_not(interrupted, whole):
    distill(interrupted, lambda line: None)
    resumed, straight = load_file(interrupted.output), load_file(whole.output)
    assert resumed.keys() == straight.keys()
    for name in straight:
        assert torch.equal(resumed[name], straight[name]), name


def test_a_finished_training_does_not_train_again(plan, whole, tmp_path):
    shutil.copytree(whole.output.parent, tmp_path, dirs_exist_ok=True)
    lines = []
    distill(plan, lines.append)
    assert steps_of(lines) == []
    before = load_file(whole.output)
    assert all(torch.equal(value, before[name]) for name, value in load_file(plan.output).items())


def test_a_checkpoint_may_be_in_a_folder_that_is_not_there_yet(whole):
    assert whole.checkpoint.is_file()


@pytest.mark.parametrize("data", [b"", b"damaged"])
def test_a_damaged_checkpoint_is_refused_by_name(plan, data):
    plan.checkpoint.write_bytes(data)
    with pytest.raises(WeightsError, match=r"lite\.checkpoint"):
        distill(plan, lambda line: None)
