"""The way between two variations, frame by frame.

It is no cross-fade. The pictures of the smallest size are walked between on a sphere, so that contrast stays, each
place at its own time, and what is there on the way gets the picture's patches again: a layout of its own. Each further
size begins with that, enlarged, and with the detail of whichever station is nearer at a place, and gets the picture's
patches in turn.
"""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from transfer.engine.ladder import Rung
from transfer.pausing import saying
from transfer.variation.nearest import enlarged
from transfer.variation.scene import Scene
from transfer.walk.level import Level
from transfer.walk.station import Station

NEARBY = 5  # px: chosen, within which a place is compared with the stations
DOUBT = 0.05  # chosen: of the variance, a difference that does not tell which station is nearer
PLACES = 4  # chosen: along the longer side, that go at times of their own
LATE = 2.0  # chosen: by how many times as long as a place takes the last one sets out after the first
FLAT = 1e-3  # of a sine: below, the circle is as good as a line


@dataclass(frozen=True)
class Frame:
    """A picture (1, 3, H, W) in colours as they are compared, the fields of all sizes, and how far it is from the
    picture's patches."""

    picture: Tensor
    fields: tuple[Tensor, ...]
    distance: float


class Path:
    """Between any two stations of a walk."""

    def __init__(self, scene: Scene, rungs: Sequence[Rung]) -> None:
        self.levels = [Level(scene, rung) for rung in rungs]
        self._late = _lateness(scene.size(rungs[0]), scene.drawn(rungs[0], 0)).to(scene.device)

    def frame(
        self, number: int, here: Station, there: Station, passed: float, last: Sequence[Tensor]
    ) -> Generator[float, None, Frame]:
        """The frame after part `passed` of the time from `here` to `there`; `last` are the fields of the one before.

        Pauses with its part done.
        """
        way, fields = ((1 + LATE) * passed - LATE * self._late).clamp_(0, 1), list[Tensor]()
        image, distance = on_sphere(here.pictures[0], there.pictures[0], way), 0.0
        for place, level in enumerate(self.levels):
            guesses = [last[place].long()] if last else []
            if place:
                nearer = _nearer(image, here.pictures[place - 1], there.pictures[place - 1], way)
                image = _with_detail(image, (here, there), place, nearer)
                if fields:
                    guesses += self._guesses(place, fields[-1], (here, there), nearer)
            matching = level.matched(image, guesses, number)
            image, field, distance = yield from saying(matching, place / len(self.levels))
            fields += [] if field is None else [field]
        return Frame(image, tuple(each.int() for each in fields), distance)

    def _guesses(
        self, place: int, below: Tensor, stations: tuple[Station, Station], nearer: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Where patches may be from: by the size below, and by the nearer station."""
        source, (_, rows, columns) = self.levels[place].source, stations[0].fields[place].shape
        here, there = (each.fields[place].long() for each in stations)
        is_there = functional.interpolate(nearer, (rows, columns), mode="nearest")[0, 0] > 0.5
        grown = enlarged(below, source, self.levels[place - 1].source.grid, (rows, columns))
        return grown, torch.where(is_there, there, here)


def on_sphere(here: Tensor, there: Tensor, way: Tensor) -> Tensor:
    """Between two tensors along a great circle, so that what is between them has no less contrast (Shoemake 1985,
    "Animating rotation with quaternion curves", section 3.3). `way` may differ from place to place."""
    cosine = float((here * there).sum() / (here.norm() * there.norm()).clamp_min(1e-12))
    angle = math.acos(min(1.0, max(-1.0, cosine)))
    if math.sin(angle) < FLAT:
        return torch.lerp(here, there, way)
    return (torch.sin((1 - way) * angle) * here + torch.sin(way * angle) * there) / math.sin(angle)


def _lateness(size: tuple[int, int], generator: torch.Generator) -> Tensor:
    """When each place sets out, from 0 to 1, as many at any time, neighbours nearly together: (1, 1, H, W)."""
    coarse = [max(2, round(PLACES * side / max(size))) for side in size[::-1]]
    drawn = functional.interpolate(
        torch.randn(1, 1, *coarse, generator=generator), size[::-1], mode="bicubic", align_corners=True
    )
    order = drawn.flatten().argsort().argsort()
    return (order / (order.numel() - 1)).view_as(drawn)


def _nearer(image: Tensor, here: Tensor, there: Tensor, way: Tensor) -> Tensor:
    """How much nearer an image is to `there` than to `here` at each place, from 0 to 1: (1, 1, H, W)."""
    from_here, from_there = (
        functional.avg_pool2d(
            (image - each).square().sum(1, keepdim=True), NEARBY, 1, NEARBY // 2, count_include_pad=False
        )
        for each in (here, there)
    )
    doubt = DOUBT * image.var(dim=(2, 3)).sum() + 1e-12
    way = functional.interpolate(way, image.shape[2:], mode="bilinear", align_corners=False)
    return (from_here + doubt * way) / (from_here + from_there + doubt)


def _with_detail(image: Tensor, stations: tuple[Station, Station], place: int, nearer: Tensor) -> Tensor:
    """An image, enlarged, with what each station has beyond its smaller size where it is the nearer one."""
    size = stations[0].pictures[place].shape[2:]
    here, there = (each.pictures[place] - _enlarged(each.pictures[place - 1], size) for each in stations)
    share = functional.interpolate(nearer, size, mode="bilinear", align_corners=False)
    return _enlarged(image, size) + torch.lerp(here, there, share)


def _enlarged(image: Tensor, size: Sequence[int]) -> Tensor:
    return functional.interpolate(image, tuple(size), mode="bicubic", align_corners=False)
