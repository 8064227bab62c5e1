"""Trains the decoders of instant pictures. It can be stopped at any time, and says in its file where it came from."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

import transfer
from transfer.devices import precision
from transfer.distill.augment import recoloured
from transfer.distill.corpus import HELD_OUT_EVERY, Corpus
from transfer.distill.instant_loss import (
    CONTENT,
    Features,
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
from transfer.features.network import Head, file_sha256
from transfer.instant import colours
from transfer.instant.decoder import Decoder
from transfer.instant.decoders import Decoders, load
from transfer.instant.metric import BACKBONE, LAYERS, metric
from transfer.instant.transport import transport
from transfer.tiling.tiles import GuidedImage

WARM_UP_STEPS, EMA_DECAY = 100, 0.995
LEAST = 0.01  # of the largest rate
PAINTINGS, RECOLOURED_STYLES, RECOLOURED_CONTENTS, NOISY = 0.65, 0.45, 0.25, 0.8  # shares of a batch
COPIES = 0.12  # how often a content is its own style
MOST_NOISE = 0.05  # deviation
LOWEST, RAISED, LARGE, HALVED = 1.0, 0.5, 0.6, 0.4  # what counts: each pass, and the last one's picture seen halved
LOSS = "W2 at two sizes + 0.6 content at relu3_1 + 1.5 tv + 5 outside [0, 1] + 3 copies"


@dataclass
class InstantTraining(KeptTraining):
    """The whole state of a training, to a file and back."""

    PARTS = ("decoders", "average", "optimiser")

    decoders: Decoders
    average: AveragedModel
    optimiser: torch.optim.Optimizer
    generator: torch.Generator
    step: int = 0


@dataclass(frozen=True)
class Aim:
    """What a batch is painted towards at one size: the shapes of its contents, and its styles as features and goals."""

    shapes: Tensor
    styles: Features
    goals: list[StyleGoal]


class InstantTrainer:
    """One training by a plan: batches, passes at two sizes, and steps of the optimiser.

    Raises PictureError for folders with too few pictures, and WeightsError for weights or a checkpoint of something
    else.
    """

    def __init__(self, plan: InstantPlan, report: Callable[[str], None]) -> None:
        self.plan = plan
        self.network = BACKBONE.load(LAYERS).frozen(precision(torch.device(plan.device))).to(plan.device)
        self.metric = metric(self.network)
        self.contents, self.styles = Corpus(plan.images, report), Corpus(plan.styles, report)
        self.training = _fresh(plan)
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
                group["lr"] = rate(training.step, plan.steps, plan.rate, WARM_UP_STEPS, LEAST)
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
        self._learn(torch.stack(list(terms.values())).sum())
        return {name: float(value.detach()) for name, value in terms.items()}

    def _learn(self, loss: Tensor) -> None:
        training = self.training
        training.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        for decoder in (training.decoders.lowest, training.decoders.raising):
            torch.nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        training.optimiser.step()
        training.average.update_parameters(training.decoders)

    def losses(self, contents: Tensor, styles: Tensor, copies: int) -> dict[str, Tensor]:
        """The terms, weighted, of a batch (B, 3, H, W); the first `copies` styles are their contents.

        They are of a pass over small pictures by the lowest decoder, and two that raise what that painted: at its own
        size, of its lower frequencies alone, and at twice the size, of one or the other.
        """
        lowest, raising = self.training.decoders.lowest, self.training.decoders.raising
        noise = self._noise(len(contents))
        small, small_styles = _halved(contents), _halved(styles)
        starts = _recoloured_as(contents, small, small_styles)
        small_starts = _halved(starts)
        near, far = self._aim(small, small_styles), self._aim(contents, styles)
        first = self.painted(lowest, self._noisy(small_starts, noise), near.styles)
        below = first.detach().clamp(0, 1)
        again = small_starts + _doubled(_halved(below - small_starts))
        second = self.painted(raising, self._noisy(again, noise), near.styles)
        below = torch.where(self._half(len(contents)), second.detach().clamp(0, 1), below)
        last = self.painted(raising, self._noisy(starts + _doubled(below - small_starts), noise), far.styles)
        return {
            **self._terms("lowest", first, near, LOWEST),
            **self._terms("again", second, near, RAISED),
            **self._terms("raised", last, far, LARGE),
            **self._terms("halved", _halved(last), near, HALVED),
            **_of_pixels("lowest", first, small, copies),
            **_of_pixels("again", second, small, copies),
            **_of_pixels("raised", last, contents, copies),
        }

    def _terms(self, name: str, painted: Tensor, aim: Aim, weight: float) -> dict[str, Tensor]:
        """How far what is painted is from the contents' shapes, and from the styles."""
        features = self.network(seen(painted))
        kept = content_loss(aim.shapes, self._shapes(features)).mean()
        style = _mean_distance(aim.goals, features)
        return {f"content, {name}": weight * CONTENT * kept, f"style, {name}": weight * style}

    def _shapes(self, features: Features) -> Tensor:
        return structure(features, cast(Head, self.network.heads["relu3_1"]))

    def painted(self, decoder: Decoder, start: Tensor, styles: Features) -> Tensor:
        """What a pass makes of pictures (B, 3, H, W), each towards its style; only the decoder is differentiated."""
        with torch.no_grad():
            features = self.network(start)
            moved = {layer: self._moved(features[layer], styles[layer], self.metric[layer]) for layer in LAYERS}
        number_format = self.network.dtype
        with torch.autocast(self.plan.device, number_format, enabled=number_format != torch.float32):
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
    def _aim(self, contents: Tensor, styles: Tensor) -> Aim:
        of_contents, of_styles = self.network(contents), self.network(styles)
        pairs = zip(each(of_styles, len(styles)), each(of_contents, len(contents)), strict=True)
        goals = [StyleGoal(style, content, self.metric) for style, content in pairs]
        return Aim(self._shapes(of_contents), of_styles, goals)

    def _batch(self) -> tuple[Tensor, Tensor, int]:
        plan, generator = self.plan, self.training.generator
        contents = self._crops(self.contents)
        copies = int((torch.rand(plan.batch, generator=generator) < COPIES).sum())
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

    def _half(self, count: int) -> Tensor:
        """Half of a batch, (B, 1, 1, 1)."""
        return (torch.rand(count, 1, 1, 1, generator=self.training.generator) < 0.5).to(self.plan.device)

    def _noisy(self, start: Tensor, noise: Tensor) -> Tensor:
        return start + noise * torch.randn(start.shape, generator=self.training.generator).to(start)

    def _noise(self, count: int) -> Tensor:
        amount, has_some = torch.rand(2, count, 1, 1, 1, generator=self.training.generator)
        found: Tensor = MOST_NOISE * amount * (has_some < NOISY)
        return found.to(self.plan.device)


def distill_instant(plan: InstantPlan, report: Callable[[str], None]) -> None:
    """Trains the decoder and writes `plan.output`. See `InstantTrainer`."""
    trainer = InstantTrainer(plan, report)
    for line in trainer.steps():
        report(line)
    _write(plan, trainer)


def _fresh(plan: InstantPlan) -> InstantTraining:
    torch.manual_seed(0)
    decoders = (load(plan.start) if plan.start else Decoders()).to(plan.device)
    return InstantTraining(
        decoders=decoders,
        average=AveragedModel(decoders, multi_avg_fn=get_ema_multi_avg_fn(EMA_DECAY)).requires_grad_(False),
        optimiser=torch.optim.AdamW(decoders.parameters(), betas=(0.9, 0.99), weight_decay=1e-4),
        generator=torch.Generator().manual_seed(0),
    )


def _recoloured_as(contents: Tensor, small: Tensor, styles: Tensor) -> Tensor:
    """Contents (B, 3, H, W) in the colours of their styles, as both are seen small."""
    found = []
    for content, one, style in zip(contents.split(1), small.split(1), styles.split(1), strict=True):
        maps = colours.recolouring(GuidedImage(one), [GuidedImage(style)], (1.0,), 1.0)
        found.append(colours.recoloured(content, None, maps))
    return torch.cat(found)


def _of_pixels(name: str, painted: Tensor, content: Tensor, copies: int) -> dict[str, Tensor]:
    return {f"{term}, {name}": value for term, value in pixel_losses(painted, content, copies).items()}


def _mean_distance(goals: list[StyleGoal], features: Features) -> Tensor:
    distances = [goal.distance(one) for goal, one in zip(goals, each(features, len(goals)), strict=True)]
    return torch.stack(distances).mean().float()


def _halved(pictures: Tensor) -> Tensor:
    return functional.avg_pool2d(pictures, 2)


def _doubled(pictures: Tensor) -> Tensor:
    return functional.interpolate(pictures, scale_factor=2, mode="bilinear")


def _write(plan: InstantPlan, trainer: InstantTrainer) -> None:
    since = f", from weights {file_sha256(plan.start)[:16]}" if plan.start else ""
    provenance = {
        "network": "instant decoders",
        "encoder": BACKBONE.name,
        "encoder_sha256": trainer.network.sha256,
        "images": f"{len(trainer.contents.training)} contents and {len(trainer.styles.training)} styles, every "
        f"{HELD_OUT_EVERY}th of the sorted folders left out",
        "training": f"{plan.steps} steps of {plan.batch} crops of {plan.side} px, AdamW {plan.rate}{since}",
        "loss": LOSS,
        "torch": torch.__version__,
        "stylesite": transfer.__version__,
    }
    averaged = trainer.training.average.module.state_dict()
    state = {name: value.half() for name, value in averaged.items()}
    write_weights(state, plan.output, provenance)
