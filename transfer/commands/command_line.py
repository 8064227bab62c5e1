"""The command line's words: subcommands, and a flag for each of a kind's roles and each field of its recipe.

Kinds and their recipes are loaded where they are needed, so that the list of commands takes no time.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from transfer import __version__
from transfer.commands import training, weights
from transfer.commands.flags import (
    DEVICE_HELP,
    add_device,
    add_height_file,
    add_made,
    add_masks,
    add_output,
    add_styles,
    add_weights_file,
)
from transfer.commands.parsing import CommandLine, Commands
from transfer.commands.recipe_flags import add_field, add_fields, add_recipe
from transfer.errors import TransferError

if TYPE_CHECKING:
    from transfer.kinds import Kind


def parser() -> argparse.ArgumentParser:
    """The whole command line; parsed arguments carry the subcommand's name as `command`."""
    top = CommandLine(prog="python -m transfer", description="Neural style transfer on a ladder of sizes.")
    top.add_argument("--version", action="version", version=f"Stylesite {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_stylize(commands)
    _add_instant(commands)
    _add_film(commands)
    _add_dream(commands)
    _add_synthesize(commands)
    _add_earth(commands)
    _add_variation(commands)
    _add_texture(commands)
    _add_paint(commands)
    _add_plan(commands)
    training.add(commands)
    weights.add(commands)
    return top


def _nothing(arguments: argparse.Namespace) -> dict[str, object]:
    return {}


def _implied_by_files(arguments: argparse.Namespace) -> dict[str, object]:
    """What files say of a style transfer without a flag."""
    found: dict[str, object] = {"init": "picture"} if arguments.init_image else {}
    found |= {"regions": "masks"} if arguments.content_mask or arguments.style_masks else {}
    return found | _implied_by_height(arguments)


def _implied_by_height(arguments: argparse.Namespace) -> dict[str, object]:
    return {"height_map": True} if arguments.height_file else {}


def _box_of(arguments: argparse.Namespace) -> dict[str, object]:
    """The edges that `--box` names."""
    from transfer.synthesis.recipes.earth import EDGES

    if arguments.box is None:
        return {}
    try:
        return dict(zip(EDGES, map(float, arguments.box.split(",")), strict=True))
    except ValueError as error:
        raise TransferError("--box: give WEST,SOUTH,EAST,NORTH in degrees, as in -89,8,-59,27.") from error


def _add_variation(commands: Commands) -> None:
    told = "Makes a new picture of any size and shape that looks like PICTURE. Each seed makes another one."
    help_ = "make a new picture that looks like one"
    commands.add_parser("variation", help=help_, description=told).makes_flags = _make_variation
    told = "Films a walk from one variation of PICTURE to the next, each of the next seed."
    commands.add_parser("walk", help="film a walk through variations", description=told).makes_flags = _make_walk


def _make_variation(variation: CommandLine) -> None:
    from transfer.kinds import VARIATION

    _add_varied(variation, VARIATION)


def _make_walk(walk: CommandLine) -> None:
    from transfer.kinds import WALK

    _add_varied(walk, WALK)


def _add_varied(command: CommandLine, kind: "Kind") -> None:
    command.add_argument("picture", type=Path, metavar="PICTURE", help="what the new one looks like")
    stays = "what must stay: the same picture with that in white, and all else in black"
    command.add_argument("--keep", type=Path, metavar="FILE", help=stays)
    command.set_defaults(kind=kind.name, implied=_nothing, height_file=None)
    add_output(command, required=True)
    add_device(command)
    add_recipe(command, kind)


def _add_texture(commands: Commands) -> None:
    told = "Makes a picture of any size and shape out of STYLE alone, or of several; with --wrap one that tiles."
    commands.add_parser("texture", help="make a texture of styles", description=told).makes_flags = _make_texture


def _make_texture(texture: CommandLine) -> None:
    from transfer.kinds import TEXTURE

    add_styles(texture)
    texture.set_defaults(kind=TEXTURE.name, implied=_implied_by_height, height_file=None)
    add_height_file(texture)
    add_output(texture, required=True)
    add_device(texture)
    add_recipe(texture, TEXTURE)


def _add_paint(commands: Commands) -> None:
    commands.add_parser(
        "paint",
        help="do work of any kind",
        description="Does work of any kind, from the pictures that the kind takes. The result carries its recipe.",
    ).makes_flags = _make_paint


def _make_paint(paint: CommandLine) -> None:
    from transfer.kinds import known

    kinds = paint.add_subparsers(dest="kind", required=True, metavar="KIND")
    for name, kind in known().items():
        command = kinds.add_parser(name, help=kind.title, description=f"{kind.title}. {kind.says}".strip())
        command.set_defaults(implied=_nothing, height_file=None)
        for takes in kind.takes:
            several = "" if takes.most == 1 else f"; {takes.amount} times"
            command.add_argument(
                f"--{takes.role}",
                dest=f"{takes.role}_files",
                type=Path,
                action="append",
                default=[],
                metavar="FILE",
                help=f"{takes.hint or takes.title}{several}",
            )
        command.add_argument("--plan", action="store_true", help="only say what it takes")
        add_output(command, required=False)
        add_device(command)
        add_recipe(command, kind)


def _add_stylize(commands: Commands) -> None:
    commands.add_parser(
        "stylize",
        help="paint a content picture in the manner of a style",
        description="Paints CONTENT in the manner of STYLE, or of several. The result carries its recipe.",
    ).makes_flags = _make_stylize


def _make_stylize(stylize: CommandLine) -> None:
    from transfer.kinds import STYLE

    _add_pictures(stylize, STYLE)
    stylize.add_argument("--init-image", type=Path, metavar="FILE", help="a picture to start from")
    add_masks(stylize)
    add_height_file(stylize)
    add_output(stylize, required=True)
    add_device(stylize)
    add_recipe(stylize, STYLE)


def _add_dream(commands: Commands) -> None:
    told = "Dreams of what a network sees in CONTENT, of some channels, or of a guide, as DeepDream does."
    commands.add_parser("dream", help="let a network see more in a picture", description=told).makes_flags = _make_dream
    told = "Films a way into CONTENT: each frame goes into the last one and is dreamt again."
    commands.add_parser("dream-film", help="film a way into a dream", description=told).makes_flags = _make_dream_film


def _make_dream(dream: CommandLine) -> None:
    from transfer.kinds import DREAM

    _add_dreamt(dream, DREAM)
    add_output(dream, required=True)
    add_device(dream)
    add_recipe(dream, DREAM)


def _make_dream_film(film: CommandLine) -> None:
    from transfer.kinds import ZOOM

    _add_dreamt(film, ZOOM)
    film.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=".mp4, .webm or .webp")
    add_weights_file(film)
    add_device(film)
    add_recipe(film, ZOOM)


def _add_dreamt(command: CommandLine, kind: "Kind") -> None:
    command.add_argument("content_files", type=Path, nargs="+", metavar="CONTENT", help="the picture to begin with")
    command.add_argument(
        "--guide", dest="guide_files", type=Path, action="append", default=[], metavar="FILE", help="what to dream of"
    )
    command.set_defaults(kind=kind.name, implied=_nothing, height_file=None)


def _add_instant(commands: Commands) -> None:
    told = "Shows CONTENT in the manner of STYLE, or of several, in one pass. The result carries its recipe."
    help_ = "the same in one pass"
    commands.add_parser("instant", help=help_, description=told).makes_flags = _make_instant


def _make_instant(instant: CommandLine) -> None:
    from transfer.kinds import INSTANT

    _add_pictures(instant, INSTANT)
    add_masks(instant)
    instant.set_defaults(init_image=None, height_file=None)
    add_output(instant, required=True)
    add_device(instant)
    add_recipe(instant, INSTANT)


def _add_film(commands: Commands) -> None:
    told = "Shows CLIP, a film or a folder of pictures, in the manner of STYLE, or of several, with its sound."
    commands.add_parser("film", help="the same for each frame of a clip", description=told).makes_flags = _make_film


def _make_film(film: CommandLine) -> None:
    from transfer.kinds import FILM

    film.add_argument("clip", type=Path, metavar="CLIP", help="a film, or a folder of pictures")
    film.add_argument("styles", type=Path, nargs="+", metavar="STYLE", help="the pictures whose manner is taken")
    film.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=".mp4, .webm or .webp")
    add_weights_file(film)
    kept = "keep what is painted there: the same command goes on from it"
    film.add_argument("--checkpoints", type=Path, metavar="FOLDER", help=kept)
    add_device(film)
    film.set_defaults(kind=FILM.name, implied=_nothing)
    add_fields(film, FILM.recipe)


def _add_synthesize(commands: Commands) -> None:
    commands.add_parser(
        "synthesize",
        help="make a picture out of numbers",
        description="Makes a picture out of numbers, and where the generator knows them, its height and its labels.",
    ).makes_flags = _make_synthesize


def _make_synthesize(synthesize: CommandLine) -> None:
    from transfer.kinds import SYNTHESIS

    generators = synthesize.add_subparsers(dest="kind", required=True, metavar="GENERATOR")
    for name, kind in ((kind.name, kind) for kind in SYNTHESIS):
        command = generators.add_parser(name, help=kind.title, description=f"{kind.title}.")
        command.set_defaults(implied=_nothing)
        if kind.takes:
            command.add_argument(
                "--from", dest="source", type=Path, required=True, metavar="FILE", help=kind.takes[0].hint
            )
        add_made(command, required=True)
        add_recipe(command, kind)


def _add_earth(commands: Commands) -> None:
    commands.add_parser(
        "earth",
        help="make a picture of a part of the Earth",
        description="Makes a picture of PLACE, or of a box of longitudes and latitudes, its height and its labels.",
    ).makes_flags = _make_earth


def _make_earth(earth: CommandLine) -> None:
    from transfer.synthesis.recipes.earth import EDGES, EarthRecipe

    earth.add_argument("place", nargs="?", metavar="PLACE", help="a place by its name, as in caribbean")
    earth.add_argument("--list", action="store_true", help="only list the places")
    earth.add_argument("--box", metavar="WEST,SOUTH,EAST,NORTH", help="edges in degrees, as in -89,8,-59,27")
    earth.set_defaults(kind=EarthRecipe.kind, implied=_box_of, **dict.fromkeys(EDGES))
    add_made(earth, required=False)
    group = earth.add_argument_group("recipe")
    for name in ("layer", "image_size"):
        add_field(group, name, EarthRecipe.model_fields[name])


def _add_plan(commands: Commands) -> None:
    commands.add_parser(
        "plan",
        help="say how much memory and time a render takes",
        description="Says how much memory and time a render takes, without painting anything.",
    ).makes_flags = _make_plan
    calibrate = commands.add_parser("calibrate", help="measure how fast this machine is, unless that is known well")
    calibrate.add_argument("--device", help=DEVICE_HELP)


def _make_plan(plan: CommandLine) -> None:
    from transfer.kinds import STYLE

    _add_pictures(plan, STYLE)
    plan.set_defaults(init_image=None, content_mask=None, style_masks=[], height_file=None)
    add_device(plan)
    add_recipe(plan, STYLE)


def _add_pictures(command: CommandLine, kind: "Kind") -> None:
    command.add_argument("content", type=Path, metavar="CONTENT", help="the picture whose structure is kept")
    add_styles(command)
    command.set_defaults(kind=kind.name, implied=_implied_by_files)
