"""Pictures that the site makes itself, so that people can begin without any: shown small, or stored as somebody's."""

import functools
import io
from collections.abc import Mapping
from dataclasses import dataclass

from gallery.accounts.person import Person
from gallery.models import Picture
from gallery.pictures import making
from gallery.pictures.made_once import made_once
from gallery.studio.submission import Asked, Submission, checked
from transfer.kinds import kind_of
from transfer.pausing import finish
from transfer.recipes.base import Recipe
from transfer.synthesis import planner
from transfer.synthesis.generators import generator_of
from transfer.synthesis.recipes.base import MadeRecipe


@dataclass(frozen=True)
class Sample:
    """A picture that can be made: what it shows, in a few words, and by which recipe."""

    title: str
    recipe: MadeRecipe

    @functools.cached_property  # a page of thumbnails asks for all of them with each
    def key(self) -> str:
        """What it is called by: hexadecimal digits that are others for another recipe, or in another version."""
        return making.identity(self.recipe)

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height of the small version, in px."""
        return planner.size(making.small(self.recipe), {})

    def picture(self, person: Person) -> Picture:
        """The picture as one of `person`'s, which remembers its recipe. Raises `making.NotMade`."""
        return making.keep(self.recipe, person, self.title)

    def small(self) -> bytes:
        """The picture at 256 px at most, as a WebP file. Made once, and one at a time in each process."""
        return made_once(self.key, self._made)

    def _made(self) -> bytes:
        recipe, file = making.small(self.recipe), io.BytesIO()
        finish(generator_of(recipe).make(recipe)).picture.save(file, "WEBP", **making.WEBP)
        return file.getvalue()


def ready_to_paint(pictures: Mapping[str, Picture], recipe: Recipe) -> Submission:
    """Pictures by the names of their places, ready to be submitted. Raises Refused where no worker can paint them."""
    return checked(Asked(kind_of(recipe), recipe.model_dump(), pictures, by_name=True))
