import hashlib
import os

import pytest
from PIL import Image

from transfer.engine.ladder import rungs
from transfer.features.registry import BACKBONES
from transfer.inputs import Role
from transfer.metadata import decode
from transfer.recipes.style import StyleRecipe

QUICK = ("--image-size", 64, "--num-iterations", 2)


def test_a_process_writes_a_picture_that_carries_its_recipe_and_says_one_line_for_every_rung(
    run_python, picture_files, tmp_path
):
    out = tmp_path / "out.png"
    words = ("--image-size", "150", "--num-iterations", "2", "--seed", "9", "--style-loss", "gram")
    finished = run_python("-m", "transfer", "stylize", *picture_files, "-o", out, *words)
    assert finished.returncode == 0, finished.stderr
    recipe = StyleRecipe(image_size=150, num_iterations=2, seed=9, style_loss="gram")
    with Image.open(out) as image:
        provenance = decode(image)
        assert image.size == (150, 112)
    assert provenance.recipe == recipe
    lines = [line for line in finished.stderr.splitlines() if not line.startswith("note: ")]
    assert len(lines) == len(rungs(recipe)) + 1
    for line, rung in zip(lines, rungs(recipe), strict=False):
        assert f"{rung.long_side} px" in line
    assert all(line.endswith(" left") for line in lines[:-2])
    assert lines[-2].endswith("100%")
    assert lines[-1] == f"{out}: 150 x 112 px"
    assert finished.stdout == ""


@pytest.mark.parametrize(("suffix", "kind"), [(".png", "PNG"), (".jpg", "JPEG"), (".JPEG", "JPEG"), (".webp", "WEBP")])
def test_the_form_follows_the_suffix_and_always_carries_the_recipe(command, picture_files, tmp_path, suffix, kind):
    out = tmp_path / f"out{suffix}"
    status, _, err = command("stylize", *picture_files, "-o", out, *QUICK)
    assert status == 0, err
    with Image.open(out) as image:
        assert image.format == kind
        assert image.size == (64, 48)
        assert decode(image).recipe == StyleRecipe(image_size=64, num_iterations=2)


def test_the_metadata_name_the_inputs_and_the_weights_by_their_hashes(command, picture_files, tmp_path):
    out = tmp_path / "out.png"
    command("stylize", *picture_files, "-o", out, *QUICK)
    with Image.open(out) as image:
        provenance = decode(image)
    content, style = picture_files
    (named,) = provenance.of(Role.CONTENT)
    assert named.sha256 == hashlib.sha256(content.read_bytes()).hexdigest()
    assert (named.width, named.height) == (96, 72)
    assert named.name == content.name
    assert [source.sha256 for source in provenance.of(Role.STYLE)] == [hashlib.sha256(style.read_bytes()).hexdigest()]
    weights = BACKBONES["vgg19-lite"].default_weights()
    assert provenance.weights_sha256 == hashlib.sha256(weights.read_bytes()).hexdigest()
    assert provenance.device.startswith("cpu") or provenance.device
    assert provenance.losses["total"] > 0


def test_the_same_command_gives_the_same_bytes(command, picture_files, tmp_path):
    outs = tmp_path / "a.png", tmp_path / "b.png"
    for out in outs:
        command("stylize", *picture_files, "-o", out, *QUICK, "--device", "cpu")
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_other_weights_can_be_named(command, picture_files, tmp_path, vgg19_file):
    out = tmp_path / "out.png"
    layers = ("--content-layers", "relu3_1", "--style-layers", "relu1_1,relu2_1")
    words = ("--backbone", "vgg19", "--weights", vgg19_file, *layers)
    status, _, err = command("stylize", *picture_files, "-o", out, *QUICK, *words)
    assert status == 0, err
    with Image.open(out) as image:
        assert decode(image).weights_sha256 == hashlib.sha256(vgg19_file.read_bytes()).hexdigest()


@pytest.mark.skipif(os.name != "posix", reason="only there are file names bytes")
def test_a_content_whose_name_is_no_utf_8_can_be_painted(command, picture_files, tmp_path):
    content, style = picture_files
    latin = content.rename(tmp_path / os.fsdecode(b"caf\xe9.png"))
    status, _, err = command("stylize", latin, style, "-o", tmp_path / "out.png", *QUICK)
    assert status == 0, err
    with Image.open(tmp_path / "out.png") as image:
        assert decode(image).of(Role.CONTENT)[0].name.startswith("caf")
