"""The height under a picture: its own, its content's, or its lightness; and the labels and rivers beside it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy
from numpy.typing import NDArray
from PIL import Image

from gallery.models import Picture, Render, StoredFile
from gallery.pictures.results import filenames
from transfer.inputs import Role
from transfer.labels import LabelMap
from transfer.pictures import canonical
from transfer.synthesis.exports import surface
from transfer.synthesis.exports.rivers import RiverMap
from transfer.synthesis.exports.surface import Surface
from transfer.texture.recipe import TextureRecipe
from transfer.tiling.wrap import NOWHERE, Wrap

NONE = StoredFile.named(None)


def content_of(render: Render) -> Picture | None:
    """The render's first content, if it has one."""
    row = render.inputs.filter(role=Role.CONTENT).select_related("picture").order_by("place").first()
    return row.picture if row else None


def wrap_of(render: Render) -> Wrap:
    """Which sides of a render's picture go on at the opposite ones."""
    return Wrap.named(dict(render.recipe).get("wrap", "none"))


@dataclass(frozen=True)
class Relief:
    """A picture and what is known of its places. Reading any of it may raise FileNotFoundError.

    `elevation`, `labels` and `rivers` are stored files, nameless where there are none. `by_lightness` the picture's
    lightness is its height. `stem` is what its downloads are called, without their endings. `wrap` says which of its
    sides go on at the opposite ones.
    """

    stem: str
    output: StoredFile
    elevation: StoredFile
    labels: StoredFile
    rivers: StoredFile
    by_lightness: bool = False
    wrap: Wrap = NOWHERE

    @classmethod
    def of(cls, render: Render, content: Picture | None) -> Self:
        """A finished render's: each file is its own, or else its content's; a texture has its lightness at least."""
        if isinstance(render.recipe, TextureRecipe) and not render.elevation:
            return cls.of_lightness(render)
        stem, wrap = filenames.stem(render), wrap_of(render)
        if content is None:
            return cls(stem, render.output, render.elevation, render.labels, render.rivers, wrap=wrap)
        return cls(
            stem=stem,
            output=render.output,
            elevation=render.elevation or content.elevation,
            labels=render.labels or content.labels,
            rivers=render.rivers or content.rivers,
            wrap=wrap,
        )

    @classmethod
    def of_picture(cls, picture: Picture) -> Self:
        """A picture's own."""
        return cls(filenames.stem(picture), picture.file, picture.elevation, picture.labels, picture.rivers)

    @classmethod
    def of_lightness(cls, of: Render | Picture) -> Self:
        """One of a stored picture, or of a finished render's, whose light parts are high."""
        if isinstance(of, Picture):
            return cls(filenames.stem(of), of.file, NONE, NONE, NONE, by_lightness=True)
        return cls(filenames.stem(of), of.output, NONE, NONE, NONE, True, wrap_of(of))

    @property
    def has_height(self) -> bool:
        """Whether it can be shown in relief."""
        return self.by_lightness or bool(self.elevation)

    @property
    def is_known(self) -> bool:
        """Whether anything is."""
        return self.has_height or bool(self.labels) or bool(self.rivers)

    @property
    def query(self) -> str:
        """What addresses of its files end with."""
        return "?from=lightness" if self.by_lightness else ""

    @property
    def names(self) -> str:
        """What all that is made of it is made of."""
        return f"{self.output} {self.elevation} {self.labels} {self.rivers}"

    @cached_property
    def picture(self) -> Image.Image:
        """In RGB."""
        with self.output.open() as file, Image.open(file) as image:
            return canonical(image)

    @cached_property
    def height(self) -> NDArray[numpy.uint16]:
        """(H, W), from 0 to 65535; it need not have the picture's size."""
        if self.by_lightness:
            return surface.lightness(self.picture, self.wrap)
        with self.elevation.open() as file, Image.open(file) as image:
            return numpy.asarray(image).astype(numpy.uint16)

    @cached_property
    def label_map(self) -> LabelMap | None:
        """What each place is, where that is known."""
        if not self.labels:
            return None
        with self.labels.open() as file, Image.open(file) as image:
            return LabelMap.in_picture(image)

    @cached_property
    def river_map(self) -> RiverMap | None:
        """Where its rivers are, in a picture of its size; None where no rivers are known."""
        if not self.rivers:
            return None
        with self.rivers.open() as file, self.output.open() as output, Image.open(output) as image:
            return RiverMap.read(file.read()).scaled(image.size)

    @cached_property
    def wraps(self) -> bool:
        """Whether it can be laid around a globe."""
        return bool(self.elevation) and surface.covers_a_globe(self.height)

    def surface(self, most: int) -> Surface:
        """The height at the vertices of a grid, seas and lakes level, with at most `most` along the long side."""
        columns, rows = surface.grid_of(self.height.shape[::-1], most)
        found = surface.sampled(self.height, columns, rows, self.wraps or self.wrap.x, self.wrap.y)
        if self.label_map is None:
            return found
        return surface.level_water(found, surface.water_of(self.label_map, columns, rows))
