"""A render that was paused is taken up at the iteration where it stood, and ends near what it would have become.

Bits differ: since then, the algorithm has another version, which asks for texture everywhere and adds up in another
order. `paused.png` is what revision 7229ad5 paints of that checkpoint.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy
import pytest
from django.conf import settings
from PIL import Image

from tests.upgrading.installation import Installation, Site

pytestmark = [pytest.mark.alone, pytest.mark.slow]
LEAST_PSNR = 25  # dB; 29 were measured


@pytest.fixture(scope="module")
def row(running: Site) -> dict[str, Any]:
    """The paused render, resumed and finished."""
    identifier = running.installation.about["renders"]["paused"]
    before = running.installation.render(identifier)
    assert (before["status"], before["paused"], before["attempt"]) == ("pending", 1, 1)
    assert running.browser_of("alice").post(f"/renders/{identifier}/resume/").status == 302
    return running.wait_until_finished(identifier)


@pytest.fixture(scope="module")
def picture(running: Site, row: dict[str, Any]) -> Image.Image:
    """What it became."""
    with Image.open(running.installation.data / "media" / row["output"]) as image:
        return image.convert("RGB")


@pytest.fixture(scope="module")
def by_the_core(left: Installation) -> dict[str, Any]:
    """What the core alone makes of the same inputs and the same checkpoint, and the machine that it runs on."""
    command = [sys.executable, "-m", "tests.upgrading.core", str(left.folder)]
    done = subprocess.run(command, env=left.environment, cwd=settings.BASE_DIR, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return dict(json.loads(done.stdout))


def test_its_first_iteration_follows_the_last_one_before_the_pause(running: Site, row: dict[str, Any]) -> None:
    first, *_ = json.loads(row["curve"])

    assert first[0] == running.installation.about["stand"]["paused"] + 1
    assert (row["attempt"], row["crashes"], json.loads(row["notes"])) == (2, 0, [])


def test_its_pixels_are_those_that_the_core_makes_of_that_checkpoint(
    picture: Image.Image, by_the_core: dict[str, Any]
) -> None:
    assert hashlib.sha256(picture.tobytes()).hexdigest() == by_the_core["pixels_sha256"]


def test_what_it_keeps_has_the_key_under_which_it_began(running: Site, row: dict[str, Any]) -> None:
    paused = running.installation.about["paused"]
    shelf = running.installation.data / "checkpoints" / Path(paused["checkpoint"]).parent

    assert (shelf / f"{paused['recipe']['image_size']:05}-end.safetensors").exists()


def test_it_ends_near_what_the_old_revision_made_without_a_pause(picture: Image.Image) -> None:
    with Image.open(Path(__file__).with_name("paused.png")) as before:
        apart = numpy.asarray(picture, dtype=float) - numpy.asarray(before.convert("RGB"), dtype=float)

    psnr = 10 * numpy.log10(255**2 / numpy.square(apart).mean())
    assert psnr >= LEAST_PSNR
