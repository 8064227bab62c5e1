"""A ZIP of pictures that is written while it is sent, so that it needs no room: neither in memory nor on a disk."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, cast

from django.utils import timezone

from gallery.models import Picture, Render
from gallery.pictures.results import filenames
from transfer.credits import Credit

CHUNK = 256 * 1024  # bytes that are read at a time
Date = tuple[int, int, int, int, int, int]  # as ZIP files have it, from the year to the second
COLUMNS = ("file", "picture", "role", "author", "source", "licence", "sha256")


@dataclass(frozen=True)
class _Entry:
    """A picture in the archive, and its film; `recipe` made it, and `credits` says whose it and what went in is."""

    stem: str
    file: Any
    recipe: dict[str, Any] | None
    credits: list[tuple[str, str, Credit, str]] = field(default_factory=list)
    film: Any = None


def of_renders(renders: Iterable[Render]) -> Iterator[bytes]:
    """The outputs of finished renders, whose inputs come along by `prefetch_related("inputs__picture")`."""
    return _written(map(_of_render, renders))


def of_pictures(pictures: Iterable[Picture]) -> Iterator[bytes]:
    """Pictures as they are stored."""
    return _written(map(_of_picture, pictures))


def _of_render(render: Render) -> _Entry:
    whose = [("result", render.title or render.name, Credit(author=str(render.owner or "")), render.output_sha256)]
    for each in render.inputs.all():
        if (picture := each.picture) is not None:
            role = f"{each.role} {each.place}" if each.place > 1 else each.role
            whose.append((role, str(picture), picture.credit, picture.sha256))
    return _Entry(filenames.stem(render), render.output, render.provenance or render.recipe_json, whose, render.film)


def _of_picture(picture: Picture) -> _Entry:
    whose = [("picture", str(picture), picture.credit, picture.sha256)]
    return _Entry(filenames.slug(picture.title), picture.file, picture.made_by, whose)


def _written(entries: Iterable[_Entry]) -> Iterator[bytes]:
    """The archive, a piece at a time: pictures as they are, since they are compressed already, then what is said."""
    sent = _Sent()
    taken: set[str] = set()
    said, now = io.StringIO(), timezone.localtime()
    date = (now.year, now.month, now.day, now.hour, now.minute, now.second)
    table = csv.writer(said)
    table.writerow(COLUMNS)
    with zipfile.ZipFile(cast(IO[bytes], sent), "w") as archive:
        for entry in entries:
            name = _free(entry.stem or "picture", taken)
            try:
                for _ in _files_written(archive, entry, name, date):
                    yield sent.taken()
            except OSError:
                continue  # gone since it was asked for
            if entry.recipe:
                archive.writestr(f"recipes/{name}.json", json.dumps(entry.recipe, indent=2, ensure_ascii=False))
            for role, called, credit, sha256 in entry.credits:
                said_of_it = (called, role, credit.author, credit.source, credit.licence)
                table.writerow([f"{name}.png", *map(_plain, said_of_it), sha256])
            yield sent.taken()
        archive.writestr("credits.csv", "\ufeff" + said.getvalue())
    yield sent.taken()


def _files_written(archive: zipfile.ZipFile, entry: _Entry, name: str, date: Date) -> Iterator[None]:
    """Writes the picture of an entry, and its film; pauses after each piece. Raises OSError where one is gone."""
    for stored, ending in ((entry.file, ".png"), (entry.film, ".mp4")):
        if not stored:
            continue
        with (
            stored.open("rb") as file,
            archive.open(zipfile.ZipInfo(f"{name}{ending}", date), "w", force_zip64=True) as member,
        ):
            while piece := file.read(CHUNK):
                member.write(piece)
                yield


def _plain(text: str) -> str:
    """What a spreadsheet takes for text and not for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _free(stem: str, taken: set[str]) -> str:
    """`stem`, with a number where another one is called so, and marks it as taken."""
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    return name


class _Sent:
    """What `zipfile` writes to: it cannot seek, and is emptied again and again."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keeps a piece until it is taken."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        """What was written since this was asked last."""
        found = b"".join(self._pieces)
        self._pieces.clear()
        return found
