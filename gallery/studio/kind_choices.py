"""The kinds of work as a studio offers them: what each is for, a small picture, and a link that keeps the pictures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.staticfiles import finders
from django.utils.http import urlencode

from gallery.studio import slots
from transfer.inputs import Role
from transfer.kinds import Kind, known
from transfer.recipes.base import KIND

KEPT = (Role.CONTENT, Role.STYLE)  # a guide is something else to each kind; kinds.js keeps the same
NAMES = re.compile(rf"((?:{'|'.join(KEPT)})(?:_[0-9]{{1,2}})?|aside)(?:_crop)?")  # in addresses


@dataclass(frozen=True)
class Choice:
    """A kind to choose; `query` asks the studio for it."""

    kind: Kind
    query: str

    @property
    def picture(self) -> str:
        """The static file that shows what comes out; empty where there is none."""
        name = f"kinds/{self.kind.name}.webp"
        return name if finders.find(name) else ""

    @property
    def takes_clip(self) -> bool:
        """Whether its content is a clip: it takes no picture in its place, nor any other kind its clip."""
        return _takes_clip(self.kind)


def choices(chosen: Kind, filled: Mapping[str, str], address: Mapping[str, str]) -> list[Choice]:
    """The kinds that take pictures, and the chosen one.

    `filled` are the pictures that the form has, and the crops of them, as its address names them. The `address` also
    names what came along from other kinds and has no place here; it goes on to the next.
    """
    taken = {place.name for place in slots.all_places(chosen)}
    along = {
        name: value for name, value in address.items() if (found := NAMES.fullmatch(name)) and found[1] not in taken
    }
    pictures = along | {name: value for name, value in filled.items() if NAMES.fullmatch(name)}
    return [Choice(kind, _query(kind, chosen, pictures)) for kind in known().values() if kind.takes or kind == chosen]


def _query(kind: Kind, chosen: Kind, pictures: Mapping[str, str]) -> str:
    """With the pictures. A clip is no picture: of content and clip, the one that has no place is `aside`."""
    if _takes_clip(kind) != _takes_clip(chosen):
        other = {"content": "aside", "aside": "content", "content_crop": "aside_crop", "aside_crop": "content_crop"}
        pictures = {other.get(name, name): value for name, value in pictures.items()}
    return urlencode({KIND: kind.name, **pictures})


def _takes_clip(kind: Kind) -> bool:
    return any(takes.clips for takes in kind.takes)
