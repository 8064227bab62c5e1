"""Pictures that are made in the web process: previews while a field moves, and small pictures to keep.

Making takes a processor for a fraction of a second, so few are made at once, none for long, and none that nobody waits
for any more. What is larger than `LARGEST` goes through the queue.
"""

import functools
import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from gallery.accounts.person import Person
from gallery.models import Picture
from gallery.pictures import blobs, maps, uploads
from gallery.pictures.brought import small_map
from gallery.pictures.palette import hexadecimal
from gallery.pictures.uploads import Decoded, Known
from transfer import __version__
from transfer.errors import TransferError
from transfer.labels import LabelMap, colour_of
from transfer.pictures import encoded
from transfer.synthesis.exports.beside import beside
from transfer.synthesis.generators import generator_of
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.base import MadeRecipe

LARGEST, PREVIEW = 512, 256  # px along the longer side
AT_ONCE, WAITING = 2, 4  # in each process
PATIENCE, LONGEST = 5.0, 20.0  # seconds that one waits for its turn, and that it may then take
SHOWN = {"plain": "plains"}  # labels that people read otherwise than they are stored
GREY = (128, 128, 128)  # of a label that has no colour of its own
GLANCE = 0.05  # seconds between two looks at whether it is still wanted
KEPT = 24 * 3600  # seconds that a preview is remembered, unless there is no room
WEBP = {"quality": 86, "method": 2}
WEBP_AT_ONCE = {"quality": 86, "method": 0}
_entered = threading.BoundedSemaphore(AT_ONCE + WAITING)
_places = threading.BoundedSemaphore(AT_ONCE)


class NotMade(Exception):
    """The picture was not made; the message is one sentence for the person, `status` that of an answer."""

    status = 503


class Busy(NotMade):
    """This process makes as many as it may."""

    def __init__(self) -> None:
        super().__init__("Other pictures are being made just now: try again in a few seconds.")


class Superseded(NotMade):
    """Nobody waits for it any more."""

    status = 409

    def __init__(self) -> None:
        super().__init__("A newer picture was asked for instead of this one.")


class TooLong(NotMade):
    """It takes longer than a web process may be kept busy."""

    def __init__(self) -> None:
        super().__init__(f"This takes more than {LONGEST:g} seconds: choose a size above {LARGEST} px to queue it.")


class Unusable(NotMade):
    """The generator cannot make it, or it could not be used as an input."""

    status = 422


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Covered:
    """A label of a picture: its name, the part of the picture that it covers (0 to 1), and its colour, as CSS."""

    name: str
    share: float
    colour: str


@dataclass(frozen=True)
class Preview:
    """A small picture as a WebP, its size in pixels, what is known of it, and how many seconds it took."""

    content: bytes
    size: tuple[int, int]
    seconds: float
    facts: tuple[str, ...]
    labels: tuple[Covered, ...]


def made(
    begin: Callable[[], Making[Made]], is_wanted: Callable[[], bool] = _always, patience: float | None = None
) -> Made:
    """What `begin` begins to make. It waits `patience` seconds for its turn at most, else `PATIENCE`.

    Ends at the generator's next yield when `is_wanted` says no. Raises NotMade.
    """
    if not _entered.acquire(blocking=False):
        raise Busy
    try:
        _wait_for_a_place(is_wanted, time.monotonic() + (PATIENCE if patience is None else patience))
        try:
            return _finished(begin, is_wanted)
        finally:
            _places.release()
    finally:
        _entered.release()


def small(recipe: MadeRecipe) -> MadeRecipe:
    """The recipe of its preview."""
    return recipe.with_changes(image_size=min(PREVIEW, recipe.image_size))


def identity(recipe: MadeRecipe, source: Picture | None = None, quick: bool = False) -> str:
    """The same for recipes of which the same pictures come; another in another version of the project."""
    further = f" {source.file_id} {source.elevation_id}" if source else ""
    whole = f"{__version__} {recipe.canonical_json()}{further}{' quick' if quick else ''}"
    return hashlib.blake2b(whole.encode(), digest_size=12).hexdigest()


def preview(
    recipe: MadeRecipe,
    is_wanted: Callable[[], bool] = _always,
    patience: float | None = None,
    source: Picture | None = None,
    quick: bool = False,
) -> Preview:
    """What the picture will look like, made of somebody's map `source` where it takes one; a sketch if `quick`.

    The last ones are remembered. Raises NotMade as `made` does.
    """
    recipe, generator = small(recipe), generator_of(recipe)
    name = f"preview:{identity(recipe, source, quick)}"
    found: Preview | None = cache.get(name)
    if found is None:

        def begin() -> Making[Made]:
            make = generator.sketched if quick else generator.make
            return make(recipe, small_map(source) if source else None)

        began = time.monotonic()
        of_it = made(begin, is_wanted, patience)
        content = encoded(of_it.picture, "WEBP", **WEBP_AT_ONCE)
        seconds = time.monotonic() - began
        found = Preview(content, of_it.picture.size, seconds, of_it.facts, _covered(of_it.labels))
        cache.set(name, found, KEPT)
    return found


def keep(recipe: MadeRecipe, person: Person, name: str = "") -> Picture:
    """The picture of this recipe as one of the person's, with what is known of its places.

    The same person's same recipe gives the same picture, whatever its `name`. Raises NotMade.
    """
    written = recipe.model_dump(mode="json")
    found = Picture.objects.lasting().belonging_to(person).filter(made_by=written).first()
    return found or _store(
        made(functools.partial(generator_of(recipe).make, recipe)), recipe, written, person, name or called(recipe)
    )


def called(recipe: MadeRecipe) -> str:
    """A name for the picture: what it shows, or that of its generator."""
    return recipe.called or generator_of(recipe).title


def _wait_for_a_place(is_wanted: Callable[[], bool], until: float) -> None:
    while not _places.acquire(timeout=GLANCE):
        if not is_wanted():
            raise Superseded
        if time.monotonic() >= until:
            raise Busy


def _finished(begin: Callable[[], Making[Made]], is_wanted: Callable[[], bool]) -> Made:
    until = time.monotonic() + LONGEST
    try:
        making = begin()
    except FileNotFoundError as error:
        raise Unusable("This map is not here any more: choose it again.") from error
    try:
        while True:
            if not is_wanted():
                raise Superseded
            if time.monotonic() > until:
                raise TooLong
            next(making)
    except StopIteration as ended:
        found: Made = ended.value
        return found
    except TransferError as error:
        raise Unusable(str(error)) from error
    finally:
        making.close()


def _store(of_it: Made, recipe: MadeRecipe, written: dict[str, Any], person: Person, name: str) -> Picture:
    if complaint := uploads.about_size(*of_it.picture.size):
        raise Unusable(complaint)
    with blobs.storing():
        stored = maps.stored(beside(of_it))
        known = Known(written, **stored, credit=recipe.credit)
        picture = uploads.store(Decoded(of_it.picture, name, known), person)
        if picture.made_by is None:  # an equal one was uploaded before
            Picture.objects.filter(pk=picture.pk).update(**known.fields())
            picture.refresh_from_db()
        blobs.discard_unused(*stored.values())  # another recipe made the same picture
    return picture


def _covered(labels: LabelMap | None) -> tuple[Covered, ...]:
    """What the labels of a picture cover, largest first."""
    if labels is None:
        return ()
    return tuple(
        Covered(SHOWN.get(name, name), share, hexadecimal(colour_of(name) or GREY))
        for name, share in labels.shares().items()
    )
