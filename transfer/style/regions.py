"""Regions of content and style that belong together: masks checked, or found by colour. Free of torch.

A mask is an indexed ("P") or grey ("L", "1") picture; its values are labels. Regions with the same label belong
together: guided style transfer takes the style of one from the other only. Two labels are special: the content may have
UNGUIDED, whose region takes the style of whole pictures, and a style UNUSED, which nothing takes.
"""

import functools
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy
from PIL import Image, ImageCms, ImageFilter

from transfer.errors import MaskError, PictureError
from transfer.labels import MOST_LABELS as MOST_LABELS
from transfer.pictures import ANY, SRGB, bytes_of
from transfer.reading.complaint import DAMAGED
from transfer.reading.reader import opened

Colour = tuple[int, int, int]
UNGUIDED, UNUSED = 254, 253  # the first where no style has it, the second where the content does not
TO_LAB = ImageCms.buildTransform(SRGB, ImageCms.createProfile("LAB"), "RGB", "LAB")
LOOKED_AT = 320  # long side, in pixels, at which regions are looked for
BLUR, SPECKLE = 2.0, 7  # in pixels of that size: what is smoothed away before and after
LIGHTNESS, HUE = 0.5, 2.0  # how much each counts when colours are clustered
LIGHTNESS_DIFFERENCE = 0.4  # how much one standard deviation of lightness counts when clusters are matched
GREY = 20.0  # chroma, in units of Lab, around which hue begins to count


def open_mask(path: Path) -> Image.Image:
    """The mask at `path`, its values untouched; raises MaskError for what is no indexed or grey picture."""
    try:
        found = opened(bytes_of(path), str(path), ANY)
    except PictureError as error:
        raise MaskError(str(error)) from error
    if found.missing:
        raise MaskError(f"{path} {DAMAGED}")
    if found.image.mode not in ("P", "L", "1"):
        raise MaskError(f"{path} is in full colour: save it as an indexed or grey PNG, one value for each region.")
    return found.image


def agreed(masks: Sequence[Image.Image]) -> tuple[Image.Image, ...]:
    """Masks in which equal colours are equal labels.

    Where palettes have the same colours in another order, these decide and not their places; the first mask's stay.
    """
    palettes = [_colours_in(mask) for mask in masks]
    known: dict[Colour, int] = {}
    if not all(palettes) or not _contradict(palettes):
        return tuple(masks)
    for colour, label in (pair for palette in palettes for pair in palette.items()):
        if colour not in known:
            free = (each for each in (label, *range(256)) if each not in known.values())
            known[colour] = next(free, label)
    found = []
    for mask, palette in zip(masks, palettes, strict=True):
        table = numpy.arange(256, dtype=numpy.uint8)
        for colour, label in palette.items():
            table[label] = known[colour]
        found.append(Image.fromarray(table[numpy.asarray(mask)], "L"))
    return tuple(found)


def _colours_in(mask: Image.Image) -> dict[Colour, int]:
    """The labels that occur in an indexed mask, by their colours; nothing where these do not tell them apart."""
    values = [int(value) for value in numpy.unique(numpy.asarray(mask))]
    palette = (mask.getpalette("RGB") or []) if mask.mode == "P" else []
    if not values or 3 * max(values) + 3 > len(palette):
        return {}
    found = {(palette[3 * each], palette[3 * each + 1], palette[3 * each + 2]): each for each in values}
    return found if len(found) == len(values) else {}


def _contradict(palettes: Sequence[dict[Colour, int]]) -> bool:
    """Whether a colour has one label here and another one there."""
    told: dict[Colour, set[int]] = {}
    for colour, label in (pair for palette in palettes for pair in palette.items()):
        told.setdefault(colour, set()).add(label)
    return any(len(labels) > 1 for labels in told.values())


def labels(mask: Image.Image) -> list[int]:
    """The labels in a mask, in rising order; raises MaskError when there are more than eight."""
    found = [int(value) for value in numpy.unique(numpy.asarray(mask))]
    if len(found) > MOST_LABELS:
        raise MaskError(
            f"The mask has {len(found)} labels, and eight are the most: save it as indexed PNG, without smooth edges."
        )
    return found


def check(
    content: Image.Image, content_mask: Image.Image, styles: Sequence[Image.Image], style_masks: Sequence[Image.Image]
) -> None:
    """Raises MaskError unless each mask has its picture's size and every label is in content and in some style."""
    _check_size("content", content, content_mask)
    for number, (style, mask) in enumerate(zip(styles, style_masks, strict=True), 1):
        _check_size(f"style {number}", style, mask)
    check_labels(content_mask, style_masks)


def check_labels(content_mask: Image.Image, style_masks: Sequence[Image.Image]) -> None:
    """Raises MaskError unless every label but UNGUIDED and UNUSED is in the content's mask and in some style's."""
    wanted = set(labels(content_mask))
    there = {label for mask in style_masks for label in labels(mask)}
    if alone := sorted(wanted - there - {UNGUIDED}):
        raise MaskError(f"No style has a region for {_named(alone)} of the content mask: paint it, or leave it out.")
    if alone := sorted(there - wanted - {UNUSED}):
        raise MaskError(f"The content has no region for {_named(alone)} of the style masks: paint it, or leave it out.")


def unguided(content_mask: Image.Image, style_masks: Sequence[Image.Image]) -> bool:
    """Whether the content has a region that takes the style of whole pictures."""
    return UNGUIDED in labels(content_mask) and all(UNGUIDED not in labels(mask) for mask in style_masks)


def automatic(
    content: Image.Image, styles: Sequence[Image.Image], count: int
) -> tuple[Image.Image, tuple[Image.Image, ...]]:
    """Masks for content and styles: colours clustered in Lab, the clusters matched by lightness and hue.

    All have the same labels, `count` of them or as many as the picture of fewest colours has.
    """
    while True:
        clustered = [_clustered(picture, count) for picture in (content, *styles)]
        fewest = min(len(centres) for _, centres in clustered)
        if all(len(centres) == fewest for _, centres in clustered):
            break
        count = min(fewest, count - 1)
    (content_mask, content_centres), *others = clustered
    masks = [_relabelled(mask, _partners(content_centres, centres)) for mask, centres in others]
    return content_mask, tuple(masks)


def _check_size(whose: str, picture: Image.Image, mask: Image.Image) -> None:
    if mask.size != picture.size:
        raise MaskError(
            f"The mask of the {whose} is {mask.width} x {mask.height} px and its picture "
            f"{picture.width} x {picture.height}: make them the same size."
        )


def _named(found: list[int]) -> str:
    return ("label " if len(found) == 1 else "labels ") + ", ".join(map(str, found))


def _clustered(picture: Image.Image, count: int) -> tuple[Image.Image, numpy.ndarray]:
    """A mask of at most `count` labels from 0 on, and their mean colours in Lab (count, 3)."""
    small = picture.convert("RGB")
    small.thumbnail((LOOKED_AT, LOOKED_AT))
    lab = cast(Image.Image, ImageCms.applyTransform(small.filter(ImageFilter.GaussianBlur(BLUR)), TO_LAB))
    found = _stretched(lab).quantize(count, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    smooth = Image.fromarray(numpy.asarray(found), "L").filter(ImageFilter.ModeFilter(SPECKLE))
    kept = numpy.unique(numpy.asarray(smooth))
    mask = numpy.searchsorted(kept, numpy.asarray(smooth)).astype(numpy.uint8)
    colours = _lab(lab)
    centres = numpy.stack([colours[mask == label].mean(0) for label in range(len(kept))])
    return Image.fromarray(mask, "L").resize(picture.size, Image.Resampling.NEAREST), centres


def _stretched(lab: Image.Image) -> Image.Image:
    """Lab with hue and chroma weighed up against lightness, as the three bytes that Pillow can cluster."""
    colours = _lab(lab)
    levels = numpy.stack([colours[..., 0] * 2.55 * LIGHTNESS, *(128 + HUE * colours[..., axis] for axis in (1, 2))], 2)
    return Image.fromarray(levels.clip(0, 255).round().astype(numpy.uint8), "RGB")


def _lab(lab: Image.Image) -> numpy.ndarray:
    """A Lab picture's bytes as floats (H, W, 3): L from 0 to 100, a and b around 0."""
    lightness, a, b = (numpy.asarray(channel, dtype=numpy.float64) for channel in lab.split())
    return numpy.stack([lightness / 2.55, a - 128, b - 128], 2)


def _partners(wanted: numpy.ndarray, given: numpy.ndarray) -> tuple[int, ...]:
    """For each of `given`'s centres, the one of `wanted` that it belongs to: the cheapest of all matchings."""
    lightness = _standardised(given[:, 0])[:, None] - _standardised(wanted[:, 0])[None]
    apart = numpy.linalg.norm(given[:, None, 1:] - wanted[None, :, 1:], axis=2)
    chroma = numpy.minimum(
        numpy.linalg.norm(given[:, 1:], axis=1)[:, None], numpy.linalg.norm(wanted[:, 1:], axis=1)[None]
    )
    costs = LIGHTNESS_DIFFERENCE * numpy.abs(lightness) + (apart / GREY) * (chroma / (chroma + GREY))
    matchings = _matchings(len(given))
    sums = numpy.zeros(len(matchings))
    for row in range(len(given)):
        sums += costs[row, matchings[:, row]]
    return tuple(int(label) for label in matchings[sums.argmin()])


@functools.cache
def _matchings(count: int) -> numpy.ndarray:
    """All orders of as many labels, (count!, count), in lexicographic order: looked at all at once, they cost nothing.

    An assignment solver would settle ties otherwise, and grey pictures are full of ties.
    """
    return numpy.array(list(itertools.permutations(range(count))), dtype=numpy.intp)


def _standardised(values: numpy.ndarray) -> numpy.ndarray:
    return numpy.asarray((values - values.mean()) / (values.std() + 1.0))


def _relabelled(mask: Image.Image, partners: tuple[int, ...]) -> Image.Image:
    return Image.fromarray(numpy.array(partners, dtype=numpy.uint8)[numpy.asarray(mask)], "L")
