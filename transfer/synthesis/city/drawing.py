"""Cities drawn: as a plan, or as seen from the air."""

from collections.abc import Iterable, Mapping, Sequence

import numpy
from PIL import Image, ImageDraw

from transfer.labels import Label, LabelMap
from transfer.synthesis.city.houses import Layer, Shape
from transfer.synthesis.city.plan import MAIN_STREET, RING, Plan, River, Use
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.sheet import fractal_sheet
from transfer.synthesis.fields.tones import Colour, grain, rgb
from transfer.synthesis.made import Making
from transfer.synthesis.polygons import Point, Polygon, Segment, band

AIR = {
    "ground": "8f8d80", "street": "969490", "main street": "a3a19b", "ring": "aaa8a2", "kerb": "86847e",
    "pavement": "bdb8ae", "court": "a79f92", "court green": "7f8f55", "shadow": "4b4d4c",
    "tiles": "b06a50", "old tiles": "96564a", "brown tiles": "8f6650", "slate": "70757c", "flat": "c6c0b4",
    "verge": "a5a38f", "garden": "7d9152", "tree": "46642f", "lawn": "86a052", "path": "cfc4a6", "pond": "4a7680",
    "forest floor": "3c5429", "hedge": "566b38", "wheat": "cdb271", "grass": "8ba457", "soil": "9c7d5a",
    "crop": "6d9150", "hay": "b9b374", "water": "3f6d7c", "bank": "35606e", "quay": "b9b3a4", "bridge": "c9c3b5",
    "wall": "8d8172", "wall top": "c2b59f",
}  # fmt: skip
MAP = {
    "ground": "f1ede2", "street": "ffffff", "main street": "fbdc8e", "ring": "f6bf6a", "kerb": "c9bda6",
    "pavement": "e7dfcd", "court": "efe8d8", "court green": "d3e2b6",
    "tiles": "d3a98f", "old tiles": "c9987f", "brown tiles": "d0b196", "slate": "c4b7a4", "flat": "d8ccb8",
    "verge": "f3ecdc", "garden": "e6ead0", "tree": "9dc382", "lawn": "c8e0a9", "path": "fbf5e4", "pond": "a9d3e6",
    "forest floor": "b4d59a", "hedge": "dbe2c0", "wheat": "f3ebc6", "grass": "e4edc9", "soil": "eee2c8",
    "crop": "dcebc4", "hay": "f0ecce", "water": "9fcfe8", "bank": "7db6d6", "quay": "efe7d4", "bridge": "fff8e8",
    "wall": "7a6a58", "wall top": "b09a80",
}  # fmt: skip
BAND = 1024  # rows that are drawn at once
LABELS = {
    Use.OLD: Label.CITY, Use.INNER: Label.CITY, Use.OUTER: Label.CITY,
    Use.PARK: Label.FOREST, Use.WOOD: Label.FOREST, Use.FIELD: Label.PLAIN,
}  # fmt: skip


class _Brush:
    """Draws shapes in the picture's long side onto rows `top` to `bottom` of a picture that is `times` as large."""

    def __init__(self, made: Plan, size: tuple[int, int], rows: tuple[int, int], times: int, air: bool) -> None:
        self.whole = rows == (0, size[1])
        self.scale, self.top, self.air = max(size) * times, rows[0] * times, air
        self.colours: Mapping[str, Colour] = {name: rgb(colour) for name, colour in (AIR if air else MAP).items()}
        self.image = Image.new("RGB", (size[0] * times, (rows[1] - rows[0]) * times), self.colours["street"])
        self.draw = ImageDraw.Draw(self.image)
        self.made = made

    def polygon(self, polygon: Polygon, material: str, light: float = 1.0) -> None:
        """Fills it, if it can be seen."""
        points = [(x * self.scale, y * self.scale - self.top) for x, y in polygon]
        if self.whole or (max(y for _, y in points) >= 0 and min(y for _, y in points) <= self.image.height):
            self.draw.polygon(points, self._lit(material, light))

    def disc(self, at: Point, radius: float, material: str, light: float = 1.0) -> None:
        """Fills it, if it can be seen."""
        x, y, far = at[0] * self.scale, at[1] * self.scale - self.top, radius * self.scale
        if -far <= y <= self.image.height + far:
            self.draw.ellipse((x - far, y - far, x + far, y + far), self._lit(material, light))

    def lines(self, segments: Iterable[Segment], half: float, material: str) -> None:
        """Draws bands with round ends."""
        for a, b in segments:
            self.polygon(band(a, b, half), material)
            for end in (a, b):
                self.disc(end, half, material)

    def shape(self, shape: Shape) -> None:
        """Draws what stands on a block. A map has no shadows and its roofs no slopes."""
        light = shape.light if self.air else 1.0
        if not self.air and (shape.material == "shadow" or (shape.layer is Layer.TREE and shape.light > 1.2)):
            return
        if shape.radius:
            if shape.radius * self.scale > 1:  # else it is not seen
                self.disc(shape.polygon[0], shape.radius, shape.material, light)
        elif len(shape.polygon) > 2:
            self.polygon(shape.polygon, shape.material, light)

    def _lit(self, material: str, light: float) -> Colour:
        red, green, blue = self.colours[material]
        return min(255, int(red * light)), min(255, int(green * light)), min(255, int(blue * light))


def drawn(made: Plan, shapes: Sequence[Shape], size: tuple[int, int], air: bool, walled: bool) -> Making[Image.Image]:
    """The picture, drawn larger and reduced, so that edges are smooth."""
    times = 3 if max(size) <= 2048 else 2
    layers: dict[Layer, list[Shape]] = {layer: [] for layer in Layer}
    for shape in shapes:
        layers[shape.layer].append(shape)
    whole = Image.new("RGB", size)
    for top in range(0, size[1], BAND):
        rows = (top, min(top + BAND, size[1]))
        brush = _Brush(made, size, rows, times, air)
        _draw_streets(brush)
        for layer in (Layer.GROUND, Layer.BLOCK, Layer.SHADOW, Layer.HOUSE, Layer.COURT):
            for shape in layers[layer]:
                brush.shape(shape)
        yield 0.2 + 0.6 * (top + BAND / 2) / max(size[1], BAND)
        _draw_river(brush)
        _draw_ring(brush, walled)
        for layer in (Layer.TREE_SHADOW, Layer.TREE):
            for shape in layers[layer]:
                brush.shape(shape)
        whole.paste(brush.image.reduce(times), (0, top))
    return whole


def weathered(image: Image.Image, seed: int) -> Field:
    """The colours (H, W, 3) with what a photograph adds: patches and grain."""
    size = image.size
    light = numpy.float32(1) + numpy.float32(0.09) * fractal_sheet(size, 5, seed + 1, 8, 0.6)
    light += numpy.float32(0.035) * grain(size, seed + 2)
    return numpy.asarray(numpy.asarray(image, numpy.float32) * light[..., None])


def labels(made: Plan, size: tuple[int, int]) -> LabelMap:
    """City, water, forest and plain."""
    image = Image.new("L", size, Label.PLAIN)
    draw, scale = ImageDraw.Draw(image), max(size)
    for use, ward in made.wards:
        draw.polygon([(x * scale, y * scale) for x, y in ward], int(LABELS[use]))
    if made.river is not None:
        draw.polygon([(x * scale, y * scale) for x, y in _water(made.river, made.river.half)], int(Label.WATER))
    return LabelMap.of(numpy.asarray(image).copy())


def _draw_streets(brush: _Brush) -> None:
    made = brush.made
    for use, ward in made.wards:
        if use in (Use.FIELD, Use.WOOD):
            brush.polygon(ward, "ground")
    brush.lines(made.streets, MAIN_STREET * made.scale * 0.42, "main street")


def _draw_river(brush: _Brush) -> None:
    made = brush.made
    if made.river is None:
        return
    half = made.river.half
    brush.polygon(_water(made.river, half + made.quay * 0.75), "quay")
    brush.polygon(_water(made.river, half), "bank", 0.85)
    brush.polygon(_water(made.river, half * 0.94), "bank")
    brush.polygon(_water(made.river, half * 0.78), "water")
    brush.polygon(_water(made.river, half * 0.4), "water", 1.05)
    for number in made.bridges:
        (x, y), (u, v) = made.river.points[number].tolist(), made.river.normals[number].tolist()
        far, wide = half + made.quay, MAIN_STREET * made.scale * 0.62
        ends = ((x - u * far, y - v * far), (x + u * far, y + v * far))
        shade = 0.004 * made.scale
        if brush.air:
            brush.polygon([(a + 0.62 * shade, b + 0.78 * shade) for a, b in band(*ends, wide)], "bank", 0.6)
        brush.polygon(band(*ends, wide), "kerb")
        brush.polygon(band(*ends, wide * 0.82), "bridge")
        brush.polygon(band(*ends, wide * 0.55), "main street")


def _draw_ring(brush: _Brush, walled: bool) -> None:
    """A wide road with a green middle, or a wall with towers."""
    made = brush.made
    if not made.ring:
        return
    if not walled:
        brush.lines(made.ring, RING * made.scale * 0.4, "ring")
        brush.lines(made.ring, RING * made.scale * 0.12, "lawn")
        return
    dry = [edge for edge in made.ring if not _crosses(made, edge)]
    thick = 0.0028 * made.scale
    if brush.air:
        shade = 0.004 * made.scale
        brush.lines([tuple((x + 0.62 * shade, y + 0.78 * shade) for x, y in edge) for edge in dry], thick, "shadow")  # type: ignore[misc]
    brush.lines(dry, thick, "wall")
    brush.lines(dry, thick * 0.5, "wall top")
    for edge in dry:
        for corner in edge:
            brush.disc(corner, thick * 2.1, "wall")
            brush.disc(corner, thick * 1.4, "wall top")


def _crosses(made: Plan, edge: Segment) -> bool:
    if made.river is None:
        return False
    a, b = edge
    steps = [(a[0] + k / 8 * (b[0] - a[0]), a[1] + k / 8 * (b[1] - a[1])) for k in range(9)]
    return any(made.river.nearest(step)[1] < made.river.half for step in steps)


def _water(river: River, half: float) -> Polygon:
    bank = river.normals * half
    points = numpy.concatenate([river.points + bank, (river.points - bank)[::-1]])
    return [(float(x), float(y)) for x, y in points]
