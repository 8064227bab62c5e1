"""The command `stylize`: from files to a file that carries its recipe."""

import argparse
import hashlib
import os
import sys
from pathlib import Path
from typing import Never

from PIL import Image
from tqdm import tqdm

from transfer.commands.command_line import recipe_from
from transfer.devices import describe, resolve
from transfer.engine.keeper import Folder, Keeper
from transfer.engine.step import Step, Tick
from transfer.errors import PictureError, TransferError
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.memory import budget
from transfer.metadata import FORMATS, Provenance, Source, encode, versions
from transfer.pictures import open_picture
from transfer.planning import speeds
from transfer.recipes.style import StyleRecipe
from transfer.style.identity import key
from transfer.style.inputs import StyleInputs
from transfer.style.regions import open_mask
from transfer.style.render import render

BAR = "{desc} {percentage:3.0f}%|{bar}| {elapsed}<{remaining}{postfix}"


def stylize(arguments: argparse.Namespace) -> None:
    """Renders to a file; raises TransferError with what is wrong."""
    recipe = recipe_from(arguments)
    output: Path = arguments.output
    if output.suffix.lower() not in FORMATS:
        raise TransferError(f"{output} should end in {', '.join(FORMATS)}.")
    if not output.parent.is_dir():
        raise TransferError(f"There is no folder {output.parent}: make it first.")
    inputs = _inputs(arguments, recipe)
    device = resolve(arguments.device)
    network = network_for(recipe, device, arguments.weights)
    for sentence in inputs.advice(recipe):
        print(f"note: {sentence}", file=sys.stderr)
    memory = budget(arguments.memory, speeds.cache())
    keeper = None
    if arguments.checkpoints:
        keeper = Keeper(Folder(arguments.checkpoints), key(inputs, recipe, network.sha256))
    resume = keeper.best(recipe, str(device)) if keeper else None
    last = None
    with _ProgressBar(recipe) as progress:
        for step in render(inputs, recipe, network, memory, resume):
            if isinstance(step, Tick):
                continue
            last = step
            progress.show(last)
            if keeper:
                keeper.keep(last)
            if last.saves and not last.ends_render:
                way = output.with_name(f"{output.stem}_{last.number}{output.suffix}")
                _write(way, to_picture(last.image), None)
    if last is None:
        raise TransferError("The recipe asks for no iteration.")
    for sentence in (*last.notes, *(keeper.trouble if keeper else ())):
        print(f"note: {sentence}", file=sys.stderr)
    picture = to_picture(last.image)
    provenance = Provenance(
        recipe=recipe,
        width=picture.width,
        height=picture.height,
        content=_source(arguments.content, inputs.content),
        styles=tuple(map(_source, arguments.styles, inputs.styles)),
        init=_source(arguments.init_image, inputs.init) if inputs.init else None,
        content_mask=_source(arguments.content_mask, inputs.content_mask) if inputs.content_mask else None,
        style_masks=tuple(map(_source, arguments.style_masks if inputs.style_masks else (), inputs.style_masks)),
        weights_sha256=network.sha256,
        versions=versions(),
        device=describe(device),
        losses=last.losses,
    )
    _write(output, picture, provenance)
    print(f"{output}: {picture.width} x {picture.height} px", file=sys.stderr)


def _inputs(arguments: argparse.Namespace, recipe: StyleRecipe) -> StyleInputs:
    """The files that the recipe makes use of."""
    starts, masked = recipe.init == "picture", recipe.regions == "masks"
    return StyleInputs(
        content=open_picture(arguments.content),
        styles=tuple(map(open_picture, arguments.styles)),
        init=open_picture(arguments.init_image) if starts and arguments.init_image else None,
        content_mask=open_mask(arguments.content_mask) if masked and arguments.content_mask else None,
        style_masks=tuple(map(open_mask, arguments.style_masks if masked else ())),
    )


def _write(path: Path, picture: Image.Image, provenance: Provenance | None) -> None:
    try:
        if provenance is None:
            picture.save(path)
        else:
            path.write_bytes(encode(picture, provenance, FORMATS[path.suffix.lower()]))
    except OSError as error:
        raise TransferError(f"{path} cannot be written: {error.strerror or error}.") from error


def _source(path: Path, picture: Image.Image) -> Source:
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise PictureError(f"{path} cannot be read: {error.strerror}.") from error
    name = os.fsencode(path.name).decode("utf-8", "replace")[:255]
    return Source(sha256=sha256, width=picture.width, height=picture.height, name=name)


class _ProgressBar:
    """A bar on a terminal, one line a rung elsewhere, and what `print_iter` asks for; all on stderr."""

    def __init__(self, recipe: StyleRecipe) -> None:
        self.bar: tqdm[Never] | None = None
        if sys.stderr.isatty():
            self.bar = tqdm(total=1.0, bar_format=BAR, desc=f"{recipe.image_size} px", leave=False)

    def __enter__(self) -> "_ProgressBar":
        return self

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def show(self, step: Step) -> None:
        """Takes note of a step."""
        if step.prints:
            terms = ", ".join(f"{name} {value:.5f}" for name, value in step.losses.items())
            tqdm.write(f"iteration {step.number} ({step.rung.long_side} px): {terms}", file=sys.stderr)
        if self.bar is not None:
            self.bar.set_postfix_str(f" rung {step.rung.long_side} px, loss {step.losses['total']:.3f}", refresh=False)
            self.bar.update(step.fraction - self.bar.n)
        elif step.ends_rung:
            print(
                f"rung {step.rung.index + 1}/{step.rungs}: {step.rung.long_side} px, {step.iteration} iterations, "
                f"loss {step.losses['total']:.4f}, {step.fraction:.0%}",
                file=sys.stderr,
                flush=True,
            )
