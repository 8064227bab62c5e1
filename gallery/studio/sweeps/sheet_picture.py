"""A contact sheet as one picture: thumbnails of the cells under their headings, to keep or to send."""

from PIL import Image, ImageDraw, ImageFont

from gallery.models import Thumbnail
from gallery.studio.sweeps.contact_sheet import Heading, Sheet, SheetRow
from transfer.pictures import BROKEN, encoded

CELL = 320  # px, the longer side of a cell
GAP, MARGIN, TEXT = 10, 24, 18  # px; the last is the height of letters
BESIDE = 170  # px that the headings of rows are wide
LONGEST = 12_000  # px
GROUND, INK, EMPTY = "#fbfaf8", "#1d1c1a", "#dedbd5"
Box = tuple[int, int, int, int]


def drawn(sheet: Sheet) -> bytes:
    """A JPEG of the sheet; cells without a picture are grey."""
    return encoded(_Drawing(sheet).picture, "JPEG", quality=90)


class _Drawing:
    """The sheet on paper."""

    def __init__(self, sheet: Sheet) -> None:
        width, height = sheet.ratio
        self.sheet, self.rows = sheet, sheet.rows()
        self.has_pictures = sheet.columns.is_of_pictures
        longest = max(MARGIN, min(CELL, LONGEST // max(sheet.width, len(self.rows)) - 2 * GAP - 2 * TEXT))
        scale = longest / max(width, height)
        self.cell = (max(TEXT, round(width * scale)), max(TEXT, round(height * scale)))
        self.font = ImageFont.load_default(TEXT)
        self.left = MARGIN + (BESIDE + GAP if sheet.down else 0)
        total = self.left + sheet.width * (self.cell[0] + GAP) - GAP + MARGIN
        self.picture = Image.new("RGB", (max(total, 4 * BESIDE), self._height()), GROUND)
        self.paper = ImageDraw.Draw(self.picture)
        self._write((MARGIN, MARGIN, self.picture.width - MARGIN, MARGIN + TEXT), sheet.title)
        top = MARGIN + 2 * TEXT + GAP
        for row in self.rows:
            top = self._row(row, top)

    def _above(self) -> int:
        """The height of headings above cells."""
        return TEXT + GAP + (self.cell[1] // 2 + GAP if self.has_pictures else 0)

    def _height(self) -> int:
        headings = sum(bool(row.columns) for row in self.rows) * self._above()
        return 2 * MARGIN + 2 * TEXT + headings + len(self.rows) * (self.cell[1] + GAP)

    def _row(self, row: SheetRow, top: int) -> int:
        """Draws a row, and gives the place below it."""
        width, height = self.cell
        if row.columns:
            for number, heading in enumerate(row.columns):
                left = self.left + number * (width + GAP)
                self._heading(heading, (left, top, left + width, top + self._above() - GAP))
            top += self._above()
        if row.heading:
            self._heading(row.heading, (MARGIN, top, MARGIN + BESIDE, top + height))
        for number, cell in enumerate(row.cells):
            left = self.left + number * (width + GAP)
            self._paste(cell.render, (left, top, left + width, top + height))
        return top + height + GAP

    def _heading(self, heading: Heading, box: Box) -> None:
        left, top, right, bottom = box
        if heading.picture is not None:
            self._paste(heading.picture, (left, top, right, bottom - TEXT - GAP // 2), is_filled=False)
        self._write((left, bottom - TEXT, right, bottom), heading.words)

    def _write(self, box: Box, words: str) -> None:
        """One line, cut short where it is too long."""
        left, top, right, _ = box
        while len(words) > 1 and self.font.getlength(words) > right - left:
            words = words.rstrip("…")[:-1] + "…"
        self.paper.text((left, top), words, fill=INK, font=self.font)

    def _paste(self, pictured: Thumbnail | None, box: Box, is_filled: bool = True) -> None:
        """A thumbnail as large as there is room; grey where there is none."""
        left, top, right, bottom = box
        small = _opened(pictured)
        if small is None:
            self.paper.rectangle(box, fill=EMPTY)
            return
        small.thumbnail((right - left, bottom - top), Image.Resampling.LANCZOS)
        across = left + (right - left - small.width) // 2 if is_filled else left
        self.picture.paste(small, (across, top + (bottom - top - small.height) // 2))


def _opened(pictured: Thumbnail | None) -> Image.Image | None:
    if pictured is None or not pictured.thumbnail:
        return None
    try:
        with pictured.thumbnail.open() as file, Image.open(file, formats=("WEBP",)) as image:
            return image.convert("RGB")
    except BROKEN:
        return None
