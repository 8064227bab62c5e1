"""From a claimed row to its output: what a worker does between claiming and publishing."""

import contextlib
import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from gallery import deaths, progress
from gallery.checkpoints import Stored
from gallery.holding import DATABASE_TROUBLE
from gallery.models import Picture, Render
from gallery.order import Order
from gallery.patience import patiently
from gallery.progress import Progress
from transfer.checkpoint import key
from transfer.devices import describe, resolve
from transfer.errors import PictureError
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.inputs import Inputs
from transfer.keeper import Keeper
from transfer.metadata import Provenance, Source, encode, versions
from transfer.render import render
from transfer.step import Step, Tick

SHOW_EVERY = 0.4  # seconds
HAND_BACK_WITHIN = 3.0  # seconds that the last checkpoint before stopping may take
LARGEST_FRAME = 1024


class Stopped(Exception):
    """There was a reason to stop, which is the message."""


@dataclass(frozen=True)
class Painted:
    """A finished render: the picture, its file with metadata inside, its provenance, and what went unlike planned."""

    picture: Image.Image
    file: bytes
    provenance: Provenance
    notes: tuple[str, ...] = ()


def paint(row: Render, reason_to_stop: Callable[[], str | None]) -> Painted:
    """Renders `row`, showing progress as it goes.

    `reason_to_stop` is asked after every step; once it gives one, Stopped is raised with it. Raises TransferError when
    the render cannot be done, and OSError when the storage stays away.
    """
    recipe = row.recipe
    device = resolve()
    network = network_for(recipe, device)
    order = Order.of(row)
    inputs = _inputs(order, reason_to_stop)
    keeper = Keeper(Stored(), key(inputs, recipe, network.sha256))
    steps = render(inputs, recipe, network, settings.MEMORY >> row.memory_halvings, keeper.best(recipe, str(device)))
    last = _Following(row, keeper, reason_to_stop).to_the_end(steps)
    picture = to_picture(last.image)
    provenance = Provenance(
        recipe=recipe,
        width=picture.width,
        height=picture.height,
        content=_source(order.content),
        styles=tuple(map(_source, order.styles)),
        weights_sha256=network.sha256,
        versions=versions(),
        device=describe(device),
        parent=str(row.parent_id) if row.parent_id else None,
        losses=last.losses,
    )
    return Painted(picture, encode(picture, provenance), provenance, (*last.notes, *keeper.trouble))


class _Following:
    """Follows a render: shows what it looks like, keeps its checkpoints, and stops when there is a reason to."""

    def __init__(self, row: Render, keeper: Keeper, reason_to_stop: Callable[[], str | None]) -> None:
        self.row, self.keeper, self.reason_to_stop = row, keeper, reason_to_stop
        self.began = self.shown = time.monotonic()
        self.began_at = 0.0  # the fraction with which this attempt started
        self.frame = 0
        self.last: Step | None = None

    def to_the_end(self, steps: Iterable[Step | Tick]) -> Step:
        """The last step; raises Stopped with the reason, after the state of the last whole step is put away."""
        for step in steps:
            if isinstance(step, Tick):
                self._stop_if_asked()
                continue
            if self.last is None:
                self.began_at = step.fraction
            self.last = step
            self._stop_if_asked()
            if self.keeper.keep(step):
                self._note_progress()
            self._show(step)
        if self.last is None:
            raise Stopped("nothing was painted")
        return self.last

    def _stop_if_asked(self) -> None:
        if reason := self.reason_to_stop():
            if self.last is not None and self.last.has_state:
                self.keeper.keep_now(self.last, within=HAND_BACK_WITHIN)
            raise Stopped(reason)

    def _note_progress(self) -> None:
        with contextlib.suppress(*DATABASE_TROUBLE):
            deaths.got_further(self.row)

    def _show(self, step: Step) -> None:
        now = time.monotonic()
        if now - self.shown < SHOW_EVERY and not step.ends_render:
            return
        self.frame, self.shown = self.frame + 1, now
        elapsed, done = now - self.began, step.fraction - self.began_at
        left = elapsed / done * (1 - step.fraction) if done > 0.02 else None
        progress.publish(self.row.id, _progress(step, self.frame, left), _jpeg(to_picture(step.shown(LARGEST_FRAME))))


def _progress(step: Step, frame: int, left: float | None) -> Progress:
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
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def _inputs(order: Order, in_vain: Callable[[], object]) -> Inputs:
    """The pictures and masks, out of the storage."""
    content, *styles = (_open(str(picture.file), str(picture), in_vain) for picture in (order.content, *order.styles))
    masks = [_open(name, "mask", in_vain, "L") for name in order.masks]
    return Inputs(content, tuple(styles), content_mask=masks[0] if masks else None, style_masks=tuple(masks[1:]))


def _open(name: str, what: str, in_vain: Callable[[], object], mode: str = "RGB") -> Image.Image:
    stored = patiently(lambda: _read(name, what), f"reading {name}", in_vain)
    try:
        with Image.open(io.BytesIO(stored)) as image:
            return image.convert(mode)
    except OSError as error:
        raise PictureError(f"The stored picture {what} cannot be read: upload it again.") from error


def _read(name: str, what: str) -> bytes:
    """The stored bytes. Nobody waits for a file that is missing where a storage answers."""
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise PictureError(f"The stored picture {what} is gone: upload it again.") from error


def _source(picture: Picture) -> Source:
    return Source(sha256=picture.sha256, width=picture.width, height=picture.height, name=picture.name)
