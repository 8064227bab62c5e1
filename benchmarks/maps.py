"""`python -m benchmarks.maps FOLDER`: the picture at the top of README, of what `benchmarks.labels` left there."""

import sys
from pathlib import Path

from PIL import Image

from benchmarks.sheets import sheet

IMAGE = Path(__file__).parent.parent / "docs" / "images" / "maps.webp"
PLACES, COLUMNS = ("caribbean", "sahara-coast", "kamchatka"), ("content", "style", "labels")
CELL = (400, 400)


def main(folder: Path) -> int:
    """A row for each place: a generated world, the piece of the Earth, and the world in its manner."""
    rows = [[Image.open(folder / f"{place}_{column}.png") for column in COLUMNS] for place in PLACES]
    sheet(rows, CELL).save(IMAGE, quality=82)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
