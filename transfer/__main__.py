"""`python -m transfer`: stylize, distill, weights."""

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path

from tqdm import tqdm

from transfer import cli
from transfer.distill.plan import Plan
from transfer.errors import PictureError, TransferError
from transfer.features.registry import BACKBONES
from transfer.metadata import FORMATS, Provenance, Source, encode, versions
from transfer.process import keep_freed_memory
from transfer.recipe import Recipe

BAR = "{desc} {percentage:3.0f}%|{bar}| {elapsed}<{remaining}{postfix}"


def main(words: list[str] | None = None) -> int:
    """Runs one command; 0 when it went well, 1 with one sentence on stderr when it did not."""
    arguments = cli.parser().parse_args(words)
    keep_freed_memory()
    try:
        {"stylize": stylize, "distill": distill, "weights": weights}[arguments.command](arguments)
    except TransferError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    return 0


def stylize(arguments: argparse.Namespace) -> None:
    """Renders to a file."""
    recipe = cli.recipe_from(arguments)
    output: Path = arguments.output
    file_format = FORMATS.get(output.suffix.lower())
    if file_format is None:
        raise TransferError(f"{output} should end in {', '.join(FORMATS)}.")
    if not output.parent.is_dir():
        raise TransferError(f"There is no folder {output.parent}: make it first.")

    from transfer.devices import describe, precision, resolve
    from transfer.images import to_picture
    from transfer.pictures import open_picture
    from transfer.render import render

    content, style = open_picture(arguments.content), open_picture(arguments.style)
    device = resolve(arguments.device)
    layers = recipe.layers_for_content + recipe.layers_for_style
    network = BACKBONES[recipe.backbone].load(layers, arguments.weights).frozen(precision(device)).to(device)
    last = None
    with _Progress(recipe) as progress:
        for last in render(content, style, recipe, network):
            progress.show(last)
    if last is None:
        raise TransferError("The recipe asks for no iteration.")
    picture = to_picture(last.image)
    provenance = Provenance(
        recipe=recipe,
        width=picture.width,
        height=picture.height,
        content=_source(arguments.content, content.size),
        styles=(_source(arguments.style, style.size),),
        weights_sha256=network.sha256,
        versions=versions(),
        device=describe(device),
        losses=last.losses,
    )
    try:
        output.write_bytes(encode(picture, provenance, file_format))
    except OSError as error:
        raise TransferError(f"{output} cannot be written: {error.strerror}.") from error
    print(f"{output}: {picture.width} x {picture.height} px", file=sys.stderr)


def distill(arguments: argparse.Namespace) -> None:
    """Trains the small network."""
    from transfer.devices import resolve
    from transfer.distill.train import distill as train

    for path in (arguments.teacher, arguments.images):
        if not path.exists():
            raise TransferError(f"There is nothing at {path}.")
    if min(arguments.steps, arguments.batch) < 1:
        raise TransferError("--steps and --batch must be at least 1.")
    output: Path = arguments.output or BACKBONES["vgg19-lite"].default_weights()
    plan = Plan(
        teacher=arguments.teacher,
        images=arguments.images,
        output=output,
        checkpoint=arguments.checkpoint or output.with_suffix(".checkpoint"),
        steps=arguments.steps,
        batch=arguments.batch,
        device=str(resolve(arguments.device)),
    )
    found = train(plan, report=lambda line: print(line, flush=True))
    for layer, value in found.items():
        print(f"{layer}: {value:.2%} of the teacher's energy unexplained")
    print(f"{output}: {output.stat().st_size / 1e6:.2f} MB")


def weights(arguments: argparse.Namespace) -> None:
    """Fetches weights, or says where they are and what is known of them."""
    backbone = BACKBONES[arguments.backbone]
    if arguments.action == "fetch":
        from transfer.fetch import fetch_vgg19

        path, sha256 = fetch_vgg19(progress=sys.stderr.isatty())
        print(f"{path}\nSHA-256 {sha256}")
        return
    network = backbone.load(backbone.style_layers)
    facts = {
        "file": str(backbone.default_weights()),
        "sha256": network.sha256,
        "licence": backbone.licence,
        "source": backbone.source,
    }
    if backbone.name == "vgg19-lite":
        from transfer.features.vgg19_lite import provenance

        facts |= provenance(backbone.default_weights())
    print(json.dumps(facts, indent=2))


def _source(path: Path, size: tuple[int, int]) -> Source:
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise PictureError(f"{path} cannot be read: {error.strerror}.") from error
    return Source(
        sha256=sha256, width=size[0], height=size[1], name=os.fsencode(path.name).decode("utf-8", "replace")[:255]
    )


class _Progress:
    """A bar on a terminal, one line a rung elsewhere; both on stderr."""

    def __init__(self, recipe: Recipe) -> None:
        self.bar = None
        if sys.stderr.isatty():
            self.bar = tqdm(total=1.0, bar_format=BAR, desc=f"{recipe.image_size} px", leave=False)

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def show(self, step) -> None:  # type: ignore[no-untyped-def]
        """Takes note of a step."""
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


if __name__ == "__main__":
    sys.exit(main())
