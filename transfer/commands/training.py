"""The commands `distill`, `distill-deep` and `distill-instant`: they train the networks that ship with the project."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from transfer.commands.parsing import CommandLine, Commands
from transfer.distill.deep_plan import DeepPlan
from transfer.distill.instant_plan import InstantPlan
from transfer.distill.plan import TrainingPlan
from transfer.errors import TransferError

if TYPE_CHECKING:
    from transfer.distill.evaluation import Imitation

Plan = TypeVar("Plan", TrainingPlan, DeepPlan)


def add(commands: Commands) -> None:
    """Adds their words to the command line's."""
    _add_distill(commands)
    _add_distill_deep(commands)
    _add_distill_instant(commands)


def distill(arguments: argparse.Namespace) -> None:
    """Trains the small network."""
    from transfer.distill.evaluation import LITE
    from transfer.distill.train import distill as train

    _imitate(arguments, LITE, TrainingPlan, train)


def distill_deep(arguments: argparse.Namespace) -> None:
    """Trains the small network that goes deeper."""
    from transfer.distill.deep import distill_deep as train
    from transfer.distill.evaluation import DEEP

    _imitate(arguments, DEEP, DeepPlan, train)


def distill_instant(arguments: argparse.Namespace) -> None:
    """Trains the decoders of instant pictures."""
    from transfer.distill.instant import distill_instant as train
    from transfer.instant.decoders import FILE

    for path in (arguments.images, arguments.styles):
        if not path.is_dir():
            raise TransferError(f"There is no folder {path}.")
    _check_amounts(arguments)
    if not arguments.rate > 0:
        raise TransferError("--rate must be above 0.")
    output: Path = arguments.output or FILE
    plan = InstantPlan(
        styles=arguments.styles, start=arguments.start, rate=arguments.rate, **_common(arguments, output)
    )
    train(plan, report=lambda line: print(line, flush=True))
    print(f"{output}: {output.stat().st_size / 1e6:.2f} MB")


def _imitate(
    arguments: argparse.Namespace,
    which: "Imitation",
    plan: type[Plan],
    train: Callable[[Plan, Callable[[str], None]], dict[str, float]],
) -> None:
    """Trains a small network, or measures it; `train` makes it by a `plan`."""
    from transfer.distill.evaluation import evaluation

    for path in (arguments.teacher, arguments.images):
        if not path.exists():
            raise TransferError(f"There is nothing at {path}.")
    _check_amounts(arguments)
    output: Path = arguments.output or which.small.default_weights()
    if arguments.evaluate:
        for line in evaluation(which, arguments.teacher, output, arguments.images):
            print(line, flush=True)
        return
    made = plan(teacher=arguments.teacher, **_common(arguments, output))
    found = train(made, lambda line: print(line, flush=True))
    for layer, value in found.items():
        print(f"{layer}: {value:.2%} of the teacher's energy unexplained")
    print(f"{output}: {output.stat().st_size / 1e6:.2f} MB")


def _check_amounts(arguments: argparse.Namespace) -> None:
    if min(arguments.steps, arguments.batch) < 1:
        raise TransferError("--steps and --batch must be at least 1.")


def _common(arguments: argparse.Namespace, output: Path) -> dict[str, Any]:
    """What both plans take from the command line; raises TransferError where the files cannot be written."""
    from transfer.commands.output import check_files
    from transfer.devices import resolve

    checkpoint: Path = arguments.checkpoint or output.with_suffix(".checkpoint")
    check_files([output, checkpoint])
    return {
        "images": arguments.images,
        "output": output,
        "checkpoint": checkpoint,
        "steps": arguments.steps,
        "batch": arguments.batch,
        "device": str(resolve(arguments.device)),
    }


def _add_distill(commands: Commands) -> None:
    distill = commands.add_parser(
        "distill",
        help="train vgg19-lite from VGG-19",
        description="Trains vgg19-lite. Stop it when you like: the same command goes on from its last checkpoint.",
    )
    _add_imitation(distill, "VGG-19", TrainingPlan.steps, TrainingPlan.batch)


def _add_distill_deep(commands: Commands) -> None:
    distill = commands.add_parser(
        "distill-deep",
        help="train vgg16-lite from VGG-16",
        description="Trains vgg16-lite. Stop it when you like: the same command goes on from its last checkpoint.",
    )
    _add_imitation(distill, "VGG-16", DeepPlan.steps, DeepPlan.batch)


def _add_imitation(command: CommandLine, teacher: str, steps: int, batch: int) -> None:
    command.add_argument("--teacher", type=Path, required=True, metavar="FILE", help=f"{teacher}, .safetensors or .pth")
    command.add_argument("--images", type=Path, required=True, metavar="FOLDER", help="pictures to learn from")
    _add_training(command, steps, batch)
    command.add_argument(
        "--evaluate", action="store_true", help="train nothing; measure OUTPUT on pictures that training leaves out"
    )


def _add_training(command: CommandLine, steps: int, batch: int) -> None:
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: the weights that the project uses")
    command.add_argument("--checkpoint", type=Path, metavar="FILE", help="default: beside the output")
    command.add_argument("--steps", type=int, default=steps, metavar="N", help="default: %(default)s")
    command.add_argument("--batch", type=int, default=batch, metavar="N", help="crops a step, default: %(default)s")
    command.add_argument("--device", default="cpu", help="default: %(default)s")


def _add_distill_instant(commands: Commands) -> None:
    distill = commands.add_parser(
        "distill-instant",
        help="train the decoders of instant pictures",
        description="Trains the decoders of instant pictures. Stop it when you like: the same command goes on.",
    )
    distill.add_argument("--images", type=Path, required=True, metavar="FOLDER", help="contents to learn from")
    distill.add_argument("--styles", type=Path, required=True, metavar="FOLDER", help="paintings and textures")
    distill.add_argument("--start", type=Path, metavar="FILE", help="weights to go on from; default: random ones")
    distill.add_argument("--rate", type=float, default=InstantPlan.rate, metavar="X", help="default: %(default)s")
    _add_training(distill, InstantPlan.steps, InstantPlan.batch)
