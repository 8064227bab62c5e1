"""Labels of content and styles find each other by their names: water takes water, ice takes ice. Free of torch.

Where a style has no such label, the nearest that it has is taken, but never water for land or land for water. What has
no counterpart is painted unguided.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from transfer.labels import MOST_LABELS, Label, LabelMap
from transfer.style.regions import UNGUIDED, UNUSED

# What a label takes where there is no other of its name, best first.
NEAREST: Mapping[Label, tuple[Label, ...]] = {
    Label.DEEP_WATER: (Label.WATER,),
    Label.WATER: (Label.DEEP_WATER,),
    Label.PLAIN: (Label.FOREST, Label.DESERT, Label.MOUNTAIN),
    Label.DESERT: (Label.PLAIN, Label.MOUNTAIN, Label.FOREST),
    Label.FOREST: (Label.PLAIN, Label.MOUNTAIN, Label.DESERT),
    Label.MOUNTAIN: (Label.DESERT, Label.PLAIN, Label.FOREST),
    Label.ICE: (Label.MOUNTAIN, Label.PLAIN),
    Label.CITY: (Label.PLAIN, Label.DESERT, Label.FOREST),
}
LOOKED_AT, REACH = 256, 5  # chosen: px of a style's long side where borders are looked for, and px that they reach
FEWEST = 0.25  # chosen: of a label, what is left beside its borders where these are not taken
FEW = 2  # that take their own kind: each is said by itself
TOO_SMALL = 0.01  # of a picture: a label that covers less has too little to be taken, or to be painted by itself


@dataclass(frozen=True)
class Matched:
    """Masks that belong together, and what takes what: names of the content's labels and of the styles'.

    `names` are those of the masks' labels: what is taken, and what is painted unguided.
    """

    content: Image.Image
    styles: tuple[Image.Image, ...]
    takes: Mapping[str, str]
    unguided: tuple[str, ...]
    names: Mapping[int, str]

    def sentences(self) -> list[str]:
        """The same in words."""
        found = []
        if self.takes:
            found.append(_capital(", ".join(_told(self.takes))) + ".")
        if self.unguided:
            where = "style" if len(self.styles) == 1 else "styles"
            they = "it is" if len(self.unguided) == 1 else "they are"
            found.append(f"Nothing in the {where} is like {_listed(self.unguided, 'or')}: {they} painted unguided.")
        return found


def match(content: LabelMap, styles: Sequence[LabelMap]) -> Matched:
    """Masks of content and styles, as `transfer.style.regions` has them, whose labels are matched by name.

    A label that covers less than a hundredth of the content goes with the nearest one there; one that covers less than
    that of every style is not taken. Nor is what lies along the borders of a style's labels: a network sees what is
    beyond them too, and a sea that is mostly shore would bring its trees along.
    """
    shares = content.shares()
    there = {name for style in styles for name, share in style.shares().items() if share >= TOO_SMALL}
    large = {name for name, share in shares.items() if share >= TOO_SMALL}
    takes = {}
    for name in shares:
        larger = name if name in large else _counterpart(name, large) or name
        if (other := _counterpart(larger, there)) is not None:
            takes[name] = other
    unguided = tuple(name for name in shares if name not in takes)
    number = {other: value for value, other in enumerate(dict.fromkeys(takes.values()))}
    return Matched(
        _renumbered(content, {name: number[other] for name, other in takes.items()}, UNGUIDED),
        tuple(_without_borders(_renumbered(style, number, UNUSED)) for style in styles),
        takes,
        unguided,
        {value: other for other, value in number.items()} | ({UNGUIDED: unguided[0]} if len(unguided) == 1 else {}),
    )


def _counterpart(name: str, names: Collection[str]) -> str | None:
    """The same name among `names`, or else the nearest, or None."""
    if name in names:
        return name
    try:
        nearest = NEAREST[Label.titled(name)]
    except KeyError:
        return None
    return next((label.title for label in nearest if label.title in names), None)


def _renumbered(labels: LabelMap, numbers: Mapping[str, int], otherwise: int) -> Image.Image:
    table = numpy.full(256, otherwise, numpy.uint8)
    for value, name in labels.names.items():
        table[value] = numbers.get(name, otherwise)
    return Image.fromarray(table[labels.values], "L")


def _without_borders(mask: Image.Image) -> Image.Image:
    """A mask that is UNUSED near its labels' borders, but for labels that would have too little left.

    One with as many labels as a mask may have stays as it is.
    """
    if len(numpy.unique(numpy.asarray(mask))) == MOST_LABELS:
        return mask
    scale = min(1.0, LOOKED_AT / max(mask.size))
    small = mask.resize([max(1, round(side * scale)) for side in mask.size], Image.Resampling.NEAREST)
    values, window = numpy.asarray(small), 2 * round(REACH * max(small.size) / LOOKED_AT) + 1
    lowest, highest = small.filter(ImageFilter.MinFilter(window)), small.filter(ImageFilter.MaxFilter(window))
    is_inside = numpy.asarray(lowest) == numpy.asarray(highest)
    thin = [value for value in numpy.unique(values) if is_inside[values == value].mean() < FEWEST]
    kept = Image.fromarray(is_inside | numpy.isin(values, thin)).resize(mask.size, Image.Resampling.NEAREST)
    found: NDArray[numpy.uint8] = numpy.where(numpy.asarray(kept), numpy.asarray(mask), numpy.uint8(UNUSED))
    return Image.fromarray(found, "L")


def _told(takes: Mapping[str, str]) -> Iterator[str]:
    """What takes what, in a few words each; many that take their own kind, together."""
    alike = [name for name, other in takes.items() if name == other]
    if len(alike) > FEW:
        yield f"{_listed(alike, 'and')} take their like"
    yield from (f"{name} takes {other}" for name, other in takes.items() if name != other or len(alike) <= FEW)


def _listed(names: Sequence[str], word: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
