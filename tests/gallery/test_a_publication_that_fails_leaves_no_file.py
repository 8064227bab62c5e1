"""Where the database refuses a finished render, nothing that was stored for it is left: no output, no small version."""

from collections.abc import Callable

import pytest
from django.db import Error, connection

from gallery.models import Render, StoredFile
from gallery.painting.claiming import claim, publish
from gallery.painting.following import MadeFrame
from gallery.painting.paint import Painted
from tests.pictures import as_bytes, painting
from tests.provenance import made_up
from transfer.metadata import encode

REFUSE = """
CREATE TRIGGER refuse BEFORE UPDATE ON gallery_render WHEN NEW.status = 'completed'
BEGIN SELECT RAISE(ABORT, 'refused'); END;
"""


@pytest.fixture
def claimed(make_finished: Callable[..., Render]) -> Render:
    """A row as its attempt holds it."""
    make_finished(status="pending", output="", output_sha256="", thumbnail="")
    return claim("worker")


@pytest.mark.usefixtures("clean_queue")
def test_nothing_is_left(claimed: Render, stored_files: Callable[[], set[str]]) -> None:
    picture = painting((700, 500), seed=77)
    provenance = made_up(recipe=claimed.recipe, width=700, height=500)
    frame = MadeFrame(as_bytes(picture, "WEBP"), 700, 500)
    painted = Painted(picture, encode(picture, provenance), provenance, frames=(frame,))
    files, rows = stored_files(), set(StoredFile.objects.values_list("name", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(REFUSE)
    try:
        with pytest.raises(Error, match="refused"):
            publish(claimed, painted)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER refuse")

    assert stored_files() == files
    assert set(StoredFile.objects.values_list("name", flat=True)) == rows
    assert publish(claimed, painted)
    assert stored_files() > files
