"""A sum of terms at an image of any size, and its gradient, tile by tile."""

import functools
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import torch
from torch import Tensor

from transfer.engine.backward import carried_back
from transfer.features.network import FeatureNetwork
from transfer.features.registry import Backbone
from transfer.losses import normalised
from transfer.losses.term import FeatureTerm, PixelTerm, Scalar, Term
from transfer.process import release_freed_memory
from transfer.tiling.grid import Tile, grid
from transfer.tiling.places import Places
from transfer.tiling.tiles import GuidedImage, View
from transfer.tiling.wrap import NOWHERE, Wrap

# What a visit to a pixel costs beside the mere view of it: to carry a gradient back to it, and to size up the gradients
# at its features. As `USUAL` in transfer/planning/time_left.py has it, measured on processors.
CARRY_BACK, SIZE_UP = 4, 2

Values = dict[str, Scalar]  # of the terms, by name
Factors = dict[str, dict[str, float]]  # what normalised gradients are multiplied with, by term and layer


@dataclass(frozen=True)
class Losses:
    """The terms at one image by name, already weighted; the host reads them once somebody asks."""

    scalars: Mapping[str, Scalar]

    @functools.cached_property
    def terms(self) -> dict[str, float]:
        """Each term."""
        return {name: float(scalar) for name, scalar in self.scalars.items()}

    @property
    def total(self) -> float:
        """What is minimised."""
        return sum(self.terms.values())

    def values(self) -> dict[str, float]:
        """The total and every term."""
        return {"total": self.total, **self.terms}


class Objective(Protocol):
    """What is minimised on a rung."""

    def gradient(self, image: Tensor, into: Tensor) -> Generator[float, None, Losses]:
        """The losses at `image` (1, 3, H, W), whose gradient is written over `into`, of the same shape.

        Pauses now and then with the share of the work that is done, which never falls and stays below 1.
        """


@runtime_checkable
class Recordable(Protocol):
    """An objective whose evaluation can be recorded, since the host reads nothing of it, but for an `obstacle`."""

    @property
    def obstacle(self) -> str:
        """Why it cannot be recorded after all, as a clause; empty where it can."""


def obstacle(objective: Objective) -> str:
    """Why the evaluation of an objective cannot be recorded, as a clause; empty where it can."""
    return objective.obstacle if isinstance(objective, Recordable) else "its objective decides on the host"


class TiledObjective:
    """The sum of `terms` at images of `size` (width, height) in pixels, viewed through `network`.

    The image is viewed in tiles of at most `tile_pixels`. One that is a single tile is viewed once; otherwise a first
    pass adds up statistics, and a second carries the gradient back, each tile to its own core. `guide` (L, H, W) in
    bytes says which region a pixel belongs to. Where it `normalises`, the gradients that feature terms have at each
    layer are given the same mean size, times their weights. Tiles at a side that wraps have a margin from the opposite
    one, a single tile too.
    """

    def __init__(
        self,
        network: FeatureNetwork,
        backbone: Backbone,
        terms: Sequence[Term],
        size: tuple[int, int],
        guide: Tensor | None = None,
        tile_pixels: int | None = None,
        normalises: bool = False,
        wrap: Wrap = NOWHERE,
    ) -> None:
        self.network, self.backbone, self.terms, self.size, self.guide = network, backbone, terms, size, guide
        self.normalises = normalises
        self.places = dict[int, Places]()
        self.feature_terms = [term for term in terms if isinstance(term, FeatureTerm)]
        self.pixel_terms = [term for term in terms if isinstance(term, PixelTerm)]
        field = backbone.field({layer for term in self.feature_terms for layer in term.weights})
        self.tiles = grid(size, field.stride, field.gradient_margin, tile_pixels, wrap).tiles
        self.viewed = grid(size, field.stride, field.feature_margin, tile_pixels, wrap).tiles

    @property
    def obstacle(self) -> str:
        """See `Recordable`."""
        if self.normalises:
            return "its gradients are normalised"
        has_margin = any(tile.pixels != self.size[0] * self.size[1] for tile in self.tiles)
        return "its regions are viewed in tiles" if has_margin and self.guide is not None else ""

    def gradient(self, image: Tensor, into: Tensor) -> Generator[float, None, Losses]:
        """See `Objective`; an image of one tile is not interrupted."""
        picture = GuidedImage(image.detach(), self.guide, self.places)
        only = View(self.network, picture, self.tiles[0], differentiable=True) if len(self.tiles) == 1 else None
        values, pace = Values((term.name, 0.0) for term in self.terms), self._pace()
        yield from self._first_pass(picture, only, pace)
        for term in self.feature_terms:
            values[term.name] += term.settle()
        factors = (yield from self._factors(picture, only, pace)) if self.normalises else None
        self._make_room(only)
        into.zero_()
        for whole in self.pixel_terms:
            values[whole.name] += whole.whole(picture.image, into)
        self._make_room(only)
        for tile in self.tiles:
            # Views are handed on without a name, so that each is gone before the next one comes.
            self._carry_back(only or View(self.network, picture, tile, True), factors, values, into)
            for part in self.pixel_terms:
                values[part.name] += part.part(picture.image, tile, into)
            if only is None and tile is not self.tiles[-1]:
                yield pace.after(CARRY_BACK * tile.pixels)
        return Losses(values)

    def _first_pass(self, picture: GuidedImage, only: View | None, pace: "_ShareDone") -> Generator[float, None, None]:
        """Has all terms take in the statistics that they need."""
        for term in self.feature_terms:
            term.begin()
        asking = [term for term in self.feature_terms if term.needs_statistics]
        for tile in self._visits(only) if asking else ():
            _take_in(only or View(self.network, picture, tile), asking)
            if only is None:
                yield pace.after(tile.pixels)

    def _carry_back(self, view: View, factors: Factors | None, values: Values, into: Tensor) -> None:
        """Adds what the terms ask of the features of a tile to the gradient of its core, and to the terms' values."""
        asked, found = self._asked(view, factors)
        if asked:
            outputs = [view.features[layer] for layer in asked]
            part = carried_back(outputs, list(asked.values()), view.pixels)
            into[(..., *view.tile.core())] += part[(..., *view.tile.inner())]
        for name, value in found.items():
            values[name] += value

    def _asked(self, view: View, factors: Factors | None) -> tuple[dict[str, Tensor], Values]:
        """The gradient at the features of a tile, by layer, and the terms' values there, by name."""
        asked, found = dict[str, Tensor](), Values()
        for term in self.feature_terms:
            gradients, found[term.name] = term.gradient(view)
            own = None if factors is None else factors.get(term.name)
            for layer, gradient in gradients.items():
                scaled = gradient if own is None else gradient * own[layer]
                asked[layer] = asked[layer].add_(scaled) if layer in asked else scaled
        return asked, found

    def _factors(self, picture: GuidedImage, only: View | None, pace: "_ShareDone") -> Generator[float, None, Factors]:
        """Views all tiles once more, to know how large the gradients are that are to be made equally large."""
        normalised_terms = [term for term in self.feature_terms if term.can_be_normalised]
        sums: Factors = {term.name: {} for term in normalised_terms}
        channels = dict[str, int]()
        for tile in self._visits(only):
            self._size_up(only or View(self.network, picture, tile), sums, channels)
            if only is None:
                yield pace.after(SIZE_UP * tile.pixels)
        return {
            term.name: {
                layer: normalised.factor(
                    total, channels[layer], self._places(layer), term.weights[layer] * normalised.GRADIENT_UNIT
                )
                for layer, total in sums[term.name].items()
            }
            for term in normalised_terms
        }

    def _size_up(self, view: View, sums: Factors, channels: dict[str, int]) -> None:
        """Adds the absolute values of the terms' gradients in the core of a tile to `sums`."""
        for term in (each for each in self.feature_terms if each.name in sums):
            gradients, _ = term.gradient(view)
            for layer, gradient in gradients.items():
                core = gradient[(..., *view.tile.inner(self.backbone.stride(layer)))]
                total = float(core.detach().abs().sum(dtype=torch.float64))
                sums[term.name][layer] = sums[term.name].get(layer, 0.0) + total
                channels[layer] = gradient.shape[1]

    def _visits(self, only: View | None) -> tuple[Tile, ...]:
        """The tiles in which features, and no gradients, are exact."""
        return self.viewed if only is None else self.tiles

    def _pace(self) -> "_ShareDone":
        views = sum(tile.pixels for tile in self.viewed)
        counted = views if any(term.needs_statistics for term in self.feature_terms) else 0
        sized_up = SIZE_UP * views if self.normalises else 0
        return _ShareDone(counted + sized_up + CARRY_BACK * sum(tile.pixels for tile in self.tiles))

    def _make_room(self, only: View | None) -> None:
        """What one pass has left in the heap lies in the way of the next."""
        if only is None:
            release_freed_memory()

    def _places(self, layer: str) -> int:
        """How many places the features of the whole image have at a layer."""
        stride, (width, height) = self.backbone.stride(layer), self.size
        return (width // stride) * (height // stride)


def _take_in(view: View, terms: Sequence[FeatureTerm]) -> None:
    for term in terms:
        term.statistics(view)


class _ShareDone:
    """How much of an evaluation is done, by what visits to pixels cost."""

    def __init__(self, whole: int) -> None:
        self.whole, self.done = whole, 0

    def after(self, cost: int) -> float:
        """The share that is done after another piece of work of this cost."""
        self.done += cost
        return self.done / self.whole
