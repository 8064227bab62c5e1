"""Large renders in little memory: the plan, what they really took, and what tiles cost."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import save_file

from benchmarks.drawings import brush, village
from benchmarks.ladder import detail
from benchmarks.random_vgg import random_vgg19
from transfer.devices import precision, resolve
from transfer.engine.ladder import rungs
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES
from transfer.features.vgg19 import VGG19
from transfer.images import scaled_bytes
from transfer.inputs import Role
from transfer.memory import parsed
from transfer.pausing import finish
from transfer.planning.planner import layout
from transfer.recipes.style import StyleRecipe
from transfer.style.calibration import speed
from transfer.style.objective import objective
from transfer.style.planner import plan
from transfer.style.targets import targets
from transfer.tiling.tiles import GuidedImage

CASES = (("vgg19-lite", 512, "2.5GiB"), ("vgg19-lite", 1024, "2.5GiB"), ("vgg19-lite", 2048, "2.5GiB"))
POSTER = ("vgg19-lite", 4096, "2.5GiB")
CLASSIC = ("vgg19", 1024, "2GiB")
SQUARE = 1024  # px of the pictures that go in
RUNS = 3


def rendered(pictures: tuple[Path, Path] | None = None, judge: Path | None = None) -> Iterator[dict[str, object]]:
    """Each case from the command line, with its plan; renders squares of the project's own drawings, or `pictures`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content, style = _squares(folder, pictures)
        for backbone, size, memory in (*CASES, CLASSIC, POSTER):
            output = folder / f"{backbone}_{size}.png"
            yield _case(folder, content, style, output, backbone, size, memory)
        if judge is not None:
            yield from _detail(judge, folder, style)


def _squares(folder: Path, pictures: tuple[Path, Path] | None) -> tuple[Path, Path]:
    content = Image.open(pictures[0]).convert("RGB") if pictures else village()
    side = min(content.size)
    left, top = (content.width - side) // 2, (content.height - side) // 2
    square = folder / "content.png"
    content.crop((left, top, left + side, top + side)).resize((SQUARE, SQUARE)).save(square)
    style = folder / "style.png"
    (Image.open(pictures[1]).convert("RGB") if pictures else brush()).save(style)
    return square, style


def _case(
    folder: Path, content: Path, style: Path, output: Path, backbone: str, size: int, memory: str
) -> dict[str, object]:
    recipe, device = StyleRecipe.model_validate({"backbone": backbone, "image_size": size}), resolve()
    with Image.open(content) as one, Image.open(style) as other:
        sizes = {Role.CONTENT: [one.size], Role.STYLE: [other.size]}
    wanted = plan(recipe, sizes, precision(device).itemsize, parsed(memory), speed(backbone, device))
    words = ["--backbone", backbone, "--image-size", str(size), "--memory", memory, "-o", str(output)]
    if backbone == "vgg19":
        words += ["--weights", str(_random_vgg19(folder))]
    seconds, peak = _timed(["stylize", str(content), str(style), *words])
    return {
        "render": f"{size} x {size} px, {backbone}, {memory}",
        "planned GiB": wanted.memory / 2**30,
        "peak GiB": peak / 2**30,
        "planned s": wanted.seconds or 0.0,
        "seconds": seconds,
        "tiles": wanted.rungs[-1].tiles,
        "overdraw": wanted.rungs[-1].overdraw,
    }


def _timed(words: list[str]) -> tuple[float, int]:
    """The seconds of a command, and its peak resident memory in bytes."""
    began = time.monotonic()
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.peak", *words], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ).stdout
    return time.monotonic() - began, int(said)


def _random_vgg19(folder: Path) -> Path:
    """Random weights under torchvision's keys: they take the memory and the time of the real ones."""
    path = folder / "vgg19.safetensors"
    if not path.exists():
        save_file(random_vgg19("relu5_1"), path)
    return path


def _detail(judge: Path, folder: Path, style: Path) -> Iterator[dict[str, object]]:
    """The judge's detail of the poster, and that of the enlarged 512 px render."""
    poster = folder / "vgg19-lite_4096.png"
    enlarged = folder / "enlarged.png"
    with Image.open(folder / "vgg19-lite_512.png") as small:
        small.resize((4096, 4096), Image.Resampling.BICUBIC).save(enlarged)
    for what, picture in (("detail of the poster", poster), ("detail of 512 px, enlarged", enlarged)):
        yield {"render": f"{what}: {detail(judge, picture, style):.4f}"}


def tiled() -> Iterator[dict[str, object]]:
    """One evaluation of the objective at 1024 px, whole and in tiles for a small budget."""
    device = resolve()
    for backbone, memory in (("vgg19-lite", "1GiB"), ("vgg19", "1.5GiB")):
        recipe = StyleRecipe.model_validate({"backbone": backbone, "image_size": SQUARE})
        network = (VGG19(recipe.layers) if backbone == "vgg19" else BACKBONES[backbone].load(recipe.layers)).frozen(
            precision(device)
        )
        rung = rungs(recipe)[-1]
        small = layout(recipe, rung, (SQUARE, SQUARE), precision(device).itemsize, parsed(memory))
        whole = _evaluation(network, recipe, None, True)
        cut = _evaluation(network, recipe, small.tile_pixels, small.keeps_features)
        yield {
            "network": backbone,
            "tiles": cut[1],
            "overdraw": cut[2],
            "whole, s": whole[0],
            "tiled, s": cut[0],
            "ratio": cut[0] / whole[0],
        }


def _evaluation(
    network: FeatureNetwork, recipe: StyleRecipe, tile_pixels: int | None, keeps_content: bool
) -> tuple[float, int, float]:
    """Median seconds, tiles, and visited pixels per pixel of the picture."""
    content, style = (GuidedImage(scaled_bytes(each, (SQUARE, SQUARE))) for each in (village(), brush()))
    found = finish(targets(network, recipe, content, [style], tile_pixels, keeps_content))
    made = objective(network, recipe, rungs(recipe)[-1], found, (), tile_pixels)
    image = content.image.float() / 255
    gradient, seconds = torch.empty_like(image), []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        finish(made.gradient(image, gradient))
        seconds.append(time.perf_counter() - began)
    visited = sum(tile.pixels for tile in made.tiles)
    return statistics.median(seconds[1:]), len(made.tiles), visited / SQUARE**2
