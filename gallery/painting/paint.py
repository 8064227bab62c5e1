"""From a claimed row to its output: what a worker does between claiming and publishing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from PIL import Image

from gallery.models import Render
from gallery.painting.checkpoints import Stored
from gallery.painting.curve import Point
from gallery.painting.following import Following, MadeFrame, Stopped, made_frame
from gallery.painting.heartbeat import lets_go
from gallery.painting.local import Local
from gallery.painting.pictures import Pictures
from gallery.painting.sharing import SharedDesk
from gallery.pictures.palette import main_colours
from gallery.queueing.order import Order
from transfer.devices import describe, resolve
from transfer.engine.checkpoint import State
from transfer.engine.keeper import Keeper, interrupted
from transfer.engine.painter import Painter
from transfer.engine.step import Step
from transfer.film.clip import Limits
from transfer.film.painter import FilmPainter
from transfer.images import to_picture
from transfer.inputs import Input, Inputs
from transfer.kinds import Kind, kind_of
from transfer.metadata import Kept, Provenance, UsedSource, encode, provenance
from transfer.planning.time_left import foreseen
from transfer.recipes.base import Recipe

FILM = "film"  # among what is beside a picture
MORE = 2  # times as many frames as may be asked for, since a clip's rate may vary: its plan goes by the mean


@dataclass(frozen=True)
class Painted:
    """A finished render: the picture, its file with metadata inside, its provenance, and what went unlike planned.

    `frames` are what it looked like at the end of each rung, lowest first, as far as that is known. `maps` are the
    files that were made beside it, by the fields of `Mapped`, and `film` is an MP4 file where it is a film.
    """

    picture: Image.Image
    file: bytes
    provenance: Provenance
    notes: tuple[str, ...] = ()
    frames: tuple[MadeFrame, ...] = ()
    curve: Sequence[Point] = ()
    palette: list[str] = field(default_factory=list)
    maps: Mapping[str, bytes] = field(default_factory=dict)
    film: bytes = b""


def paint(row: Render, reason_to_stop: Callable[[], str | None]) -> Painted:
    """Renders `row`, showing progress as it goes.

    `reason_to_stop` is asked after every step. Where it gives Reason.KEPT, what is there by then is the result; with
    any other, Stopped is raised. Raises TransferError when the render cannot be done, and OSError when the storage
    stays away.
    """
    recipe, remarks = row.recipe, row.recipe_remarks
    kind, device, order, local = kind_of(recipe), resolve(), Order.of(row), Local()
    is_pointless = partial(lets_go, reason_to_stop)
    inputs, sources = _inputs(order, kind, is_pointless, local)
    painter = kind.painter_of(inputs, recipe, device)
    if isinstance(painter, FilmPainter):
        Limits(frames=MORE * settings.FILM_FRAMES).check(painter.clip, "The film")
        if not row.passes:
            painter.desk = SharedDesk(row, local, is_pointless)
    memory = settings.MEMORY >> row.memory_halvings
    has_begun = row.attempt > 1
    keeper = Keeper(Stored(), painter.key(), interrupted(Stored(), painter.earlier_keys()) if has_begun else ())
    state = keeper.best(painter.rungs, str(device))
    climbed, climber = recipe, painter
    if row.keep and not kind.films:
        climbed = _no_higher(recipe, painter, state)
        climber = kind.painter_of(inputs, climbed, device)
    planned = partial(kind.foresees.plan, climbed, order.sizes, climber.width, memory)
    following = Following(row, keeper, reason_to_stop, foreseen(planned, recipe.network, describe(device)))
    following.first_is_too_early = row.keep and state is None and not kind.films
    try:
        last = following.to_the_end(climber.steps(memory, state))
    except Stopped:
        if isinstance(painter, FilmPainter):
            painter.desk.give_back()
        raise
    picture = to_picture(last.image)
    kept, beside = _kept(last, recipe), dict(climber.beside(last))
    parent = str(row.parent_id) if row.parent_id else None
    made = provenance(recipe, picture, sources, painter, describe(device), last.losses, parent, kept)
    return Painted(
        picture=picture,
        file=encode(picture, made),
        provenance=made,
        notes=(*remarks, *last.notes, *keeper.trouble, *([_in_words(kept, recipe, kind.films)] if kept else [])),
        frames=_frames(following, keeper, painter),
        curve=following.curve.points,
        palette=main_colours(picture),
        film=beside.pop(FILM, b""),
        maps=beside,
    )


def film_of(row: Render, local: Local) -> FilmPainter:
    """The painter of a film that somebody else makes, to help with it. Raises what `paint` raises."""
    recipe, order = row.recipe, Order.of(row)
    inputs, _ = _inputs(order, kind_of(recipe), lambda: None, local)
    painter = kind_of(recipe).painter_of(inputs, recipe, resolve())
    if not isinstance(painter, FilmPainter):
        raise TypeError(f"{recipe.kind} has no segments")
    return painter


def _no_higher(recipe: Recipe, painter: Painter, state: State | None) -> Recipe:
    """What is painted of a render that was kept while nobody painted it: no rung above the one where it stood."""
    side = state.long_side if state else painter.rungs[0].long_side
    return recipe.model_copy(update={"image_size": side})


def _kept(last: Step, recipe: Recipe) -> Kept | None:
    """Where a render was kept before its end."""
    rung = last.rung
    if last.ends_rung and rung.long_side == recipe.image_size:
        return None
    return Kept(long_side=rung.long_side, iteration=last.iteration, iterations=rung.iterations)


def _in_words(kept: Kept, recipe: Recipe, is_film: bool) -> str:
    if is_film:
        return f"Stopped early, at frame {kept.iteration} of {kept.iterations}."
    where = f"Stopped early, at step {kept.iteration} of {kept.iterations}"
    if kept.long_side == recipe.image_size:
        return f"{where} at full size."
    return f"{where} at {kept.long_side} px, on the way to {recipe.image_size} px."


def _frames(following: Following, keeper: Keeper, painter: Painter) -> tuple[MadeFrame, ...]:
    """Those that were seen, and those of lower rungs that were painted before, if they are still on the shelf."""
    found, seen = dict(following.frames), following.frames
    if missed := [rung.long_side for rung in painter.rungs[: max(seen)] if rung.index not in seen]:
        for step in painter.finished(keeper.finished(missed, str(painter.device))):
            found[step.rung.index] = made_frame(step)
    return tuple(frame for _, frame in sorted(found.items()))


def _inputs(
    order: Order, kind: Kind, is_pointless: Callable[[], object], local: Local
) -> tuple[Inputs, list[UsedSource]]:
    """The pictures and masks, out of the storage, and what the metadata say of them."""
    given, sources, pictures = [], [], Pictures(is_pointless)
    for each in order.inputs:
        name, what = (str(each.picture.file), str(each.picture)) if each.picture else (each.file, each.role)
        opened, sha256 = pictures.open(name, what, "RGB" if each.picture else "L")
        takes, height = kind.of(each.role), None
        if takes is not None and takes.heights and each.picture is not None and each.picture.elevation_id:
            height, _ = pictures.open(each.picture.elevation_id, what, None)
        clip, clip_sha256 = None, ""
        if takes is not None and takes.clips and each.picture is not None:
            clip, clip_sha256 = local.file(str(each.picture.film)), each.picture.sha256
        given.append(Input(each.role, each.place, opened, height, clip, clip_sha256))
        sources.append(
            UsedSource(
                sha256=each.picture.sha256 if each.picture else sha256,
                width=opened.width,
                height=opened.height,
                name=each.picture.name if each.picture else "",
                credit=(each.picture.credit or None) if each.picture else None,
                role=each.role,
                place=each.place,
                origin_sha256=each.picture.origin_sha256 if each.picture else "",
                crop=each.picture.crop if each.picture else "",
            )
        )
    return Inputs(tuple(given)), sources
