"""A file that an interrupted write cut short does not pass for a whole one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from gallery.pictures import blobs

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 100


def test_a_file_that_is_cut_short_is_written_anew() -> None:
    name = blobs.store("renders", CONTENT, ".png")
    path = Path(settings.MEDIA_ROOT) / name
    path.write_bytes(CONTENT[:1000])
    assert blobs.store("renders", CONTENT, ".png") == name
    assert path.read_bytes() == CONTENT


def test_a_write_that_fails_leaves_no_file(stored_files: Callable[[], set[str]]) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(OSError, match="large"):
            blobs.store("renders", CONTENT, ".png")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert stored_files() == set()
