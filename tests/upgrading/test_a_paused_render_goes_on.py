"""A render that was paused is taken up at the iteration where it stood, with the pixels that it would have had."""

import hashlib
import json
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from tests.upgrading.installation import Installation, Site

pytestmark = [pytest.mark.alone, pytest.mark.slow]


@pytest.fixture(scope="module")
def row(running: Site) -> dict[str, Any]:
    """The paused render, resumed and finished."""
    identifier = running.installation.about["renders"]["paused"]
    before = running.installation.render(identifier)
    assert (before["status"], before["paused"], before["attempt"]) == ("pending", 1, 1)
    assert running.browser_of("alice").post(f"/renders/{identifier}/resume/").status == 302
    return running.wait_until_finished(identifier)


@pytest.fixture(scope="module")
def sha256(running: Site, row: dict[str, Any]) -> str:
    """Of its pixels."""
    with Image.open(running.installation.data / "media" / row["output"]) as image:
        return hashlib.sha256(image.convert("RGB").tobytes()).hexdigest()


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


def test_its_pixels_are_those_that_the_core_makes_of_that_checkpoint(sha256: str, by_the_core: dict[str, Any]) -> None:
    assert sha256 == by_the_core["pixels_sha256"]


def test_its_pixels_are_those_that_the_old_revision_made_without_a_pause(
    running: Site, sha256: str, by_the_core: dict[str, Any]
) -> None:
    about = running.installation.about
    if by_the_core["machine"] != about["machine"]:
        pytest.skip(f"pixels are the same on the same kind of machine only: {about['machine']}")
    assert sha256 == about["paused"]["pixels_sha256"]
