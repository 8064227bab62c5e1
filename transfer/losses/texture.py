"""The local term: no place has less texture than the style has at its colour.

In windows of 32 px that overlap, s_d is the deviation of the features along the style's d-th principal axis, from t_d
to T_d what the style has there (see `TextureTarget`); windows count by their places:

    mean u sum_d max(0, t_d - s_d)^2 + max(0, s_d - T_d)^2,    u = 1 / (sum_d t_d^2 + 0.05 var f*)

It is relative to what is wanted in the window, so that quiet colours, of which a style asks for little, get that too.
The second part holds down the worms that large pictures are full of in few places. It is left out where a picture is
composed: there, edges of the content would count as too much.

The style term knows the moments of whole pictures or regions only. Where features are equal, its gradient is equal at
all places: so flat areas stay flat, once a few others, full of worms, have made up for the moments. The idea of
bounding local deviations is ours; it has no paper.

Windows consist of cells that begin at the picture's origin. The first pass adds up a cell's features and their squares.
What a cell's windows ask for is then c (f - m) at each of its places, where

    c = -2 weight u (max(0, t_d - s_d) - max(0, s_d - T_d)) / (s_d places)

so that a picture in tiles has the gradient of the whole.
"""

from collections.abc import Mapping

import torch
from torch import Tensor

from transfer import devices
from transfer.features.moments import Moments, as_map, as_vectors
from transfer.features.network import Head
from transfer.losses.term import FeatureTerm, Scalar
from transfer.tiling.cells import Cells, Windows, in_middles
from transfer.tiling.tiles import View
from transfer.tiling.windows import WINDOW, cell_of
from transfer.tiling.wrap import NOWHERE, Wrap

AXES = 24  # chosen: they have nearly all of the variance
QUIET = 0.05  # chosen: of the style's variance
LEVELS = 10  # chosen: of each colour, in the table of what a style has
AT_ONCE, AT_ONCE_ON_GPU = 2**15, 2**22  # places: what a processor keeps near, and what keeps a GPU busy
LEAST_SHARE = 1e-4  # of the style's variance that an axis has at least: deviations are not divided by nothing


class Spread:
    """How much what is compared along `count` axes varies: `variance` is the style's total, of all of it."""

    def __init__(self, variance: float, count: int) -> None:
        self.variance = variance + 1e-12
        self.floor = LEAST_SHARE * self.variance / count

    def deviations(self, sums: Tensor, counts: Tensor) -> tuple[Tensor, Tensor]:
        """Means and deviations (D, r, c), from sums of values and of squares (2 D, r, c) over places (r, c)."""
        mean, square = (sums / counts).chunk(2)
        return mean, (square - mean.square()).clamp_min(0).add(self.floor).sqrt()


class Axes(Spread):
    """The principal axes of a style's features, as they are after a `head`; `moments` are the style's, before it."""

    def __init__(self, moments: Moments, head: Head | None) -> None:
        seen = moments.double() if head is None else moments.double().through(head)
        _, vectors = torch.linalg.eigh(seen.covariance)
        kept = vectors[:, -AXES:].T
        self.basis = kept if head is None else kept @ head.weight.double()
        self.centre = self.basis @ moments.double().mean
        super().__init__(max(0.0, float(seen.variance)), len(kept))

    def along(self, features: Tensor) -> Tensor:
        """Features (1, C, h, w), centred, along the axes: (1, AXES, h, w) in float32 or better."""
        basis, offset = self.basis.to(features.dtype), -self.centre.to(features.dtype)
        found = torch.addmm(offset[None], as_vectors(features), basis.T)
        return as_map(found.to(torch.promote_types(features.dtype, torch.float32)), features)


class PlacedWindows(Windows):
    """The windows over a map's cells, which are the same for every image: up to half of one may lie beyond the picture.

    They have `span` cells each way, and go around where the map wraps. `places` (r, c) says how many places each has,
    and `total` all of them together.
    """

    def __init__(self, cells: Cells, span: int, wrap: Wrap) -> None:
        super().__init__(cells.found, (span, span), span // 2, wrap)
        self.places = self.sums(cells.counts.to(cells.found)[None])[0]
        self.total = float(self.places.sum())


class Bounds:
    """What deviations should be at least, and at most: tables (L, LEVELS^3, D), by region and colour.

    A colour's entry is a low quantile of the deviations in those of the style's windows that are nearest to it, and the
    largest of them.
    """

    def __init__(self, spread: Spread, least: Tensor, most: Tensor) -> None:
        self.spread, self.least, self.most = spread, least.double(), most.double()
        self._read = dict[torch.dtype, tuple[Tensor, Tensor]]()

    def pulls(
        self, sums: Tensor, windows: PlacedWindows, entries: Tensor, weight: float, is_bounded: bool
    ) -> tuple[Tensor, Tensor, Tensor]:
        """`weight` times the term, and what it asks for: A and B (D, rows, columns), for A f + B at a cell's places.

        `sums` (2 D, rows, columns) are of the cells, and `entries` (r, c) are the windows' places in the table.
        """
        mean, found = self.spread.deviations(windows.sums(sums), windows.places)
        least, most = (table[entries].permute(2, 0, 1) for table in self._tables(sums.dtype))
        gap = (least - found).clamp_min_(0)
        if is_bounded:
            gap += (most - found).clamp_max_(0)
        scale = weight / windows.total / (least.square().sum(0) + QUIET * self.spread.variance)
        value = (gap.square().sum(0) * scale * windows.places).sum().double()
        pull = gap.div_(found).mul_(-2 * scale)
        return value, windows.back(pull), windows.back(-pull * mean)

    def _tables(self, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
        """The tables, all regions' entries (N, D) in a row, which are made once in each dtype."""
        if dtype not in self._read:
            least, most = (table.flatten(0, 1).to(dtype) for table in (self.least, self.most))
            self._read[dtype] = least, most
        return self._read[dtype]


class TextureTarget(Bounds):
    """Those of a layer's features along their axes."""

    def __init__(self, axes: Axes, least: Tensor, most: Tensor) -> None:
        super().__init__(axes, least, most)
        self.axes = axes


def _asked(axes: Axes, features: Tensor, pulls: tuple[Tensor, Tensor], rows: Tensor, columns: Tensor) -> Tensor:
    """A f + B at features (1, C, h, w), with the A and B (r, c, AXES) of the cells in these rows (h) and columns (w).

    Some rows are done at a time: what comes in between is larger than the features.
    """
    found, basis = torch.empty_like(features), axes.basis.to(features.dtype)
    places = AT_ONCE_ON_GPU if devices.is_cuda(features.device) else AT_ONCE
    height = max(1, places // features.shape[3])
    for first in range(0, features.shape[2], height):
        part = features[:, :, first : first + height]
        slope, offset = (pull[rows[first : first + height]][:, columns].flatten(0, 1) for pull in pulls)
        along = torch.addcmul(offset, as_vectors(axes.along(part)), slope)
        found[:, :, first : first + height] = as_map(along.to(features.dtype) @ basis, part)
    return found


def colours(means: Tensor) -> Tensor:
    """The places in a region's table (r, c) of mean colours (3, r, c) in [0, 1]."""
    level = (means * LEVELS).long().clamp_(0, LEVELS - 1)
    found: Tensor = (level[0] * LEVELS + level[1]) * LEVELS + level[2]
    return found


class Placing:
    """Where a picture's windows are, and which entry of the tables each looks up.

    `size` is the picture's (width, height), and `guide` (L, H, W) in bytes says where its regions are. Windows go
    around where it wraps.
    """

    def __init__(self, size: tuple[int, int], guide: Tensor | None, wrap: Wrap) -> None:
        self.cell = cell_of(max(size))
        self._span, self._wrap = WINDOW // self.cell, wrap
        self._regions = None
        if guide is not None:  # the region that has most of each window, as the middles of its cells have it
            shares = in_middles(guide, self.cell).float()
            windows = Windows(shares, (self._span, self._span), self._span // 2, wrap)
            self._regions = windows.sums(shares).argmax(0)
        self._windows = dict[tuple[int, int], PlacedWindows]()
        self._cells_along = dict[tuple[range, int], Tensor]()

    def cells(self, size: tuple[int, int], stride: int = 1) -> Cells:
        """Empty cells of a map with this stride, of a picture of (width, height)."""
        return Cells((size[1] // stride, size[0] // stride), self.cell // stride)

    def entries(self, colour: Cells) -> Tensor:
        """The place in the tables of each window (r, c), by the sums of the picture's colours (3, rows, columns)."""
        windows = self.windows(colour)
        entries = colours(windows.sums(colour.found) / windows.places)
        return entries if self._regions is None else entries + LEVELS**3 * self._regions

    def windows(self, cells: Cells) -> PlacedWindows:
        """Those of a map, which are made once."""
        if cells.shape not in self._windows:
            self._windows[cells.shape] = PlacedWindows(cells, self._span, self._wrap)
        return self._windows[cells.shape]

    def cells_along(self, places: range, side: int, device: torch.device) -> Tensor:
        """Which row or column of cells each of some places is in, in pixels along a side, around it; made once."""
        if (places, side) not in self._cells_along:
            stride = places.step
            found = [place // stride % (side // stride) // (self.cell // stride) for place in places]
            self._cells_along[places, side] = torch.tensor(found, device=device)
        return self._cells_along[places, side]


class TextureTerm(FeatureTerm):
    """The lack of texture at the layers that have a weight: its gradient follows from the first pass.

    `targets` and `strides` are those of each of these layers; see `Placing` for the picture. Only where it
    `is_bounded`, too much texture counts too.
    """

    name = "texture"
    needs_statistics = True
    can_be_normalised = False

    def __init__(
        self,
        weights: Mapping[str, float],
        targets: Mapping[str, TextureTarget],
        strides: Mapping[str, int],
        size: tuple[int, int],
        guide: Tensor | None = None,
        is_bounded: bool = False,
        wrap: Wrap = NOWHERE,
    ) -> None:
        super().__init__(weights)
        self.targets, self.strides, self.size, self.is_bounded = targets, strides, size, is_bounded
        self.placing = Placing(size, guide, wrap)
        self.begin()

    def begin(self) -> None:
        """See `FeatureTerm`."""
        self._colours = self.placing.cells(self.size)
        self._cells = {layer: self.placing.cells(self.size, stride) for layer, stride in self.strides.items()}
        self._pulls = dict[str, tuple[Tensor, Tensor]]()

    def statistics(self, view: View) -> None:
        """See `FeatureTerm`."""
        (top, _), (left, _) = view.tile.rows, view.tile.columns
        if self.weights:
            self._colours.add((view.pixels.detach()[(..., *view.tile.inner())],), top, left)
        for layer, cells in self._cells.items():
            stride = self.strides[layer]
            core = view.features[layer].detach()[(..., *view.tile.inner(stride))]
            found = self.targets[layer].axes.along(core)
            cells.add((found, found.square()), top // stride, left // stride)

    def settle(self) -> Scalar:
        """See `FeatureTerm`."""
        term: Scalar = 0.0
        entries = self.placing.entries(self._colours) if self.weights else None
        for layer, weight in self.weights.items():
            cells = self._cells.pop(layer)
            if cells.sums is None or entries is None:
                continue
            windows = self.placing.windows(cells)
            rows, columns = windows.places.shape
            own = entries[:rows, :columns]
            value, *pulls = self.targets[layer].pulls(cells.sums, windows, own, weight, self.is_bounded)
            term += value
            slope, offset = (pull.permute(1, 2, 0).contiguous() for pull in pulls)
            self._pulls[layer] = slope, offset
        return term

    def gradient(self, view: View) -> tuple[dict[str, Tensor], Scalar]:
        """See `FeatureTerm`."""
        gradients = dict[str, Tensor]()
        rows, columns = view.tile.whole()
        for layer, pulls in self._pulls.items():
            stride, features = self.strides[layer], view.features[layer].detach()
            cells = (
                self.placing.cells_along(range(span.start, span.start + length * stride, stride), side, features.device)
                for span, length, side in zip((rows, columns), features.shape[2:], self.size[::-1], strict=True)
            )
            gradients[layer] = _asked(self.targets[layer].axes, features, pulls, *cells)
        return gradients, 0.0
