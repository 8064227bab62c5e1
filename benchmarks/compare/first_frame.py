"""From the press of Render to the first painted frame, through the site and its worker, but without a browser.

The site is `manage.py up` in an empty data folder. Its worker has painted another small render before, so that it is
surely ready; of other pictures, since a worker goes on from what it has painted of the same ones.
"""

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.compare.tree import Tree
from benchmarks.drawings import brush, coast, mosaic, village
from benchmarks.studio import Site
from benchmarks.visitor import Visitor, wait_until

ASK_EVERY = 0.05  # seconds: asking costs the render something of the processor


def prepare(tree: Tree) -> None:
    """The drawings."""
    for draw in (village, brush, coast, mosaic):
        draw().save(tree.folder / f"{draw.__name__}.jpg")


def measure(tree: Tree) -> Mapping[str, float]:
    """Seconds until the site has a picture to show of a default render."""
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
