"""What a person should know before a render starts. Free of torch, and content with a few colours of each picture.

The colours are single pixels on a grid, not means, so that fine strokes count as what they are. Of a picture that was
made here, it is also known which part of it is water, ice, a city, and so on.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy
from PIL import Image

from transfer.engine.ladder import SHORTEST
from transfer.labels import Label
from transfer.recipes.style import StyleRecipe
from transfer.recipes.styled import StyledRecipe

GRID = 16  # places along each side at which a colour is taken
LONG = 8  # times as long as wide, from which on a picture is called a strip
FLAT = 0.045  # standard deviation of colours, of 1, below which there is nothing to take
GREY = 0.04  # mean distance between a colour's largest and smallest part below which it is no colour
ONE_COLOUR, NEAR = 0.7, 0.1  # the share of a picture, and what counts as the same colour
PALE = 0.12  # the same distance in both pictures below which more colour would do them good
MOSTLY, SOME = 0.75, 0.05  # the share of a map that is most of it, and the least that is worth a sentence
WATER = (Label.WATER.title, Label.DEEP_WATER.title)
FEWEST = 48  # px: a picture with a shorter side is not judged by its colours


@dataclass(frozen=True)
class PictureFacts:
    """A picture as far as it is judged: (width, height), and `colours`, GRID * GRID * 3 bytes of sRGB, if known.

    `identity` is equal for equal pictures; empty where that is not known. `labels` are the shares of its area by the
    titles of `transfer.labels.Label`; empty where they are not known.
    """

    size: tuple[int, int]
    colours: bytes = b""
    identity: str = ""
    labels: Mapping[str, float] = field(default_factory=dict)

    def share(self, *titles: str) -> float:
        """How much of the picture these labels cover, from 0 to 1."""
        return sum(self.labels.get(title, 0.0) for title in titles)

    @classmethod
    def of(cls, picture: Image.Image) -> "PictureFacts":
        """Those of an RGB picture."""
        if min(picture.size) < FEWEST:
            return cls(picture.size)
        colours = picture.resize((GRID, GRID), Image.Resampling.NEAREST).tobytes()
        return cls(picture.size, colours, f"{picture.size} {colours.hex()}")


def advice(recipe: StyleRecipe, content: PictureFacts, styles: Sequence[PictureFacts]) -> list[str]:
    """A sentence for each thing that will disappoint somebody who does not expect it."""
    names = names_of(styles)
    found = [*_about_content(recipe, content)]
    for name, style in zip(names, styles, strict=True):
        found += about_size(recipe, name, style)
        if style.colours:
            found += _about_colours(recipe, name, style)
    found += _about_paleness(recipe, content, styles)
    found += _about_places(recipe, content, styles, names)
    found += _about_equals(content, styles, names)
    return found


def _about_content(recipe: StyleRecipe, content: PictureFacts) -> Iterator[str]:
    width, height = content.size
    if max(content.size) < recipe.image_size:
        yield (
            f"The content picture is {width} × {height} px, smaller than the {recipe.image_size} px asked for: "
            "fine detail will be the style's alone."
        )
    short = round(recipe.image_size * min(content.size) / max(content.size))
    if short < SHORTEST:
        enough = math.ceil(SHORTEST * max(content.size) / min(content.size))
        yield (
            f"The content picture is a narrow strip, and {recipe.image_size} px are too few to keep its shape: "
            f"choose {enough} px or more."
        )
    elif max(content.size) > LONG * min(content.size):
        yield f"The content picture is a narrow strip: the result's short side will have {short} px only."
    if content.colours and _spread(_parts(content)) < FLAT:
        yield "The content picture has almost no shapes: the result will be the style's texture alone."


def names_of(styles: Sequence[PictureFacts]) -> list[str]:
    """What styles are called at the beginning of a sentence."""
    return ["The style"] if len(styles) == 1 else [f"Style {number}" for number in range(1, len(styles) + 1)]


def about_size(recipe: StyledRecipe, name: str, style: PictureFacts) -> Iterator[str]:
    """Where a style is too small or too narrow."""
    width, height = style.size
    wanted = round(recipe.image_size * recipe.style_scale)
    if max(style.size) < wanted:
        yield (
            f"{name} is {width} × {height} px, smaller than the {wanted} px asked for: "
            "large sizes use it at its own size, so its strokes come out finer there."
        )
    if max(style.size) > LONG * min(style.size):
        yield f"{name} is a narrow strip, with little to take textures from: crop it, or choose another part."


def about_plainness(name: str, style: PictureFacts) -> Iterator[str]:
    """Where a style whose colours are known has little to paint with."""
    parts = _parts(style)
    if _spread(parts) < FLAT:
        yield f"{name} has almost no colour variation: expect a flat result."
    elif (share := _share_of_one_colour(parts)) > ONE_COLOUR:
        yield f"{name} is mostly one colour ({share:.0%} of it): expect large plain areas."


def _about_colours(recipe: StyleRecipe, name: str, style: PictureFacts) -> Iterator[str]:
    keeps_colours = recipe.original_colors or recipe.match_colors
    if plain := [*about_plainness(name, style)]:
        yield from plain
    elif not keeps_colours and _colourfulness(_parts(style)) < GREY:
        yield f"{name} has no colours but greys, and so will the result: “Keep the content's colours” would keep them."


def _about_paleness(recipe: StyleRecipe, content: PictureFacts, styles: Sequence[PictureFacts]) -> Iterator[str]:
    """Where no style is grey, but neither it nor the content has much colour."""
    if recipe.original_colors or recipe.match_colors or not (content.colours and all(each.colours for each in styles)):
        return
    most = max(_colourfulness(_parts(style)) for style in styles)
    if GREY <= most < PALE and _colourfulness(_parts(content)) < PALE:
        yield "Content and style are both pale: it works better with more colour, so choose a more colourful style."


def _about_places(
    recipe: StyleRecipe, content: PictureFacts, styles: Sequence[PictureFacts], names: Sequence[str]
) -> Iterator[str]:
    """On maps: what fills them, and what the styles have no counterpart of."""
    land = 1 - content.share(*WATER)
    if content.labels and land < 1 - MOSTLY:
        yield f"The content is mostly sea ({1 - land:.0%} of it): make it with more land, or crop it to the coast."
    if not content.labels or not all(style.labels for style in styles):
        return
    whose = names[0] if len(names) == 1 else "No style"
    has_no = "has no" if len(names) == 1 else "has"
    or_match = ", or match regions" if recipe.regions == "none" else ""
    if content.share(*WATER) >= SOME and max(style.share(*WATER) for style in styles) < SOME:
        yield f"{whose} {has_no} water, and the sea will look like land: choose another crop{or_match}."
    if land >= SOME and max(1 - style.share(*WATER) for style in styles) < SOME:
        yield f"{whose} {has_no} land, and the land will look like sea: choose another crop{or_match}."
    if content.share(Label.ICE.title) >= SOME and max(style.share(Label.ICE.title) for style in styles) < SOME:
        yield f"{whose} {has_no} ice, and the content's will look like land: choose a colder place{or_match}."


def _about_equals(content: PictureFacts, styles: Sequence[PictureFacts], names: Sequence[str]) -> Iterator[str]:
    before = {content.identity: "the content"} if content.identity else {}
    for name, style in zip(names, styles, strict=True):
        if other := before.get(style.identity):
            what = "little will change" if other == "the content" else "weights say the same with one of them"
            yield f"{name} is the same picture as {other}: {what}."
        elif style.identity:
            before[style.identity] = name[0].lower() + name[1:]


def _parts(picture: PictureFacts) -> numpy.ndarray:
    """The colours as rows of three numbers from 0 to 1."""
    return numpy.frombuffer(picture.colours, "uint8").reshape(-1, 3) / 255


def _colourfulness(parts: numpy.ndarray) -> float:
    """The mean distance between a colour's largest and smallest part."""
    return float(numpy.ptp(parts, axis=1).mean())


def _spread(parts: numpy.ndarray) -> float:
    return float(numpy.sqrt(parts.var(axis=0).sum() / 3))


def _share_of_one_colour(parts: numpy.ndarray) -> float:
    """The largest share of colours that are near one of them."""
    distances = numpy.abs(parts[:, None] - parts[None]).max(axis=2)
    return float((distances < NEAR).mean(axis=1).max())
