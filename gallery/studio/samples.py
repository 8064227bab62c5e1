"""Pictures that the site makes itself, so that people can begin without any: shown small, or stored as somebody's."""

import functools
import hashlib
import io
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache

from gallery.accounts.person import Person
from gallery.models import Picture
from gallery.pictures import blobs, uploads
from gallery.pictures.uploads import Decoded, Known
from gallery.studio.submission import Asked, Submission, checked
from transfer import __version__
from transfer.kinds import STYLE
from transfer.recipes.style import StyleRecipe
from transfer.synthesis.generators import generator_of
from transfer.synthesis.made import finish, height_png
from transfer.synthesis.recipe import MadeRecipe

SHOWN = 256  # px: the long side of a sample on a page
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Sample:
    """A picture that can be made: what it shows, in a few words, and by which recipe."""

    title: str
    recipe: MadeRecipe

    @property
    def key(self) -> str:
        """What it is called by: hexadecimal digits that are others for another recipe, or in another version."""
        return hashlib.blake2b(f"{__version__} {self.recipe.canonical_json()}".encode(), digest_size=8).hexdigest()

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height of the small version, in px."""
        return _small(self.recipe).size

    def small(self) -> bytes:
        """The picture at 256 px at most, as a WebP file. Made once, and one at a time in each process."""
        if (found := _kept().get(self.key)) is not None:
            return bytes(found)
        with _one_at_a_time:
            made = _kept().get_or_set(self.key, lambda: _encoded(_small(self.recipe)))
        return bytes(made)


def made_picture(sample: Sample, person: Person) -> Picture:
    """The picture as one of `person`'s, which remembers its recipe and what is known of its places.

    The same person's same picture is not made again.
    """
    recipe = sample.recipe.model_dump(mode="json")
    if there := Picture.objects.belonging_to(person).filter(made_by=recipe).first():
        return there
    found = finish(generator_of(sample.recipe).make(sample.recipe))
    with blobs.storing():
        known = Known(
            made_by=recipe,
            elevation=None if found.height is None else blobs.store("maps", height_png(found.height), ".png"),
            labels=None if found.labels is None else blobs.store("maps", found.labels.png(), ".png"),
        )
        return uploads.store(Decoded(found.picture, sample.title, known), person)


def ready_to_paint(pictures: Mapping[str, Picture], recipe: StyleRecipe) -> Submission:
    """A `content` and a `style`, ready to be submitted. Raises Refused where no worker can paint them."""
    return checked(Asked(STYLE, recipe.model_dump(), pictures))


def _small(recipe: MadeRecipe) -> MadeRecipe:
    return recipe.with_changes(image_size=min(SHOWN, recipe.image_size))


@functools.cache
def _kept() -> FileBasedCache:
    """Beside the database, so that a start of the site makes none again."""
    return FileBasedCache(str(settings.DATA / "samples"), {"TIMEOUT": None})


def _encoded(recipe: MadeRecipe) -> bytes:
    file = io.BytesIO()
    finish(generator_of(recipe).make(recipe)).picture.save(file, "WEBP", quality=82, method=2)
    return file.getvalue()
