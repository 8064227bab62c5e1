"""From a claimed row to its output: what a worker does between claiming and publishing."""

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image

from gallery import progress
from gallery.models import Picture, Render
from gallery.progress import Progress
from transfer.devices import describe, resolve
from transfer.errors import PictureError
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.inputs import Inputs
from transfer.metadata import Provenance, Source, encode, versions
from transfer.render import Step, render

SHOW_EVERY = 0.4  # seconds
LARGEST_FRAME = 1024


class Stopped(Exception):
    """The caller no longer wants this render."""


@dataclass(frozen=True)
class Painted:
    """A finished render: the picture, its file with metadata inside, and its provenance."""

    picture: Image.Image
    file: bytes
    provenance: Provenance


def paint(row: Render, wanted: Callable[[], bool]) -> Painted:
    """Renders `row`, showing progress as it goes.

    `wanted` is asked a few times a second; once it says no, Stopped is raised. Raises TransferError when the render
    cannot be done.
    """
    recipe = row.recipe
    device = resolve()
    network = network_for(recipe, device)
    inputs = Inputs(content=_open(row.pair.content), styles=(_open(row.pair.style),))
    steps = render(inputs, recipe, network)
    last = _show(row, steps, wanted)
    picture = to_picture(last.image)
    provenance = Provenance(
        recipe=recipe,
        width=picture.width,
        height=picture.height,
        content=_source(row.pair.content),
        styles=(_source(row.pair.style),),
        weights_sha256=network.sha256,
        versions=versions(),
        device=describe(device),
        parent=str(row.parent_id) if row.parent_id else None,
        losses=last.losses,
    )
    return Painted(picture, encode(picture, provenance), provenance)


def _show(row: Render, steps: Iterator[Step], wanted: Callable[[], bool]) -> Step:
    """Follows a render to its last step, publishing what it looks like now and then."""
    began = shown = time.monotonic()
    frame = 0
    step = None
    for step in steps:
        now = time.monotonic()
        if now - shown < SHOW_EVERY and not step.ends_render:
            continue
        if not wanted():
            raise Stopped
        frame += 1
        shown = now
        progress.publish(row.id, _progress(step, frame, now - began), _jpeg(to_picture(step.image)))
    if step is None:
        raise Stopped
    return step


def _progress(step: Step, frame: int, elapsed: float) -> Progress:
    left = elapsed / step.fraction * (1 - step.fraction) if step.fraction > 0.02 else None
    return Progress(
        fraction=step.fraction,
        rung=step.rung.long_side,
        rungs=step.rungs,
        rung_index=step.rung.index,
        iteration=step.iteration,
        iterations=step.rung.iterations,
        loss=step.losses["total"],
        losses=step.losses,
        eta_seconds=None if left is None else round(left, 1),
        frame=frame,
    )


def _jpeg(picture: Image.Image) -> bytes:
    picture.thumbnail((LARGEST_FRAME, LARGEST_FRAME))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def _open(picture: Picture) -> Image.Image:
    try:
        with picture.file.open("rb") as file, Image.open(file) as image:
            return image.convert("RGB")
    except OSError as error:
        raise PictureError(f"The stored picture {picture} cannot be read: upload it again.") from error


def _source(picture: Picture) -> Source:
    return Source(sha256=picture.sha256, width=picture.width, height=picture.height, name=picture.name)
