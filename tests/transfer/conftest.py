"""Pictures drawn on the spot, networks small enough for a test, and files with random weights."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy
import pytest
import torch
from PIL import Image, ImageDraw
from safetensors.torch import save_file

import transfer
from benchmarks.random_vgg import random_vgg16, random_vgg19
from tests.provenance import made_up
from tests.transfer.serving import serving
from transfer.engine.ladder import rungs
from transfer.engine.step import Step
from transfer.features.registry import BACKBONES, VGG19_BLOCKS
from transfer.features.vgg import torchvision_indices
from transfer.features.vgg19 import VGG19
from transfer.instant.render import render
from transfer.pausing import finish
from transfer.style.objective import objective
from transfer.style.targets import targets

REPOSITORY = Path(transfer.__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """Small pictures gain nothing from more threads, and lose much on a busy machine."""
    torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def reproducible_weights():
    """Networks with random weights are the same in every run."""
    torch.manual_seed(0)


def scenery(width, height):
    """A sky that shades into a field, a sun, a house: large areas with clear edges."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for row in range(height):
        shade = row / height
        draw.line((0, row, width, row), fill=(int(90 + 60 * shade), int(140 + 40 * shade), int(230 - 160 * shade)))
    side = min(width, height)
    draw.ellipse((width * 0.62, height * 0.1, width * 0.62 + side * 0.25, height * 0.1 + side * 0.25), fill="#f5d76e")
    draw.rectangle((width * 0.15, height * 0.45, width * 0.45, height * 0.85), fill="#8a4b3a")
    draw.polygon(
        ((width * 0.1, height * 0.45), (width * 0.3, height * 0.2), (width * 0.5, height * 0.45)), fill="#3a2420"
    )
    return image


def strokes(width, height):
    """Many short thick lines in few strong colours: a texture without any scene."""
    random = numpy.random.default_rng(7)
    image = Image.new("RGB", (width, height), "#203040")
    draw = ImageDraw.Draw(image)
    colours = ("#d94f2b", "#f2b632", "#e8e0c8", "#1f4e79", "#6b2d5c")
    for _ in range(width * height // 40):
        x, y = random.uniform(0, width), random.uniform(0, height)
        turn = random.uniform(0, numpy.pi)
        ends = (x, y, x + 9 * numpy.cos(turn), y + 9 * numpy.sin(turn))
        draw.line(ends, fill=colours[random.integers(len(colours))], width=3)
    return image


def gradient_of(loss, image):
    """The gradient of a loss, which gives a scalar for an image, by autograd."""
    leaf = image.clone().requires_grad_()
    return torch.autograd.grad(loss(leaf), leaf)[0]


def optimised(optimiser, loss, count):
    """The image after `count` steps that lower a loss."""
    for _ in range(count):
        optimiser.step(gradient_of(loss, optimiser.image))
    return optimiser.image.clone()


def iterations(*arguments, **options):
    """The steps of a render, without the ticks between them."""
    return (step for step in render(*arguments, **options) if isinstance(step, Step))


def objective_of(network, recipe, content, styles, anchors=(), rung=None, tile_pixels=None, keeps_content=True):
    """The objective of these `GuidedImage`s, content and styles; on the lowest rung by default."""
    found = finish(targets(network, recipe, content, styles, tile_pixels, keeps_content))
    made = objective(network, recipe, rung or rungs(recipe)[0], found, anchors, tile_pixels)
    made.kept = found.kept
    return made


def measured(objective, image):
    """The losses at an image, and their gradient there."""
    gradient = torch.full_like(image, float("nan"))  # earlier values must not matter
    return finish(objective.gradient(image, gradient)), gradient


@pytest.fixture
def content():
    """A landscape of 96 x 72 px."""
    return scenery(96, 72)


@pytest.fixture
def style():
    """A texture of 80 x 80 px."""
    return strokes(80, 80)


@pytest.fixture
def draw_content():
    """Draws a scene of any (width, height)."""
    return scenery


@pytest.fixture
def draw_style():
    """Draws a texture of any (width, height)."""
    return strokes


@pytest.fixture
def picture_files(tmp_path, content, style):
    """The paths of a content picture and a style, as PNG files."""
    paths = tmp_path / "content.png", tmp_path / "style.png"
    for path, image in zip(paths, (content, style), strict=True):
        image.save(path)
    return paths


@pytest.fixture(scope="session")
def network():
    """The network that ships with the project, frozen; tests must not change it."""
    backbone = BACKBONES["vgg19-lite"]
    return backbone.load(backbone.layers).frozen()


@pytest.fixture(scope="session")
def vgg19_state():
    """Random weights under torchvision's keys, from the first layer to the one called `deepest`."""
    return random_vgg19


@pytest.fixture(scope="session")
def vgg16_state():
    """The same for VGG-16."""
    return random_vgg16


@pytest.fixture(scope="session")
def exact_network():
    """The network that ships with the project, in float64, frozen."""
    return BACKBONES["vgg19-lite"].load(()).frozen(torch.float64)


@pytest.fixture(scope="session")
def exact_vgg19(vgg19_state):
    """A random VGG-19 in float64 that ends at the deepest of some layers."""

    def made(recipe):
        layers = recipe.layers
        network = VGG19(layers, pooling=recipe.pooling)
        state = vgg19_state(list(network.features)[-1])
        for name, convolution in network.features.items():
            index = torchvision_indices(VGG19_BLOCKS)[name]
            convolution.weight.data, convolution.bias.data = (
                state[f"features.{index}.{part}"] for part in ("weight", "bias")
            )
        return network.frozen(torch.float64)

    return made


@pytest.fixture(scope="session")
def vgg19_file(tmp_path_factory, vgg19_state):
    """A .safetensors file of a random VGG-19 that ends at relu3_1."""
    path = tmp_path_factory.mktemp("weights") / "teacher.safetensors"
    save_file(vgg19_state(), path)
    return path


@pytest.fixture(scope="session")
def named_with_hash():
    """Renames a file so that its name carries the first digits of its SHA-256, as torchvision's files do."""

    def rename(path):
        digits = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        return path.rename(path.with_name(f"{path.stem}-{digits}{path.suffix}"))

    return rename


@pytest.fixture(scope="session")
def gallery_of_twelve(tmp_path_factory):
    """A folder of twelve different small pictures to distil from."""
    folder = tmp_path_factory.mktemp("pictures")
    random = numpy.random.default_rng(3)
    for index in range(12):
        drawn = (scenery if index % 2 else strokes)(72 + 4 * index, 64 + 3 * index)
        tinted = numpy.asarray(drawn) * random.uniform(0.5, 1, 3)
        Image.fromarray(tinted.astype(numpy.uint8)).save(folder / f"{index:02}.png")
    return folder


@pytest.fixture
def make_provenance():
    """A Provenance with some given facts; the others are made up."""
    return made_up


@pytest.fixture(scope="session")
def run_python():
    """Runs Python with these arguments in a separate process without a terminal."""

    def run(*words):
        environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(REPOSITORY)}
        return subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=REPOSITORY,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def command(capsys):
    """Runs the command line in this process; returns its exit status, standard output and standard error."""
    from transfer.__main__ import main

    def run(*words):
        capsys.readouterr()
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def served(monkeypatch):
    """A `Server` on this machine, and no proxy on the way to it."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as server:
        yield server
