"""Flags that several commands share: files, regions, weights and devices."""

import os
from argparse import ArgumentParser
from pathlib import Path

DEVICE_HELP = "cpu, cuda, mps or xpu (mps and xpu are untested); by default the best one there is"


def add_masks(command: ArgumentParser) -> None:
    """Where the regions of content and styles are."""
    command.add_argument(
        "--content-mask", type=Path, metavar="FILE", help="regions of the content: an indexed PNG, at most eight labels"
    )
    command.add_argument(
        "--style-mask",
        dest="style_masks",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="the regions of a style that go with them; once for each style, in their order",
    )


def add_made(command: ArgumentParser, required: bool) -> None:
    """Where a picture that was made goes, and what is known of it."""
    add_picture_file(command, required)
    command.add_argument("--labels", type=Path, metavar="FILE", help="labels, as an indexed PNG that names them")
    command.add_argument("--height", type=Path, metavar="FILE", help="height, as a grey PNG of 16 bits")


def add_styles(command: ArgumentParser) -> None:
    """The pictures whose manner is taken."""
    command.add_argument("styles", type=Path, nargs="+", metavar="STYLE", help="the pictures whose manner is taken")


def add_height_file(command: ArgumentParser) -> None:
    """Where the height map goes."""
    command.add_argument(
        "--height",
        dest="height_file",
        type=Path,
        metavar="FILE",
        help="where the height map goes; with --height-map alone, beside OUT as OUT-height.png",
    )


def add_picture_file(command: ArgumentParser, required: bool) -> None:
    """Where a picture goes."""
    command.add_argument(
        "-o", "--output", type=Path, required=required, metavar="OUT", help=".png, .jpg, .webp or .avif"
    )


def add_weights_file(command: ArgumentParser) -> None:
    """A network from elsewhere."""
    command.add_argument("--weights", type=Path, metavar="FILE", help="weights of the backbone, if not the usual ones")


def add_output(command: ArgumentParser, required: bool) -> None:
    """Where the result and its checkpoints go, and what network paints it."""
    add_picture_file(command, required)
    add_weights_file(command)
    command.add_argument(
        "--checkpoints",
        type=Path,
        metavar="FOLDER",
        help="keep the render's state there: the same command, or one with another --image-size, goes on from it",
    )


def add_device(command: ArgumentParser) -> None:
    """What it is painted on, and how much memory that may take."""
    command.add_argument("--device", help=DEVICE_HELP)
    command.add_argument(
        "--memory",
        metavar="AMOUNT",
        default=os.environ.get("STYLESITE_MEMORY"),
        help="what may be used, as in 2GiB; by default STYLESITE_MEMORY, or half of this machine's",
    )
