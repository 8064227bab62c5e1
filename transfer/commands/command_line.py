"""The command line's words: subcommands, and one flag for every field of `StyleRecipe`."""

import argparse
import os
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from transfer import __version__
from transfer.distill.plan import TrainingPlan
from transfer.errors import TransferError
from transfer.recipes.style import StyleRecipe

DEVICE_HELP = "cpu, cuda, mps or xpu (mps and xpu are untested); by default the best one there is"


def parser() -> argparse.ArgumentParser:
    """The whole command line; parsed arguments carry the subcommand's name as `command`."""
    top = argparse.ArgumentParser(prog="python -m transfer", description="Neural style transfer on a ladder of sizes.")
    top.add_argument("--version", action="version", version=f"Stylesite {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_stylize(commands)
    _add_plan(commands)
    _add_distill(commands)
    _add_weights(commands)
    return top


def recipe_from(arguments: argparse.Namespace) -> StyleRecipe:
    """The recipe that the flags describe; raises TransferError naming the flag that is wrong."""
    given = {
        name: getattr(arguments, name) for name in StyleRecipe.model_fields if getattr(arguments, name) is not None
    }
    if arguments.init_image:
        given.setdefault("init", "picture")
    if arguments.content_mask or arguments.style_masks:
        given.setdefault("regions", "masks")
    try:
        return StyleRecipe.model_validate(given)
    except ValidationError as error:
        complaints = (f"--{flag(str(each['loc'][0]))}: {message(each)}" for each in error.errors())
        raise TransferError("; ".join(complaints)) from error


def flag(field: str) -> str:
    """A field's flag without its dashes."""
    return field.replace("_", "-")


def message(error: Any) -> str:
    """What pydantic says of one field, as a person reads it."""
    text = str(error["msg"]).removeprefix("Value error, ")
    return text[:1].lower() + text[1:] if text.startswith("Input") else text


def _add_stylize(commands: Any) -> None:
    stylize = commands.add_parser(
        "stylize",
        help="paint a content picture in the manner of a style",
        description="Paints CONTENT in the manner of STYLE, or of several. The result carries its recipe.",
    )
    _add_pictures(stylize)
    stylize.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=".png, .jpg, .webp or .avif")
    stylize.add_argument("--init-image", type=Path, metavar="FILE", help="a picture to start from")
    stylize.add_argument(
        "--content-mask", type=Path, metavar="FILE", help="regions of the content: an indexed PNG, at most eight labels"
    )
    stylize.add_argument(
        "--style-mask",
        dest="style_masks",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="the regions of a style that go with them; once for each style, in their order",
    )
    stylize.add_argument(
        "--weights", type=Path, metavar="FILE", help="weights of the backbone, instead of the usual ones"
    )
    stylize.add_argument(
        "--checkpoints",
        type=Path,
        metavar="FOLDER",
        help="keep the render's state there: the same command, or one with another --image-size, goes on from it",
    )
    _add_device(stylize)
    _add_recipe(stylize)


def _add_plan(commands: Any) -> None:
    plan = commands.add_parser(
        "plan",
        help="say how much memory and time a render takes",
        description="Says how much memory and time a render takes, without painting anything.",
    )
    _add_pictures(plan)
    plan.set_defaults(init_image=None, content_mask=None, style_masks=[])
    _add_device(plan)
    _add_recipe(plan)
    calibrate = commands.add_parser("calibrate", help="measure how fast this machine is, unless that is known")
    calibrate.add_argument("--device", help=DEVICE_HELP)


def _add_pictures(command: Any) -> None:
    command.add_argument("content", type=Path, metavar="CONTENT", help="the picture whose structure is kept")
    command.add_argument("styles", type=Path, nargs="+", metavar="STYLE", help="the pictures whose manner is taken")


def _add_device(command: Any) -> None:
    command.add_argument("--device", help=DEVICE_HELP)
    command.add_argument(
        "--memory",
        metavar="AMOUNT",
        default=os.environ.get("STYLESITE_MEMORY"),
        help="what may be used, as in 2GiB; by default STYLESITE_MEMORY, or half of this machine's",
    )


def _add_recipe(command: Any) -> None:
    group = command.add_argument_group("recipe")
    for name, field in StyleRecipe.model_fields.items():
        _add_field(group, name, field)


def _add_field(group: Any, name: str, field: FieldInfo) -> None:
    # Help goes through %-formatting; descriptions do not mean to.
    text = (field.description or "").replace("%", "%%")
    names = [f"--{flag(name)}"] if flag(name) == name else [f"--{flag(name)}", f"--{name}"]
    default = field.default if field.default != () else "none"
    options: dict[str, Any] = {"dest": name, "default": None, "help": f"{text} Default: {default}."}
    if field.annotation is bool:
        group.add_argument(*names, action=argparse.BooleanOptionalAction, **options)
        return
    if get_origin(field.annotation) is Literal:
        options["metavar"] = "{" + ",".join(get_args(field.annotation)) + "}"
    else:
        kind = "N" if field.annotation is int else "X" if field.annotation is float else "LIST"
        options["metavar"] = kind
    group.add_argument(*names, **options)


def _add_distill(commands: Any) -> None:
    distill = commands.add_parser(
        "distill",
        help="train vgg19-lite from VGG-19",
        description="Trains vgg19-lite. Stop it when you like: the same command goes on from its last checkpoint.",
    )
    distill.add_argument("--teacher", type=Path, required=True, metavar="FILE", help="VGG-19, .safetensors or .pth")
    distill.add_argument("--images", type=Path, required=True, metavar="FOLDER", help="pictures to learn from")
    distill.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: the weights that the project uses")
    distill.add_argument("--checkpoint", type=Path, metavar="FILE", help="default: beside the output")
    distill.add_argument("--steps", type=int, default=TrainingPlan.steps, metavar="N", help="default: %(default)s")
    distill.add_argument(
        "--batch", type=int, default=TrainingPlan.batch, metavar="N", help="crops a step, default: %(default)s"
    )
    distill.add_argument("--device", default="cpu", help="default: %(default)s")
    distill.add_argument(
        "--evaluate", action="store_true", help="train nothing; measure OUTPUT on pictures that training leaves out"
    )


def _add_weights(commands: Any) -> None:
    weights = commands.add_parser("weights", help="fetch and show the networks' weights")
    actions = weights.add_subparsers(dest="action", required=True, metavar="ACTION")
    fetch = actions.add_parser("fetch", help="download a network that does not ship with the project (548 MB)")
    fetch.add_argument("backbone", choices=["vgg19"])
    show = actions.add_parser("show", help="where a network's weights are and where they came from")
    show.add_argument("backbone", choices=["vgg19-lite", "vgg19"])
