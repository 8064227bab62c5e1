"""Pictures side by side, for the documentation."""

from collections.abc import Sequence

from PIL import Image

GAP = 8


def sheet(rows: Sequence[Sequence[Image.Image]], cell: tuple[int, int]) -> Image.Image:
    """Rows of pictures, each cropped to `cell`, with transparent gaps."""
    width, height = cell
    columns = max(map(len, rows))
    whole = Image.new("RGBA", (columns * (width + GAP) - GAP, len(rows) * (height + GAP) - GAP))
    for row, pictures in enumerate(rows):
        for column, picture in enumerate(pictures):
            whole.paste(cropped(picture, cell), (column * (width + GAP), row * (height + GAP)))
    return whole


def cropped(picture: Image.Image, cell: tuple[int, int]) -> Image.Image:
    """The middle of a picture, scaled to fill `cell`, which is a width and a height in px."""
    scale = max(cell[0] / picture.width, cell[1] / picture.height)
    size = (max(cell[0], round(picture.width * scale)), max(cell[1], round(picture.height * scale)))
    picture = picture.resize(size, Image.Resampling.LANCZOS)
    left, top = (picture.width - cell[0]) // 2, (picture.height - cell[1]) // 2
    return picture.crop((left, top, left + cell[0], top + cell[1]))
