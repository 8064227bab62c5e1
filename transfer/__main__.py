"""`python -m transfer`: stylize, instant, dream, dream-film, synthesize, earth, variation, paint, plan, calibrate,
distill, distill-instant, weights."""

import argparse
import json
import os
import sys
from pathlib import Path

from transfer.commands import command_line
from transfer.distill.plan import TrainingPlan
from transfer.errors import TransferError
from transfer.features.registry import BACKBONES
from transfer.process import keep_freed_memory, yield_the_processor


def main(words: list[str] | None = None) -> int:
    """Runs one command; 0 when it went well, 1 with one sentence on stderr when it did not."""
    yield_the_processor()
    keep_freed_memory()
    try:
        arguments = command_line.parser().parse_args(words)
        COMMANDS[arguments.command](arguments)
        sys.stdout.flush()
    except TransferError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads has seen enough
        _write_no_more()
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    return 0


def _write_no_more() -> None:
    """Python writes what is left when it exits: into nothing, so that it does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def stylize(arguments: argparse.Namespace) -> None:
    """Renders to a file, at once or in iterations."""
    from transfer.commands.stylize import stylize as render_to_file

    render_to_file(arguments)


def dream(arguments: argparse.Namespace) -> None:
    """Dreams to a file."""
    from transfer.commands.dream import dream as dream_to_file

    dream_to_file(arguments)


def dream_film(arguments: argparse.Namespace) -> None:
    """Films a way into a dream."""
    from transfer.commands.dream_film import dream_film as film_to_file

    film_to_file(arguments)


def paint(arguments: argparse.Namespace) -> None:
    """Does work of any kind."""
    from transfer.commands.paint import paint_kind

    paint_kind(arguments)


def synthesize(arguments: argparse.Namespace) -> None:
    """Makes a picture out of numbers."""
    from transfer.commands.synthesize import synthesize as make_to_file

    make_to_file(arguments)


def earth(arguments: argparse.Namespace) -> None:
    """Makes a picture of a part of the Earth."""
    from transfer.commands.earth import earth as make_of_place

    make_of_place(arguments)


def variation(arguments: argparse.Namespace) -> None:
    """Makes a new picture that looks like one."""
    from transfer.commands.variation import variation as vary_to_file

    vary_to_file(arguments)


def plan(arguments: argparse.Namespace) -> None:
    """Says what a render would need."""
    from transfer.commands.plan import show_plan

    show_plan(arguments)


def calibrate(arguments: argparse.Namespace) -> None:
    """Measures how fast this machine is."""
    from transfer.commands.plan import calibrate as measure

    measure(arguments)


def distill(arguments: argparse.Namespace) -> None:
    """Trains the small network."""
    from transfer.commands.output import check_files
    from transfer.devices import resolve
    from transfer.distill.evaluation import evaluation
    from transfer.distill.train import distill as train
    from transfer.features.vgg19_lite import deeper_file

    for path in (arguments.teacher, arguments.images):
        if not path.exists():
            raise TransferError(f"There is nothing at {path}.")
    if min(arguments.steps, arguments.batch) < 1:
        raise TransferError("--steps and --batch must be at least 1.")
    output: Path = arguments.output or BACKBONES["vgg19-lite"].default_weights()
    if arguments.part == "deep" and not arguments.output:
        output = deeper_file(output)
    if arguments.evaluate:
        for line in evaluation(arguments.teacher, output, arguments.images):
            print(line, flush=True)
        return
    checkpoint: Path = arguments.checkpoint or output.with_suffix(".checkpoint")
    check_files([output, checkpoint])
    plan = TrainingPlan(
        teacher=arguments.teacher,
        images=arguments.images,
        output=output,
        checkpoint=checkpoint,
        steps=arguments.steps,
        batch=arguments.batch,
        crop=arguments.crop,
        part=arguments.part,
        device=str(resolve(arguments.device)),
    )
    found = train(plan, report=lambda line: print(line, flush=True))
    for layer, value in found.items():
        print(f"{layer}: {value:.2%} of the teacher's energy unexplained")
    print(f"{output}: {output.stat().st_size / 1e6:.2f} MB")


def distill_instant(arguments: argparse.Namespace) -> None:
    """Trains the decoder of instant pictures."""
    from transfer.commands.output import check_files
    from transfer.devices import resolve
    from transfer.distill.instant import distill_instant as train
    from transfer.distill.instant_plan import InstantPlan
    from transfer.instant.decoder import FILE

    for path in (arguments.images, arguments.styles):
        if not path.is_dir():
            raise TransferError(f"There is no folder {path}.")
    if min(arguments.steps, arguments.batch) < 1:
        raise TransferError("--steps and --batch must be at least 1.")
    output: Path = arguments.output or FILE
    checkpoint: Path = arguments.checkpoint or output.with_suffix(".checkpoint")
    check_files([output, checkpoint])
    plan = InstantPlan(
        images=arguments.images,
        styles=arguments.styles,
        output=output,
        checkpoint=checkpoint,
        steps=arguments.steps,
        batch=arguments.batch,
        device=str(resolve(arguments.device)),
    )
    train(plan, report=lambda line: print(line, flush=True))
    print(f"{output}: {output.stat().st_size / 1e6:.2f} MB")


def weights(arguments: argparse.Namespace) -> None:
    """Fetches weights, or says where they are and what is known of them."""
    backbone = BACKBONES[arguments.backbone]
    if arguments.action == "fetch":
        from transfer.commands.output import check_folder

        if not backbone.available:
            check_folder(backbone.default_weights().parent)
        path, sha256 = _fetched(backbone.name)
        print(f"{path}\nSHA-256 {sha256}")
        return
    from transfer.features.network import provenance
    from transfer.features.vgg19_lite import deeper_file

    network, path = backbone.load(backbone.style_layers), backbone.default_weights()
    facts = {"file": str(path), "sha256": network.sha256, "licence": backbone.licence, "source": backbone.source}
    facts |= provenance(path)
    if deeper_file(path).is_file():
        facts["deeper"] = {"file": str(deeper_file(path)), **provenance(deeper_file(path))}
    print(json.dumps(facts, indent=2))


def _fetched(backbone: str) -> tuple[Path, str]:
    """Fetches a network's weights: their path and SHA-256."""
    progress = sys.stderr.isatty()
    if backbone == "vgg16":
        from transfer.features.fetch_vgg16 import fetch_vgg16

        return fetch_vgg16(progress)
    from transfer.features.fetch_vgg19 import fetch_vgg19

    return fetch_vgg19(progress=progress)


COMMANDS = {
    "stylize": stylize,
    "instant": stylize,
    "dream": dream,
    "dream-film": dream_film,
    "synthesize": synthesize,
    "earth": earth,
    "variation": variation,
    "paint": paint,
    "plan": plan,
    "calibrate": calibrate,
    "distill": distill,
    "distill-instant": distill_instant,
    "weights": weights,
}

if __name__ == "__main__":
    sys.exit(main())
