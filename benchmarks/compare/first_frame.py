"""The time from pressing Render to the first painted frame, through the site and its worker, but without a browser.

The site is `manage.py up` in an empty data folder. Its worker paints another small render first, so that it is
certainly ready; that one has other pictures, since a worker continues from what it has painted of the same pictures.
"""

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.compare.tree import Tree
from benchmarks.drawings import brush, coast, mosaic, village
from benchmarks.own_site import Site
from benchmarks.visitor import Visitor, wait_until

ASK_EVERY = 0.05  # seconds: each question takes some processor time from the render


def prepare(tree: Tree) -> None:
    """Makes the drawings."""
    for draw in (village, brush, coast, mosaic):
        draw().save(tree.folder / f"{draw.__name__}.jpg")


def measure(tree: Tree) -> Mapping[str, float]:
    """Seconds until the site has a picture of a default render to show."""
    with (
        tempfile.TemporaryDirectory(dir=tree.folder) as data,
        Site(Path(data), tree.path, tree.environment) as address,
    ):
        visitor = Visitor(address)
        small = visitor.submit(tree.folder / "coast.jpg", tree.folder / "mosaic.jpg", image_size=128)
        wait_until(lambda: visitor.status(small)["status"] == "completed", every=0.2)
        token = visitor.form()
        began = time.monotonic()
        path = visitor.press(token, tree.folder / "village.jpg", tree.folder / "brush.jpg")
        wait_until(lambda: visitor.has_frame(path), every=ASK_EVERY)
        return {"press to first painted frame, s": time.monotonic() - began}
