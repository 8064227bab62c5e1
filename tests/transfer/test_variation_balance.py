"""Distributions are brought back at all octaves at once, and those of large pictures are counted on a grid."""

import pytest
import torch

from tests.transfer.variations import islands
from transfer.images import to_tensor
from transfer.tiling.tiles import at_once
from transfer.variation import transport
from transfer.variation.balance import Balance
from transfer.variation.source import Source
from transfer.variation.transport import Directions


@pytest.fixture
def source() -> Source:
    return Source(to_tensor(islands((96, 72))) - 0.4, 5)


def noise(source: Source) -> torch.Tensor:
    return torch.randn(source.image.shape, generator=torch.Generator().manual_seed(0)) * source.image.std()


def away(image: torch.Tensor, source: Source) -> float:
    return at_once(Directions(source, 64, torch.Generator().manual_seed(9)).transported(image, 1.0))[1]


def halved(image: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.interpolate(image, scale_factor=0.5, mode="bicubic", antialias=True)


def test_both_the_size_and_its_octave_come_nearer(source: Source) -> None:
    balance, drawn = Balance(source), torch.Generator().manual_seed(1)
    image = before = noise(source)
    for _ in range(12):
        image, _ = at_once(balance.balanced(image, 16, 1.0, drawn))
    small = Source(halved(source.image), 5)
    assert len(balance.sources) > 1
    assert away(image, source) < 0.5 * away(before, source)
    assert away(halved(image), small) < 0.5 * away(halved(before), small)


def test_the_picture_itself_stays_where_it_is(source: Source) -> None:
    moved, distance = at_once(Balance(source).balanced(source.image, 16, 1.0, torch.Generator().manual_seed(1)))
    assert distance < 1e-3
    assert torch.allclose(moved, source.image, atol=1e-2)


def test_counting_on_a_grid_leads_to_the_same(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for counted in (transport.COUNTED, 20_000):
        monkeypatch.setattr(transport, "COUNTED", counted)
        drawn, image = torch.Generator().manual_seed(1), noise(source)
        for _ in range(12):
            image, _ = at_once(Directions(source, 16, drawn).transported(image, 1.0))
        found.append(image)
    monkeypatch.undo()
    assert away(found[1], source) < 1.3 * away(found[0], source)
