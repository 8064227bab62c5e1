"""The training of the instant decoders: a few steps learn, can be stopped, and end with a file that can be used."""

from dataclasses import replace

import pytest
import torch

from transfer.distill.instant import InstantTrainer, distill_instant
from transfer.distill.instant_plan import InstantPlan
from transfer.errors import PictureError, WeightsError
from transfer.features.network import provenance
from transfer.instant.decoders import load


def quiet(line):
    """Nobody listens."""


@pytest.fixture
def plan(gallery_of_twelve, tmp_path):
    return InstantPlan(
        images=gallery_of_twelve,
        styles=gallery_of_twelve,
        output=tmp_path / "decoder.safetensors",
        checkpoint=tmp_path / "state.pt",
        steps=3,
        batch=2,
        side=64,
        report_every=1,
        checkpoint_every=1,
    )


def test_a_few_steps_on_one_batch_lower_its_losses(plan):
    trainer = InstantTrainer(plan, quiet)
    batch = trainer._batch()
    trainer._batch = lambda: batch
    for group in trainer.training.optimiser.param_groups:
        group["lr"] = 2e-3
    losses = [sum(trainer._step().values()) for _ in range(8)]
    assert losses[-1] < 0.8 * losses[0]


def test_it_goes_on_where_it_was_stopped_and_writes_what_can_be_used(plan):
    whole = InstantTrainer(replace(plan, checkpoint=plan.checkpoint.with_name("other.pt")), quiet)
    list(whole.steps())
    steps = InstantTrainer(plan, quiet).steps()
    next(steps)
    next(steps)
    steps.close()  # the checkpoint is that of the first step
    said = []
    distill_instant(plan, said.append)
    assert any(line.startswith("going on from step 1 of") for line in said)
    decoders = load(plan.output)
    for name, value in whole.training.average.module.state_dict().items():
        torch.testing.assert_close(decoders.state_dict()[name], value.half().float())
    assert {"encoder_sha256", "images", "training", "loss"} <= provenance(plan.output).keys()


def test_files_that_are_of_no_use_are_named(plan, tmp_path, command):
    plan.checkpoint.write_bytes(b"nothing")
    with pytest.raises(WeightsError, match="is not a checkpoint of this training"):
        InstantTrainer(plan, quiet)
    with pytest.raises(PictureError, match="holds 0 pictures"):
        InstantTrainer(replace(plan, styles=tmp_path), quiet)
    status, _, said = command("distill-instant", "--images", tmp_path / "no", "--styles", tmp_path)
    assert (status, said) == (1, f"error: There is no folder {tmp_path / 'no'}.\n")
