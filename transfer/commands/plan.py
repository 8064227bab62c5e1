"""The commands `plan` and `calibrate`: what a render would need, before it starts."""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict

from transfer import cache, processor, words
from transfer.commands.asked import recipe_from
from transfer.features.registry import BACKBONES
from transfer.inputs import Role
from transfer.kinds import Size, kind_of
from transfer.memory import budget
from transfer.pictures import open_picture
from transfer.planning import speeds
from transfer.planning.planner import Speed
from transfer.processor import Device
from transfer.recipes.base import Recipe


def show_plan(arguments: argparse.Namespace) -> None:
    """Prints a line for each rung and the sum; raises TransferError when the render cannot be done."""
    recipe = recipe_from(arguments)
    files = [(Role.CONTENT, arguments.content), *((Role.STYLE, path) for path in arguments.styles)]
    show(recipe, [(role, open_picture(path).size) for role, path in files], arguments)


def show(recipe: Recipe, pictures: Iterable[tuple[Role, Size]], arguments: argparse.Namespace) -> None:
    """The same for pictures of these sizes, by their roles."""
    memory = budget(arguments.memory, cache.folder())
    sizes: dict[Role, list[Size]] = {}
    for role, size in pictures:
        sizes.setdefault(role, []).append(size)
    device, measured = _device(arguments.device, recipe.network)
    found = kind_of(recipe).foresees.plan(recipe, sizes, device.width, memory, measured)
    for rung in found.rungs:
        width, height = rung.size
        tiles = "" if rung.tiles == 1 else f", {rung.tiles} tiles that visit {rung.overdraw:.2f} times its pixels"
        print(
            f"{width} x {height} px: {rung.iterations} iterations, {words.memory(rung.memory)}, "
            f"{words.duration(rung.seconds or 0)}{tiles}"
        )
    print(
        f"In all: {words.duration(found.seconds or 0)}, "
        f"at most {words.memory(found.memory)} of {words.memory(memory)}, "
        f"on {device.description}"
    )


def _device(name: str | None, network: str) -> tuple[Device, Speed | None]:
    """The device called `name` and its speed with a network, if there is one; loads torch where they are not known."""
    known = processor.noted(name)
    speed = speeds.known().get(known.description, {}).get(network) if known else None
    if known is not None and (speed is not None or not network):
        return known, speed
    from transfer.devices import describe, precision, resolve
    from transfer.style import calibration

    device = resolve(name)
    known = Device(describe(device), precision(device).itemsize)
    if device.type == "cpu":
        processor.note(known)
    return known, calibration.speed(network, device) if network else None


def calibrate(arguments: argparse.Namespace) -> None:
    """Measures this machine's speed with every network whose weights are here, unless that is known well."""
    from transfer.devices import describe, resolve
    from transfer.style.calibration import speed

    device = resolve(arguments.device)
    found = {name: asdict(speed(name, device, anew=True)) for name, backbone in BACKBONES.items() if backbone.available}
    json.dump({"device": describe(device), "speeds": found}, sys.stdout, indent=1)
    print()
