"""The distributions of large pictures are counted on a grid of patches."""

import pytest
import torch

from tests.transfer.variations import islands
from transfer.images import to_tensor
from transfer.pausing import finish
from transfer.variation import transport
from transfer.variation.source import Source
from transfer.variation.transport import Directions


@pytest.fixture
def source() -> Source:
    return Source(to_tensor(islands((96, 72))) - 0.4, 5)


def noise(source: Source) -> torch.Tensor:
    return torch.randn(source.image.shape, generator=torch.Generator().manual_seed(0)) * source.image.std()


def away(image: torch.Tensor, source: Source) -> float:
    return finish(Directions(source, 64, torch.Generator().manual_seed(9)).transported(image, 1.0))[1]


def test_counting_on_a_grid_leads_to_the_same(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for counted in (transport.COUNTED, 20_000):
        monkeypatch.setattr(transport, "COUNTED", counted)
        drawn, image = torch.Generator().manual_seed(1), noise(source)
        for _ in range(12):
            image, _ = finish(Directions(source, 16, drawn).transported(image, 1.0))
        found.append(image)
    monkeypatch.undo()
    assert away(found[1], source) < 1.3 * away(found[0], source)
