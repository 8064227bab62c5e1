"""The height under a render's picture: its own or its content's, or else its lightness; and the labels beside it."""

import json
from dataclasses import dataclass
from functools import cached_property

import numpy
from numpy.typing import NDArray
from PIL import Image

from gallery.models import Picture, Render, StoredFile
from transfer.inputs import Role
from transfer.labels import CHUNK, LabelMap
from transfer.pictures import canonical
from transfer.synthesis.exports import surface
from transfer.synthesis.exports.surface import Surface


def mapped(render: Render, content: Picture | None) -> Render | Picture | None:
    """What has a height: the render, or else its content; None where neither has."""
    if render.elevation_id:
        return render
    return content if content is not None and content.elevation_id else None


def content_of(render: Render) -> Picture | None:
    """The render's first content, if it has one."""
    row = render.inputs.filter(role=Role.CONTENT).select_related("picture").order_by("place").first()
    return row.picture if row else None


@dataclass(frozen=True)
class Relief:
    """A finished render's picture and what lies under it. Reading any of it may raise FileNotFoundError.

    `elevation` and `labels` are stored files, nameless where there are none; without an elevation, lightness is the
    height.
    """

    output: StoredFile
    elevation: StoredFile
    labels: StoredFile

    @classmethod
    def of(cls, render: Render, by_lightness: bool = False) -> "Relief | None":
        """A render's; None where it has no height, unless `by_lightness`."""
        if by_lightness:
            return cls(render.output, StoredFile.named(None), StoredFile.named(None))
        found = mapped(render, None if render.elevation_id else content_of(render))
        return cls(render.output, found.elevation, found.labels) if found else None

    @property
    def names(self) -> str:
        """What all that is made of it is made of."""
        return f"{self.output} {self.elevation} {self.labels}"

    @cached_property
    def picture(self) -> Image.Image:
        """The render's output in RGB."""
        with self.output.open() as file, Image.open(file) as image:
            return canonical(image)

    @cached_property
    def height(self) -> NDArray[numpy.uint16]:
        """(H, W), from 0 to 65535; it need not have the picture's size."""
        if not self.elevation:
            return surface.lightness(self.picture)
        with self.elevation.open() as file, Image.open(file) as image:
            return numpy.asarray(image).astype(numpy.uint16)

    @cached_property
    def label_map(self) -> LabelMap | None:
        """What each place is, where that is known."""
        if not self.labels:
            return None
        with self.labels.open() as file, Image.open(file) as image:
            image.load()
            names = json.loads(image.info.get(CHUNK, "{}"))
            return LabelMap(numpy.asarray(image), {int(value): name for value, name in names.items()})

    @cached_property
    def wraps(self) -> bool:
        """Whether it can be laid around a globe."""
        return bool(self.elevation) and surface.covers_a_globe(self.height)

    def surface(self, most: int) -> Surface:
        """The height at the vertices of a grid, seas and lakes level, with at most `most` along the long side."""
        columns, rows = surface.grid_of(self.height.shape[::-1], most)
        found = surface.sampled(self.height, columns, rows, self.wraps)
        if self.label_map is None:
            return found
        return surface.level_water(found, surface.water_of(self.label_map, columns, rows))
