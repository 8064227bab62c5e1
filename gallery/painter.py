"""From a claimed row to its output: what a worker does between claiming and publishing."""

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image

from gallery import progress
from gallery.models import Picture, Render
from gallery.patience import patiently
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
    """There was a reason to stop, which is the message."""


@dataclass(frozen=True)
class Painted:
    """A finished render: the picture, its file with metadata inside, and its provenance."""

    picture: Image.Image
    file: bytes
    provenance: Provenance


def paint(row: Render, reason_to_stop: Callable[[], str | None]) -> Painted:
    """Renders `row`, showing progress as it goes.

    `reason_to_stop` is asked after every step; once it gives one, Stopped is raised with it. Raises TransferError when
    the render cannot be done, and OSError when the storage stays away.
    """
    recipe = row.recipe
    device = resolve()
    network = network_for(recipe, device)
    content, style = (_open(picture, reason_to_stop) for picture in (row.pair.content, row.pair.style))
    inputs = Inputs(content=content, styles=(style,))
    steps = render(inputs, recipe, network)
    last = _show(row, steps, reason_to_stop)
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


def _show(row: Render, steps: Iterator[Step], reason_to_stop: Callable[[], str | None]) -> Step:
    """Follows a render to its last step, publishing what it looks like now and then."""
    began = shown = time.monotonic()
    frame = 0
    step = None
    for step in steps:
        if reason := reason_to_stop():
            raise Stopped(reason)
        now = time.monotonic()
        if now - shown < SHOW_EVERY and not step.ends_render:
            continue
        frame += 1
        shown = now
        progress.publish(row.id, _progress(step, frame, now - began), _jpeg(to_picture(step.image)))
    if step is None:
        raise Stopped("nothing was painted")
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


def _open(picture: Picture, in_vain: Callable[[], object]) -> Image.Image:
    stored = patiently(lambda: _read(picture), f"reading {picture.file.name}", in_vain)
    try:
        with Image.open(io.BytesIO(stored)) as image:
            return image.convert("RGB")
    except OSError as error:
        raise PictureError(f"The stored picture {picture} cannot be read: upload it again.") from error


def _read(picture: Picture) -> bytes:
    """The stored bytes. Nobody waits for a file that is missing where a storage answers."""
    try:
        with picture.file.open("rb") as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise PictureError(f"The stored picture {picture} is gone: upload it again.") from error


def _source(picture: Picture) -> Source:
    return Source(sha256=picture.sha256, width=picture.width, height=picture.height, name=picture.name)
