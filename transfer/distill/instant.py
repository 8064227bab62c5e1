"""Trains the decoder of instant pictures. It can be stopped at any time, and says in its file where it came from."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

import transfer
from transfer.distill.augment import recoloured
from transfer.distill.corpus import HELD_OUT_EVERY, Corpus
from transfer.distill.instant_loss import (
    CONTENT,
    StyleGoal,
    content_loss,
    each,
    in_metric,
    pixel_losses,
    seen,
    structure,
)
from transfer.distill.instant_plan import InstantPlan
from transfer.distill.kept import KeptTraining, write_weights
from transfer.distill.rate import rate
from transfer.features.network import Head
from transfer.instant.decoder import Decoder
from transfer.instant.metric import BACKBONE, LAYERS, metric
from transfer.instant.transport import transport

LARGEST_RATE, WARM_UP_STEPS, EMA_DECAY = 1.5e-3, 200, 0.999
LEAST = 0.01  # of the largest rate
PAINTINGS, RECOLOURED_STYLES, RECOLOURED_CONTENTS, NOISY = 0.65, 0.45, 0.25, 0.6  # shares of a batch
MOST_NOISE = 0.08  # deviation
LARGE, HALVED, SMALL = 0.6, 0.4, 1.0  # what the style counts in large pictures, in the same halved, in small ones
LOSS = "W2 at two sizes + 0.6 content at relu3_1 + 1.5 tv + 5 outside [0, 1] + 3 copies"


@dataclass
class InstantTraining(KeptTraining):
    """The whole state of a training, to a file and back."""

    PARTS = ("decoder", "average", "optimiser")

    decoder: Decoder
    average: AveragedModel
    optimiser: torch.optim.Optimizer
    generator: torch.Generator
    step: int = 0


class InstantTrainer:
    """One training by a plan: batches, the pass at two sizes, and steps of the optimiser.

    Raises PictureError for folders with too few pictures, and WeightsError for a checkpoint of something else.
    """

    def __init__(self, plan: InstantPlan, report: Callable[[str], None]) -> None:
        self.plan = plan
        self.network = BACKBONE.load(LAYERS).frozen().to(plan.device)
        self.metric = metric(self.network)
        self.contents, self.styles = Corpus(plan.images, report), Corpus(plan.styles, report)
        self.training = _fresh(plan.device)
        if plan.checkpoint.exists():
            self.training.load(plan.checkpoint)
            report(f"going on from step {self.training.step} of {plan.checkpoint}")

    def steps(self) -> Iterator[str]:
        """Takes the steps that are left; sometimes yields a line with the losses."""
        plan, training = self.plan, self.training
        sums: dict[str, float] = {}
        began, first = time.monotonic(), training.step
        while training.step < plan.steps:
            for group in training.optimiser.param_groups:
                group["lr"] = rate(training.step, plan.steps, LARGEST_RATE, WARM_UP_STEPS, LEAST)
            for name, value in self._step().items():
                sums[name] = sums.get(name, 0.0) + value / plan.report_every
            training.step += 1
            if training.step % plan.report_every == 0:
                pace = (time.monotonic() - began) / (training.step - first)
                terms = "  ".join(f"{name} {value:.4f}" for name, value in sums.items())
                yield f"step {training.step}/{plan.steps}  {pace:.2f} s/step  {terms}"
                sums = {}
            if training.step % plan.checkpoint_every == 0:
                training.save(plan.checkpoint)

    def _step(self) -> dict[str, float]:
        contents, styles, copies = self._batch()
        terms = self.losses(contents, styles, copies)
        self.training.optimiser.zero_grad()
        torch.stack(list(terms.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.training.decoder.parameters(), 1.0)
        self.training.optimiser.step()
        self.training.average.update_parameters(self.training.decoder)
        return {name: float(value.detach()) for name, value in terms.items()}

    def losses(self, contents: Tensor, styles: Tensor, copies: int) -> dict[str, Tensor]:
        """The terms, weighted, of a batch (B, 3, H, W); the first `copies` styles are their contents."""
        count, noise, terms = len(contents), self._noise(len(contents)), dict[str, Tensor]()
        small = _halved(contents), _halved(styles)
        head = cast(Head, self.network.heads["relu3_1"])
        goals = [self._goals(*small), self._goals(contents, styles)]
        below, before = None, small[0]
        for size, (content, style) in enumerate((small, (contents, styles))):
            start = content if below is None else content + _doubled(below - before)
            painted = self.painted(start + noise * self._random(content), style)
            features = self.network(seen(painted))
            wanted = structure(self.network(content), head)
            terms |= {f"{name}{size}": value for name, value in pixel_losses(painted, content, copies).items()}
            kept = content_loss(wanted, structure(features, head))
            terms[f"content{size}"] = CONTENT * kept.mean()
            terms[f"style{size}"] = (LARGE if size else SMALL) * _mean_distance(goals[size], features, count)
            below = painted.detach().clamp(0, 1)
        halved = self.network(_halved(seen(painted)))
        terms["style1, halved"] = HALVED * _mean_distance(goals[0], halved, count)
        return terms

    def painted(self, start: Tensor, style: Tensor) -> Tensor:
        """What the pass makes of pictures (B, 3, H, W), each towards its style; only the decoder is differentiated."""
        with torch.no_grad():
            features, wanted = self.network(start), self.network(style)
            moved = {layer: self._moved(features[layer], wanted[layer], self.metric[layer]) for layer in LAYERS}
        decoder = self.training.decoder
        painted: Tensor = decoder({layer: decoder.entry(layer)(moved[layer]) for layer in LAYERS})
        return painted

    def _moved(self, features: Tensor, wanted: Tensor, head: Head) -> Tensor:
        found = []
        for one, style in zip(features.split(1), wanted.split(1), strict=True):
            by = transport(in_metric(one, head), in_metric(style, head)).after(head)
            weight, offset = by.matrix.to(one)[:, :, None, None], by.offset.to(one)
            found.append(functional.conv2d(one, weight, offset))
        return torch.cat(found)

    @torch.no_grad()
    def _goals(self, contents: Tensor, styles: Tensor) -> list[StyleGoal]:
        count = len(contents)
        found = (each(self.network(pictures), count) for pictures in (styles, contents))
        return [StyleGoal(style, content, self.metric) for style, content in zip(*found, strict=True)]

    def _batch(self) -> tuple[Tensor, Tensor, int]:
        plan, generator = self.plan, self.training.generator
        contents, copies = self._crops(self.contents), max(1, plan.batch // 8)
        are_paintings = torch.rand(plan.batch, 1, 1, 1, generator=generator) < PAINTINGS
        styles = torch.where(are_paintings, self._crops(self.styles), self._crops(self.contents))
        contents = self._recoloured(contents, RECOLOURED_CONTENTS)
        styles = self._recoloured(styles, RECOLOURED_STYLES)
        styles[:copies] = contents[:copies]
        return contents.to(plan.device), styles.to(plan.device), copies

    def _crops(self, corpus: Corpus) -> Tensor:
        return torch.cat([corpus.crop(self.plan.side, self.training.generator) for _ in range(self.plan.batch)])

    def _recoloured(self, batch: Tensor, share: float) -> Tensor:
        chosen = torch.rand(len(batch), 1, 1, 1, generator=self.training.generator) < share
        return torch.where(chosen, recoloured(batch, self.training.generator), batch).clamp(0, 1)

    def _noise(self, count: int) -> Tensor:
        amount, has_some = torch.rand(2, count, 1, 1, 1, generator=self.training.generator)
        found: Tensor = MOST_NOISE * amount * (has_some < NOISY)
        return found.to(self.plan.device)

    def _random(self, like: Tensor) -> Tensor:
        return torch.randn(like.shape, generator=self.training.generator).to(like)


def distill_instant(plan: InstantPlan, report: Callable[[str], None]) -> None:
    """Trains the decoder and writes `plan.output`. See `InstantTrainer`."""
    trainer = InstantTrainer(plan, report)
    for line in trainer.steps():
        report(line)
    _write(plan, trainer)


def _fresh(device: str) -> InstantTraining:
    torch.manual_seed(0)
    decoder = Decoder().to(device)
    return InstantTraining(
        decoder=decoder,
        average=AveragedModel(decoder, multi_avg_fn=get_ema_multi_avg_fn(EMA_DECAY)).requires_grad_(False),
        optimiser=torch.optim.AdamW(decoder.parameters(), betas=(0.9, 0.99), weight_decay=1e-4),
        generator=torch.Generator().manual_seed(0),
    )


def _mean_distance(goals: list[StyleGoal], features: Mapping[str, Tensor], count: int) -> Tensor:
    distances = [goal.distance(one) for goal, one in zip(goals, each(features, count), strict=True)]
    return torch.stack(distances).mean().float()


def _halved(pictures: Tensor) -> Tensor:
    return functional.avg_pool2d(pictures, 2)


def _doubled(pictures: Tensor) -> Tensor:
    return functional.interpolate(pictures, scale_factor=2, mode="bilinear")


def _write(plan: InstantPlan, trainer: InstantTrainer) -> None:
    provenance = {
        "network": "instant decoder",
        "encoder": BACKBONE.name,
        "encoder_sha256": trainer.network.sha256,
        "images": f"{len(trainer.contents.training)} contents and {len(trainer.styles.training)} styles, every "
        f"{HELD_OUT_EVERY}th of the sorted folders left out",
        "training": f"{plan.steps} steps of {plan.batch} crops of {plan.side} px, AdamW {LARGEST_RATE}",
        "loss": LOSS,
        "torch": torch.__version__,
        "stylesite": transfer.__version__,
    }
    averaged = trainer.training.average.module.state_dict()
    state = {name: value.half() for name, value in averaged.items()}
    write_weights(state, plan.output, provenance)
