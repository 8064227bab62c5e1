"""Each patch replaced by its nearest in the source, and each pixel by the mean of what its patches say.

Granot et al. 2022, "Drop the GAN: In defense of patches nearest neighbors as single image generative models" (GPNN,
arXiv:2103.15545). A patch that others take already is further for the next (their equation 1), so that all of the
source is used. They search all patches at each size. Here only small ones are, and at larger ones a patch looks where
it came from at the size below, where its neighbours came from, and around that (PatchMatch, Barnes et al. 2009).
"""

from collections.abc import Generator, Sequence
from itertools import product

import torch
from torch import Tensor
from torch.nn import functional

from transfer.variation.source import Source, bands, overlaps, places

MOST_PAIRS = 5_000**2  # of patches, where all are compared
CROWDING = 0.01  # chosen: of the patches' variance is the alpha of GPNN's equation 1
PAIRS_AT_ONCE = 4_000_000
SEARCH = ((2, 8), (1, 2))  # px to the neighbours that are asked, and within which a place is drawn, round by round


class Matcher:
    """Finds for the patches of images the nearest of one source."""

    def __init__(self, source: Source) -> None:
        self.source, self.filters = source, source.principal()
        self.features = _features(source.image, self.filters, slice(0, source.grid[0])).contiguous()

    def field(
        self,
        image: Tensor,
        guesses: Sequence[Tensor],
        generator: torch.Generator,
        search: Sequence[tuple[int, int]] = SEARCH,
    ) -> Generator[None, None, Tensor]:
        """Row and column in the source of what is nearest to each patch of an image: (2, rows, columns), of whole
        numbers. `guesses` are such fields, the best guess first: of the same image some time before, or of one that
        is like it. Pauses now and then."""
        rows, columns = places(image, self.source.side)
        if not guesses or rows * columns * len(self.features) <= MOST_PAIRS:
            return (yield from self._of_all(image, (rows, columns)))
        guess, *others = guesses
        for apart, around in search:
            guess = yield from self._improved(image, guess, others, apart, around, generator)
            others = []
        return guess

    def _of_all(self, image: Tensor, grid: tuple[int, int]) -> Generator[None, None, Tensor]:
        own = _features(image, self.filters, slice(0, grid[0]))
        squares = self.features.square().sum(1)
        parts = torch.split(own, max(1, PAIRS_AT_ONCE // len(self.features)))
        closest = torch.full_like(squares, torch.inf)
        for part in parts:
            closest = torch.minimum(closest, _distances(part, self.features, squares).amin(0))
            yield
        taken = 1 / (closest + CROWDING * squares.mean() + 1e-12)
        nearest = list[Tensor]()
        for part in parts:
            nearest.append((_distances(part, self.features, squares) * taken).argmin(1))
            yield
        found, width = torch.cat(nearest), self.source.grid[1]
        return torch.stack([found // width, found % width]).view(2, *grid)

    def _improved(
        self,
        image: Tensor,
        guess: Tensor,
        others: Sequence[Tensor],
        apart: int,
        around: int,
        generator: torch.Generator,
    ) -> Generator[None, None, Tensor]:
        """The best of each patch's own place, in this guess and in others, of those that follow from its neighbours',
        and of one drawn nearby."""
        _, rows, columns = guess.shape
        drawn = torch.randint(-around, around + 1, guess.shape, generator=generator).to(guess)
        padded = functional.pad(guess[None].double(), [apart] * 4, mode="replicate")[0].to(guess)
        found = torch.empty_like(guess)
        for band in bands(rows, columns, self.features.shape[1]):
            own = _features(image, self.filters, band)
            best = self._inside(guess[:, band])
            least = self._away(own, best)
            asked = [each[:, band] for each in (guess + drawn, *others)]
            for down, right in ((-apart, 0), (apart, 0), (0, -apart), (0, apart)):
                top, left = band.start + apart + down, apart + right
                place = padded[:, top : top + band.stop - band.start, left : left + columns]
                asked.append(place - torch.tensor([down, right], device=guess.device)[:, None, None])
            for place in map(self._inside, asked):
                distance = self._away(own, place)
                is_nearer = distance < least
                best, least = torch.where(is_nearer, place, best), torch.where(is_nearer, distance, least)
            found[:, band] = best
            yield
        return found

    def _inside(self, place: Tensor) -> Tensor:
        rows, columns = self.source.grid
        return torch.stack([place[0].clamp(0, rows - 1), place[1].clamp(0, columns - 1)])

    def _away(self, own: Tensor, place: Tensor) -> Tensor:
        """The squared distance of each patch to that at its place: of the places' shape."""
        there = self.features[(place[0] * self.source.grid[1] + place[1]).flatten()]
        return there.sub_(own).square_().sum(1).view_as(place[0])


def voted(source: Source, field: Tensor) -> Generator[None, None, Tensor]:
    """The image (1, 3, H, W) of which each pixel is the mean of what the patches of a field have there.

    Pauses after each band of rows.
    """
    side, (_, rows, columns) = source.side, field.shape
    pixels, width = source.image[0].flatten(1), source.image.shape[3]
    found = torch.zeros(1, 3, rows + side - 1, columns + side - 1).to(pixels)
    for band in bands(rows, columns, 3):
        first = field[0, band] * width + field[1, band]
        for down, right in product(range(side), repeat=2):
            part = pixels[:, (first + down * width + right).flatten()].view(3, *first.shape)
            found[0, :, band.start + down : band.stop + down, right : right + columns] += part
        yield
    return found.div_(overlaps(found, side))


def enlarged(field: Tensor, source: Source, below: tuple[int, int], grid: tuple[int, int]) -> Tensor:
    """The field of a smaller size, where the source had the grid `below`, for patches on `grid`: a guess."""
    _, rows, columns = field.shape
    down = torch.arange(grid[0], device=field.device)
    right = torch.arange(grid[1], device=field.device)
    up, left = down * rows // grid[0], right * columns // grid[1]
    shift = field[:, up][:, :, left] - torch.stack(torch.meshgrid(up, left, indexing="ij"))
    growth = torch.tensor([source.grid[0] / below[0], source.grid[1] / below[1]], device=field.device)
    here = torch.stack(torch.meshgrid(down, right, indexing="ij"))
    found = here + (shift * growth[:, None, None]).round().long()
    return torch.stack([found[0].clamp(0, source.grid[0] - 1), found[1].clamp(0, source.grid[1] - 1)])


def _features(image: Tensor, filters: Tensor, band: slice) -> Tensor:
    """The principal components of a band's patches: (patches, DIMENSIONS)."""
    rows = image[:, :, band.start : band.stop + filters.shape[2] - 1]
    return functional.conv2d(rows, filters)[0].flatten(1).T


def _distances(some: Tensor, features: Tensor, squares: Tensor) -> Tensor:
    """Squared distances (some, all), not below 0."""
    return torch.addmm(some.square().sum(1, keepdim=True) + squares, some, features.T, alpha=-2).clamp_min_(0)
