"""Trains vgg16-lite. It can be stopped at any time, and says in its file where it came from."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

import transfer
from transfer.devices import precision
from transfer.distill.corpus import HELD_OUT_EVERY, Corpus
from transfer.distill.deep_lessons import Lesson, answers, crops, lesson
from transfer.distill.deep_loss import errors
from transfer.distill.deep_plan import DeepPlan
from transfer.distill.deep_shallow import LAYERS as SHALLOW
from transfer.distill.deep_shallow import polish, size
from transfer.distill.deep_start import CONVOLUTIONS, begin
from transfer.distill.evaluation import DEEP, unexplained
from transfer.distill.kept import KeptTraining, write_weights
from transfer.distill.rate import rate
from transfer.features import vgg16
from transfer.features.network import file_sha256
from transfer.features.vgg16_lite import VGG16Lite

LARGEST_RATE, WARM_UP_STEPS, EMA_DECAY = 2e-3, 50, 0.998  # the rate is relative to a weight's size at the start
LEAST = 0.01  # of the largest rate
CALMER = {"relu2": 0.35, "relu3": 0.6}  # shallow layers are nearly right from the start, and all others stand on them
WEIGHTS = {"relu2_1": 0.5, "relu3_1": 1, "relu3_3": 0.5, "relu4_1": 1, "relu4_2": 0.5, "relu4_3": 0.5, "relu5_1": 1}
START_BATCHES, POLISHING_STEPS, TIMES_TAUGHT = 20, 300, 2
LOSS = "relative squared error of features + 0.3 of their changes, per layer: " + str(WEIGHTS)


@dataclass
class DeepTraining(KeptTraining):
    """The whole state of a training, to a file and back. `average` follows the part of `student` that learns."""

    PARTS = ("student", "average", "optimiser")

    student: VGG16Lite
    average: AveragedModel
    optimiser: torch.optim.Optimizer
    generator: torch.Generator
    step: int = 0

    @property
    def averaged(self) -> VGG16Lite:
        """A student with the averaged weights, rounded as its file has them: this is measured and written."""
        made = VGG16Lite(DEEP.layers).to(self.student.mean.device)
        made.load_state_dict(self.student.state_dict())
        made.factored.load_state_dict(self.average.module.state_dict())
        for parameter in made.parameters():
            parameter.data = parameter.data.half().float()
        return made.requires_grad_(False)


class DeepTrainer:
    """One training by a plan: lessons, and steps of the optimiser.

    Raises PictureError for a folder with too few pictures, and WeightsError for a teacher or a checkpoint of something
    else.
    """

    def __init__(self, plan: DeepPlan, report: Callable[[str], None]) -> None:
        self.plan = plan
        self.dtype = precision(torch.device(plan.device))
        self.corpus = Corpus(plan.images, report)
        torch.manual_seed(0)
        student = VGG16Lite(WEIGHTS).to(plan.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        generator = torch.Generator().manual_seed(0)
        if not plan.checkpoint.exists():
            report("fitting the first weights, layer by layer")
            self._begin(student, generator)
        self.training = _training(student, generator)
        if plan.checkpoint.exists():
            self.training.load(plan.checkpoint)
            report(f"going on from step {self.training.step} of {plan.checkpoint}")
        self.teacher = vgg16.load(plan.teacher, WEIGHTS).frozen(self.dtype).to(plan.device)

    def steps(self) -> Iterator[str]:
        """Takes the steps that are left, round by round; yields a line with the errors after each."""
        plan, training = self.plan, self.training
        began, first = time.monotonic(), training.step
        while training.step < plan.steps:
            sums, taken = dict[str, float](), 0
            for given in self._round():
                if training.step == plan.steps:
                    break
                for name, value in self._step(given).items():
                    sums[name] = sums.get(name, 0.0) + value
                training.step, taken = training.step + 1, taken + 1
            training.save(plan.checkpoint)
            pace = (time.monotonic() - began) / (training.step - first)
            terms = "  ".join(f"{name} {value / taken:.3f}" for name, value in sums.items())
            yield f"step {training.step}/{plan.steps}  {pace:.2f} s/step  {terms}"

    def _begin(self, student: VGG16Lite, generator: torch.Generator) -> None:
        plan = self.plan

        def batch() -> Tensor:
            return crops(self.corpus, plan.batch, plan.side, generator).to(plan.device)

        pictures = [batch() for _ in range(START_BATCHES)]
        teacher = vgg16.load(plan.teacher, CONVOLUTIONS)
        teacher.frozen(self.dtype).to(plan.device)
        maps = [teacher(each) for each in pictures]
        wanted = {layer: torch.cat([each.pop(layer) for each in maps]) for layer in CONVOLUTIONS}
        begin(student, teacher, wanted, torch.cat(pictures))
        shallow = vgg16.load(plan.teacher, SHALLOW).frozen(self.dtype).to(plan.device)
        polish(student, shallow, batch, min(POLISHING_STEPS, plan.steps), self._fast())

    def _round(self) -> Iterator[Lesson]:
        plan, training = self.plan, self.training
        lessons = []
        for _ in range(plan.lessons):
            pictures = crops(self.corpus, plan.batch, plan.side, training.generator).to(plan.device)
            with self._fast():
                lessons.append(lesson(training.student, self.teacher, pictures, training.generator))
        for _ in range(TIMES_TAUGHT):
            for number in torch.randperm(plan.lessons, generator=training.generator).tolist():
                yield lessons[number]

    def _step(self, given: Lesson) -> dict[str, float]:
        training, terms = self.training, dict[str, float]()
        now = rate(training.step, self.plan.steps, LARGEST_RATE, WARM_UP_STEPS, LEAST)
        for group in training.optimiser.param_groups:
            group["lr"] = now * group["size"]
        with self._fast():
            found = answers(training.student.factored, given)
        gradients = []
        for layer, features in found.items():
            places = given.places(layer)
            error = errors(features[places], given.wanted[layer])
            gradient = torch.zeros_like(features)
            gradient[places] = (WEIGHTS[layer] * error.gradient).to(features.dtype)
            gradients.append(gradient)
            terms |= {f"{layer} features": error.features, f"{layer} changes": error.changes}
        training.optimiser.zero_grad()
        torch.autograd.backward(list(found.values()), gradients)
        training.optimiser.step()
        training.average.update_parameters(training.student.factored)
        return terms

    def _fast(self) -> torch.autocast:
        return torch.autocast(self.plan.device, self.dtype, enabled=self.dtype != torch.float32)


def distill_deep(plan: DeepPlan, report: Callable[[str], None]) -> dict[str, float]:
    """Trains vgg16-lite and writes `plan.output`; the residual energy of each layer on held-out pictures.

    See `DeepTrainer`.
    """
    trainer = DeepTrainer(plan, report)
    for line in trainer.steps():
        report(line)
    averaged = trainer.training.averaged
    teacher = vgg16.load(plan.teacher, DEEP.layers).frozen(trainer.dtype).to(plan.device)
    found = unexplained(averaged, teacher, trainer.corpus.held_out, DEEP.layers)
    _write(plan, averaged, len(trainer.corpus.training), found)
    return found


def _training(student: VGG16Lite, generator: torch.Generator) -> DeepTraining:
    student.conv1_1.requires_grad_(False)
    student.conv1_2.requires_grad_(False)
    student.heads.requires_grad_(False)
    return DeepTraining(
        student=student,
        average=AveragedModel(student.factored, multi_avg_fn=get_ema_multi_avg_fn(EMA_DECAY)).requires_grad_(False),
        optimiser=torch.optim.Adam(
            [
                {"params": [parameter], "size": CALMER.get(name[:5], 1) * size(parameter)}
                for name, part in student.factored.items()
                for parameter in part.parameters()
            ],
            betas=(0.9, 0.99),
        ),
        generator=generator,
    )


def _write(plan: DeepPlan, student: VGG16Lite, pictures: int, found: dict[str, float]) -> None:
    provenance = {
        "network": "vgg16-lite",
        "teacher": plan.teacher.name,
        "teacher_sha256": file_sha256(plan.teacher),
        "teacher_licence": "CC BY 4.0 (VGG-16, Simonyan and Zisserman 2014); see NOTICE",
        "images": f"{pictures} pictures for training, every {HELD_OUT_EVERY}th of the sorted folder held out",
        "steps": plan.steps,
        "batch": f"{plan.batch} crops of {plan.side} px and as many neighbours",
        "loss": LOSS,
        "residual_energy": {layer: round(value, 4) for layer, value in found.items()},
        "torch": torch.__version__,
        "stylesite": transfer.__version__,
    }
    state = {name: value.half() for name, value in student.state_dict().items()}
    write_weights(state, plan.output, provenance)
