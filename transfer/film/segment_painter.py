"""Paints the segments of a film, each on its own: what they share follows from clip, styles and recipe alone."""

import hashlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy
import torch
from PIL import Image
from torch import Tensor

from transfer import devices
from transfer.devices import describe
from transfer.engine import checkpoint
from transfer.engine.ladder import Rung, fit
from transfer.errors import ClipError, PictureError
from transfer.features.loading import network_for
from transfer.film.beside import Behind, ahead
from transfer.film.brush import Brush, Left
from transfer.film.clip import Clip
from transfer.film.frames import frames
from transfer.film.pyramid import Level, Pyramid, Size, pyramid
from transfer.film.pyramid_planner import frame_size
from transfer.film.recipe import FilmRecipe
from transfer.film.segments import Segment
from transfer.film.shots import Shot
from transfer.film.steadying import BEGINNING, Steadying
from transfer.film.video import Pixels, last_frame
from transfer.film.writer import FilmWriter
from transfer.images import as_floats, scaled_bytes, with_colors_of
from transfer.instant import decoders
from transfer.instant.colours import recoloured, recolouring
from transfer.instant.goal import ready
from transfer.instant.metric import BACKBONE, LAYERS, metric
from transfer.instant.passing import Pass
from transfer.instant.transport import Affine
from transfer.instant.wanted import Wanted, seen, wanted
from transfer.pausing import finish, saying
from transfer.planning.planner import layout
from transfer.style.colors import with_colors_matched
from transfer.style.grey import are_grey
from transfer.style.rungs import style_size
from transfer.tiling.tiles import GuidedImage

Images = Iterator[tuple[int, Tensor | None]]  # numbers of frames, and what was painted of them
SAMPLES = 8  # chosen: frames of a shot whose moments are pooled


@dataclass(frozen=True)
class Painted:
    """A frame of the film, (H, W, 3) in bytes, and its number in the clip."""

    number: int
    pixels: Pixels


@dataclass(frozen=True)
class Manner:
    """How the frames of one shot are painted."""

    colours: Sequence[Affine] | None
    pyramid: Pyramid
    brush: Brush
    keeps_colours: bool
    is_grey: bool

    def instant(self, frame: Tensor) -> Tensor:
        """The instant picture of a frame (1, 3, H, W), which has the film's size; both are in [0, 1]."""
        image = self.pyramid.painted(_recoloured(frame, self.colours))
        return image.mean(1, keepdim=True).expand_as(image) if self.is_grey else image

    def shown(self, image: Tensor, frame: Tensor) -> Tensor:
        """What was painted of a frame as the film shows it; it is used up."""
        return with_colors_of(image, frame) if self.keeps_colours else image


class SegmentPainter:
    """Paints in the manner of `styles` on `device`, in at most `memory` bytes.

    Raises WeightsError where a network cannot be had, and PictureError where styles are missing or do not fit.
    """

    def __init__(
        self,
        styles: Sequence[Image.Image],
        recipe: FilmRecipe,
        device: torch.device,
        weights: Path | None = None,
        memory: int | None = None,
    ) -> None:
        if not styles:
            raise PictureError("A film needs at least one style.")
        if len(recipe.style_blend_weights) not in (0, len(styles)):
            raise PictureError(
                f"There are {len(recipe.style_blend_weights)} style_blend_weights for {len(styles)} styles: "
                "give one for each."
            )
        self.styles, self.recipe, self.memory = tuple(styles), recipe, memory
        self.network = network_for(recipe.instant.style, device)
        self.decoders = ready(decoders.load(weights), self.network)
        self._manner: tuple[Clip, Shot, Manner] | None = None

    @property
    def weights_sha256(self) -> str:
        """The hash of the decoders's weights, in hexadecimal."""
        return self.decoders.sha256

    def key(self, clip_sha256: str) -> str:
        """The SHA-256, in hexadecimal, of all that decides on the pixels of a film of a clip with this hash."""
        styles = [hashlib.sha256(style.tobytes() + str(style.size).encode()).hexdigest() for style in self.styles]
        hashes = [clip_sha256, self.network.sha256, self.decoders.sha256, *styles]
        return checkpoint.key([self.recipe.canonical_json(), *hashes, describe(self.network.mean.device)])

    def segment(
        self, clip: Clip, segment: Segment, output: Path, before: Path | None = None
    ) -> Iterator[Painted | None]:
        """Films a segment to a file, completely or not at all, and gives each frame; None as a sign of life between.

        Where frames are painted on from each other, `before` is the file of the segment before it in its shot. Frames
        that cannot be decoded show the one before. Raises ClipError where none can.
        """
        manner = yield from self.manner(clip, segment.shot)
        unfinished = output.with_name(f"unfinished-{output.name}")
        begin, shown = clip.ticks[segment.first], None
        with (
            FilmWriter(unfinished, frame_size(self.recipe, clip.size), clip.rate, base=clip.base) as film,
            Behind() as writing,
        ):

            def show(painted: Painted, until: int) -> None:
                """Writes a frame that is shown until a tick, in the thread beside."""
                since = clip.ticks[painted.number] - begin
                writing.do(partial(film.add_at, painted.pixels, since, until - begin - since))

            painting = self._painted if self.recipe.is_painted else self._instant
            for number, image in painting(clip, segment, manner, before):
                if image is None or number < segment.first:
                    yield None
                    continue
                if shown is not None:
                    show(shown, clip.ticks[number])
                shown = Painted(segment.first if shown is None else number, _pixels(image))
                yield shown
            if shown is None:
                raise ClipError(
                    f"The clip cannot be decoded from {clip.time(segment.first):.1f} s on: "
                    "save it again, or leave that part out."
                )
            beyond = segment.last + 1
            show(shown, clip.end if beyond == clip.frames else clip.ticks[beyond])
        unfinished.replace(output)

    def _instant(self, clip: Clip, segment: Segment, manner: Manner, _: Path | None) -> Images:
        """The instant frames of a segment, and before them some that only calm its first ones."""
        steadying = Steadying()
        first = max(segment.shot.first, segment.first - BEGINNING)
        for number, frame in self._frames(clip, first, segment.last):
            yield number, steadying.calmed(frame, manner.shown(manner.instant(frame), frame))

    def _painted(self, clip: Clip, segment: Segment, manner: Manner, before: Path | None) -> Images:
        """The frames of a segment, each painted on from the last one, and None between for signs of life."""
        last: Left | None = None
        first = segment.first if before is None else segment.first - 1
        for number, frame in self._frames(clip, first, segment.last):
            if before is not None and number < segment.first:
                last = Left(frame, self._tensor(last_frame(before)))
                continue
            if last is None:
                painting = manner.brush.first(frame)
            else:
                painting = manner.brush.after(last, frame, manner.instant(frame))
            last = yield from saying(painting, (number, None))
            yield number, manner.shown(last.picture.clone(), frame)

    def _frames(self, clip: Clip, first: int, last: int) -> Iterator[tuple[int, Tensor]]:
        """The frames of a clip from `first` to `last` with their numbers, at the film's size."""
        size = frame_size(self.recipe, clip.size)
        for number, pixels in ahead(frames(clip, range(first, last + 1), size)):
            yield number, self._tensor(pixels)

    def manner(self, clip: Clip, shot: Shot) -> Generator[None, None, Manner]:
        """How a shot is painted, which is remembered for its next segment."""
        if self._manner is not None and self._manner[:2] == (clip, shot):
            return self._manner[2]
        size = frame_size(self.recipe, clip.size)
        numbers = sorted({shot.first + (2 * part + 1) * shot.frames // (2 * SAMPLES) for part in range(SAMPLES)})
        samples = [pixels for _, pixels in frames(clip, numbers, size)]
        if not samples:
            raise ClipError(f"The clip cannot be decoded at {clip.time(shot.first):.1f} s: leave that part out.")
        yield
        styles = self._styles(samples)
        levels = []
        for rung in self.recipe.rungs:
            levels.append(self._level(rung, size, styles))
            yield
        seen = [self._tensor(sample) for sample in samples]
        colours = self._colours(seen, levels[0].size, styles) if self.recipe.is_painted else None
        levelled = yield from Pyramid.of(levels, [_recoloured(each, colours) for each in seen])
        is_grey = are_grey([*self.styles, *map(Image.fromarray, samples)])
        brush = Brush(styles, self.recipe, self.network, self.decoders, self.memory)
        manner = Manner(colours, levelled, brush, self.recipe.original_colors, is_grey)
        self._manner = clip, shot, manner
        return manner

    def _styles(self, samples: Sequence[Pixels]) -> tuple[Image.Image, ...]:
        """The styles, recoloured where the recipe asks for it: to all samples at once."""
        if not self.recipe.match_colors:
            return self.styles
        whole = Image.fromarray(numpy.concatenate(samples))
        return tuple(with_colors_matched(style, whole) for style in self.styles)

    def _colours(self, samples: Sequence[Tensor], size: Size, styles: Sequence[Image.Image]) -> list[Affine]:
        """The map of a shot's colours to those of the styles, as the lowest size views them."""
        small = torch.cat([pyramid(sample, [size, (sample.shape[3], sample.shape[2])])[0] for sample in samples], 2)
        blend = self.recipe.style_blend_weights or (1.0,) * len(styles)
        sized = [self._sized(style, self.recipe.rungs[0]) for style in styles]
        return recolouring(GuidedImage(small), sized, blend, self.recipe.instant.moved)

    def _level(self, rung: Rung, size: tuple[int, int], styles: Sequence[Image.Image]) -> Level:
        own = size if rung == self.recipe.rungs[-1] else fit(size, rung.long_side)
        on_gpu = devices.memory(self.network.mean.device)
        planned = layout(self.recipe.instant.style, rung, size, self.network.dtype.itemsize, self.memory, on_gpu)
        decoder = self.decoders.of(rung)
        tile_pixels = max(BACKBONE.field(LAYERS).smallest_tile(decoder.margin), planned.tile_pixels)
        passing = Pass(self.network, decoder, metric(self.network), self._wanted(rung, styles, tile_pixels))
        return Level(rung, own, passing, self._noise(rung, own), tile_pixels)

    def _wanted(self, rung: Rung, styles: Sequence[Image.Image], tile_pixels: int) -> Wanted:
        """The moments of the styles at a size."""
        pictures = (self._sized(style, rung) for style in styles)
        found = [finish(seen(self.network, picture, tile_pixels)) for picture in pictures]
        return wanted(metric(self.network), found, self.recipe.style_blend_weights or (1.0,) * len(found))

    def _sized(self, style: Image.Image, rung: Rung) -> GuidedImage:
        """A style at the size at which it is viewed."""
        size = style_size(style.size, self.recipe.instant.style, rung)
        return GuidedImage(scaled_bytes(style, size).to(self.network.mean.device))

    def _noise(self, rung: Rung, size: tuple[int, int]) -> Tensor | None:
        """It is the same on all frames: what it becomes does not flicker."""
        deviation = self.recipe.instant.noise
        if not deviation:
            return None
        generator = torch.Generator().manual_seed((self.recipe.seed << 4) + rung.index)
        return (deviation * torch.randn(1, 3, size[1], size[0], generator=generator)).to(self.network.mean)

    def _tensor(self, pixels: Pixels) -> Tensor:
        image = torch.from_numpy(pixels).permute(2, 0, 1)[None]
        return as_floats(image.to(self.network.mean.device), self.network.mean.dtype)


def _recoloured(frame: Tensor, colours: Sequence[Affine] | None) -> Tensor:
    return frame if colours is None else recoloured(frame, None, colours)


def _pixels(image: Tensor) -> Pixels:
    levels = (image[0] * 255).round_().to("cpu", torch.uint8)
    return numpy.ascontiguousarray(levels.permute(1, 2, 0).numpy())
