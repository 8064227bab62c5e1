"""Trains vgg19-lite. It can be stopped at any time, and says in its file where it came from."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

import transfer
from transfer.devices import precision
from transfer.distill.augment import disturbed, nearby
from transfer.distill.corpus import HELD_OUT_EVERY, Corpus
from transfer.distill.evaluation import unexplained
from transfer.distill.iterates import IteratePool
from transfer.distill.kept import KeptTraining, write_weights
from transfer.distill.loss import distillation_loss
from transfer.distill.plan import TrainingPlan
from transfer.distill.rate import rate
from transfer.distill.start import CONVOLUTIONS, begin
from transfer.features import vgg19
from transfer.features.network import FeatureNetwork, file_sha256
from transfer.features.vgg19 import VGG19
from transfer.features.vgg19_lite import TEACHER_CHANNELS, VGG19Lite

LAYERS = tuple(TEACHER_CHANNELS)
LARGEST_RATE, WARM_UP_STEPS, EMA_DECAY = 1.5e-3, 100, 0.998
START_BATCH = 64
ITERATES_SHARE, REFILL_EVERY = 0.3, 100
LOSS = "relative squared error of features + 0.3 of their changes + 0.1 of their covariances, per layer"


@dataclass
class Training(KeptTraining):
    """The whole state of a training run, to a file and back."""

    PARTS = ("student", "average", "optimiser")

    student: VGG19Lite
    average: AveragedModel
    optimiser: torch.optim.Optimizer
    generator: torch.Generator
    pool: IteratePool = field(default_factory=IteratePool)
    step: int = 0

    @property
    def averaged(self) -> VGG19Lite:
        """The student with averaged weights: this one renders, is measured and is written."""
        return cast(VGG19Lite, self.average.module)

    def beside(self) -> dict[str, Any]:
        """See `KeptTraining`."""
        return {"pool": self.pool.pictures}

    def restore(self, state: Mapping[str, Any]) -> None:
        """See `KeptTraining`."""
        self.pool.pictures = state["pool"]


def distill(plan: TrainingPlan, report: Callable[[str], None]) -> dict[str, float]:
    """Trains vgg19-lite and writes `plan.output`; returns the residual energy of each layer on held-out pictures.

    A run continues from its checkpoint, if there is one. Raises WeightsError and PictureError for unusable files.
    """
    teacher = vgg19.load(plan.teacher, CONVOLUTIONS)
    teacher.frozen().to(plan.device)
    corpus = Corpus(plan.images, report)
    training = _fresh(plan.device)
    if plan.checkpoint.exists():
        training.load(plan.checkpoint)
        report(f"going on from step {training.step} of {plan.checkpoint}")
    else:
        report("fitting the first weights, layer by layer")
        _begin(plan, training, teacher, corpus)
    for line in _steps(plan, training, teacher, corpus):
        report(line)
    averaged = training.averaged
    found = unexplained(averaged, teacher, corpus.held_out)
    _write(plan, averaged, len(corpus.training), found)
    return found


def _fresh(device: str) -> Training:
    torch.manual_seed(0)
    student = VGG19Lite().to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    return Training(
        student=student,
        average=AveragedModel(student, multi_avg_fn=get_ema_multi_avg_fn(EMA_DECAY)).requires_grad_(False),
        optimiser=torch.optim.Adam(student.parameters(), betas=(0.9, 0.99)),
        generator=torch.Generator().manual_seed(0),
    )


def _begin(plan: TrainingPlan, training: Training, teacher: VGG19, corpus: Corpus) -> None:
    """Fits the student and its average to the teacher, on the same kind of crops as training."""
    crops = torch.cat([corpus.crop(plan.crop, training.generator) for _ in range(START_BATCH)])
    begin(training.student, teacher, disturbed(crops, training.generator).to(plan.device))
    training.averaged.load_state_dict(training.student.state_dict())


def _steps(plan: TrainingPlan, training: Training, teacher: FeatureNetwork, corpus: Corpus) -> Iterator[str]:
    """Runs the remaining steps; sometimes yields a line with the losses."""
    sums: dict[str, float] = {}
    began, first = time.monotonic(), training.step
    while training.step < plan.steps:
        for group in training.optimiser.param_groups:
            group["lr"] = rate(training.step, plan.steps, LARGEST_RATE, WARM_UP_STEPS)
        if training.step % REFILL_EVERY == 0:
            training.pool.refill(training.averaged, corpus, training.generator)
        for name, value in _step(plan, training, teacher, corpus).items():
            sums[name] = sums.get(name, 0.0) + value / plan.report_every
        training.step += 1
        if training.step % plan.report_every == 0:
            pace = (time.monotonic() - began) / (training.step - first)
            terms = "  ".join(f"{name} {value:.4f}" for name, value in sums.items())
            yield f"step {training.step}/{plan.steps}  {pace:.2f} s/step  {terms}"
            sums = {}
        if training.step % plan.checkpoint_every == 0:
            training.save(plan.checkpoint)


def _step(plan: TrainingPlan, training: Training, teacher: FeatureNetwork, corpus: Corpus) -> dict[str, float]:
    pictures = _batch(plan, training, corpus).to(plan.device)
    with _fast(torch.device(plan.device)):
        with torch.no_grad():
            wanted = _thinned(teacher(pictures), training.step)
        features = _thinned(training.student(pictures), training.step)
        predicted = {layer: training.student.heads[layer](features[layer]) for layer in LAYERS}
    terms = {
        f"{layer} {name}": value
        for layer in LAYERS
        for name, value in distillation_loss(predicted[layer], wanted[layer]).items()
    }
    training.optimiser.zero_grad()
    torch.stack(list(terms.values())).sum().backward()
    training.optimiser.step()
    training.average.update_parameters(training.student)
    return {name: float(value.detach()) for name, value in terms.items()}


def _fast(device: torch.device) -> torch.autocast:
    dtype = precision(device)
    return torch.autocast(device.type, dtype, enabled=dtype != torch.float32)


def _thinned(features: dict[str, Tensor], step: int) -> dict[str, Tensor]:
    """Every second row and column of shallow layers, since neighbours are alike; each step starts at another offset."""
    top, left = step % 2, step // 2 % 2
    return {
        layer: maps if layer == "relu3_1" else maps[:, :, top::2, left::2].contiguous(memory_format=torch.channels_last)
        for layer, maps in features.items()
        if layer in LAYERS
    }


def _batch(plan: TrainingPlan, training: Training, corpus: Corpus) -> Tensor:
    generator, pool = training.generator, training.pool
    iterates = round(plan.batch * ITERATES_SHARE) if pool.pictures else 0
    crops = [corpus.crop(plan.crop, generator) for _ in range(plan.batch - iterates)]
    batch = disturbed(torch.cat(crops), generator)
    if iterates:
        batch = torch.cat([batch, *(pool.crop(plan.crop, generator) for _ in range(iterates))])
    return torch.cat([batch, nearby(batch, generator)])


def _write(plan: TrainingPlan, student: VGG19Lite, pictures: int, found: dict[str, float]) -> None:
    provenance = {
        "network": "vgg19-lite",
        "teacher": plan.teacher.name,
        "teacher_sha256": file_sha256(plan.teacher),
        "teacher_licence": "CC BY 4.0 (VGG-19, Simonyan and Zisserman 2014); see NOTICE",
        "images": f"{pictures} pictures for training, every {HELD_OUT_EVERY}th of the sorted folder held out",
        "steps": plan.steps,
        "batch": f"{plan.batch} crops of {plan.crop} px and as many neighbours",
        "loss": LOSS,
        "residual_energy": {layer: round(value, 4) for layer, value in found.items()},
        "torch": torch.__version__,
        "stylesite": transfer.__version__,
    }
    write_weights(student.state_dict(), plan.output, provenance)
