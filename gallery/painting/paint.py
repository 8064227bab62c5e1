"""From a claimed row to its output: what a worker does between claiming and publishing."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from gallery.models import Picture, Render
from gallery.painting.checkpoints import Stored
from gallery.painting.curve import Point
from gallery.painting.following import Following, MadeFrame, made_frame
from gallery.painting.lease import lets_go
from gallery.painting.retrying import retrying
from gallery.pictures.palette import main_colours
from gallery.queueing.order import Order
from transfer.devices import describe, resolve
from transfer.engine.checkpoint import State
from transfer.engine.keeper import Keeper
from transfer.engine.ladder import rungs
from transfer.engine.step import Step
from transfer.errors import PictureError
from transfer.features.loading import network_for
from transfer.features.network import FeatureNetwork
from transfer.images import to_picture
from transfer.metadata import Kept, Provenance, Source, encode, versions
from transfer.planning.time_left import foreseen
from transfer.recipes.style import StyleRecipe
from transfer.style.identity import key
from transfer.style.inputs import StyleInputs
from transfer.style.render import looked_back, render


@dataclass(frozen=True)
class Painted:
    """A finished render: the picture, its file with metadata inside, its provenance, and what went unlike planned.

    `frames` are what it looked like at the end of each rung, lowest first, as far as that is known.
    """

    picture: Image.Image
    file: bytes
    provenance: Provenance
    notes: tuple[str, ...] = ()
    frames: tuple[MadeFrame, ...] = ()
    curve: Sequence[Point] = ()
    palette: list[str] = field(default_factory=list)


def paint(row: Render, reason_to_stop: Callable[[], str | None]) -> Painted:
    """Renders `row`, showing progress as it goes.

    `reason_to_stop` is asked after every step. Where it gives Reason.KEPT, what is there by then is the result; with
    any other, Stopped is raised. Raises TransferError when the render cannot be done, and OSError when the storage
    stays away.
    """
    recipe = row.recipe
    device = resolve()
    network = network_for(recipe, device)
    order = Order.of(row)
    inputs = _inputs(order, lambda: lets_go(reason_to_stop()))
    memory = settings.MEMORY >> row.memory_halvings
    keeper = Keeper(Stored(), key(inputs, recipe, network.sha256))
    state = keeper.best(recipe, str(device))
    climbed = _no_higher(recipe, state) if row.keep else recipe
    time_left = foreseen(climbed, inputs, describe(device), network.dtype.itemsize, memory)
    following = Following(row, keeper, reason_to_stop, time_left)
    following.first_is_too_early = row.keep and state is None
    last = following.to_the_end(render(inputs, climbed, network, memory, state))
    picture = to_picture(last.image)
    kept = _kept(last, recipe)
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
        kept=kept,
    )
    return Painted(
        picture=picture,
        file=encode(picture, provenance),
        provenance=provenance,
        notes=(*last.notes, *keeper.trouble, *([_in_words(kept, recipe)] if kept else [])),
        frames=_frames(following, keeper, inputs, recipe, network),
        curve=following.curve.points,
        palette=main_colours(picture),
    )


def _no_higher(recipe: StyleRecipe, state: State | None) -> StyleRecipe:
    """What is painted of a render that was kept while nobody painted it: no rung above the one where it stood."""
    side = state.long_side if state else rungs(recipe)[0].long_side
    return recipe.model_copy(update={"image_size": side})


def _kept(last: Step, recipe: StyleRecipe) -> Kept | None:
    """Where a render was kept before its end."""
    rung = last.rung
    if last.ends_rung and rung.long_side == recipe.image_size:
        return None
    return Kept(long_side=rung.long_side, iteration=last.iteration, iterations=rung.iterations)


def _in_words(kept: Kept, recipe: StyleRecipe) -> str:
    where = f"Kept after iteration {kept.iteration} of {kept.iterations} on the {kept.long_side} px rung"
    if kept.long_side == recipe.image_size:
        return f"{where}, which is the last."
    return f"{where}; the recipe would have gone on to {recipe.image_size} px."


def _frames(
    following: Following, keeper: Keeper, inputs: StyleInputs, recipe: StyleRecipe, network: FeatureNetwork
) -> tuple[MadeFrame, ...]:
    """Those that were seen, and those of lower rungs that were painted before, if they are still on the shelf."""
    found, seen = dict(following.frames), following.frames
    if missed := [rung.long_side for rung in rungs(recipe)[: max(seen)] if rung.index not in seen]:
        for step in looked_back(inputs, recipe, network, keeper.finished(recipe, missed, str(network.mean.device))):
            found[step.rung.index] = made_frame(step)
    return tuple(frame for _, frame in sorted(found.items()))


def _inputs(order: Order, is_pointless: Callable[[], object]) -> StyleInputs:
    """The pictures and masks, out of the storage."""
    content, *styles = (
        _open(str(picture.file), str(picture), is_pointless) for picture in (order.content, *order.styles)
    )
    masks = [_open(name, "mask", is_pointless, "L") for name in order.masks]
    return StyleInputs(content, tuple(styles), content_mask=masks[0] if masks else None, style_masks=tuple(masks[1:]))


def _open(name: str, what: str, is_pointless: Callable[[], object], mode: str = "RGB") -> Image.Image:
    stored = retrying(lambda: _read(name, what), f"reading {name}", is_pointless)
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
