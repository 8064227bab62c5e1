"""Land in numbers: what looks, exports and other generators go by."""

from dataclasses import dataclass, field

import numpy
from numpy.typing import NDArray

from transfer.labels import LabelMap
from transfer.synthesis.made import River

HIGHEST, DEEPEST = 8000.0, -8000.0  # metres


@dataclass(frozen=True)
class Terrain:
    """Land and sea on a grid of H x W pixels, row 0 in the north.

    `height` (H, W), float32, is in metres above the sea; negative under it. `temperature` (H, W) in degrees Celsius at
    the ground and `moisture` (H, W) from 0 to 1 are means of the year. `labels` are what each place is. `lakes` (H, W)
    says where fresh water stands. `cities` are (x, y) in pixels. `wraps` says whether the right edge meets the left.
    """

    height: NDArray[numpy.float32]
    temperature: NDArray[numpy.float32]
    moisture: NDArray[numpy.float32]
    labels: LabelMap
    lakes: NDArray[numpy.bool_]
    rivers: tuple[River, ...] = ()
    cities: tuple[tuple[float, float], ...] = field(default=())
    wraps: bool = False

    @property
    def is_water(self) -> NDArray[numpy.bool_]:
        """Sea and lakes."""
        return (self.height < 0) | self.lakes

    def elevation(self) -> tuple[NDArray[numpy.uint16], int]:
        """The height from 0 (lowest) to 65535 (highest), and the value of the sea's surface."""
        return levels_of(self.height)


def levels_of(height: NDArray[numpy.float32]) -> tuple[NDArray[numpy.uint16], int]:
    """Heights (H, W) in metres above the sea from 0 (lowest) to 65535 (highest), and the value of the sea's surface."""
    lowest, highest = float(height.min()), float(height.max())
    scale = 65535 / max(highest - lowest, 1e-6)
    levels = numpy.clip((height - numpy.float32(lowest)) * numpy.float32(scale) + numpy.float32(0.5), 0, 65535)
    return levels.astype(numpy.uint16), round(min(max(-lowest * scale, 0), 65535))
