"""The kinds of work as a studio offers them: what each is for, a small picture, and a link that keeps the pictures."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.staticfiles import finders
from django.utils.http import urlencode

from gallery.studio import slots
from transfer.inputs import Role
from transfer.kinds import Kind, known
from transfer.recipes.base import KIND

KEPT = (Role.CONTENT, Role.STYLE)  # a guide is something else to each kind; kinds.js keeps the same


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


def choices(chosen: Kind, filled: Mapping[str, str]) -> list[Choice]:
    """The kinds that take pictures, and the chosen one.

    `filled` are the pictures that the form has, and the crops of them, as its address names them.
    """
    return [Choice(kind, _query(kind, chosen, filled)) for kind in known().values() if kind.takes or kind == chosen]


def _query(kind: Kind, chosen: Kind, filled: Mapping[str, str]) -> str:
    kept = KEPT if _takes_clip(kind) == _takes_clip(chosen) else (Role.STYLE,)
    names = [place.name for place in slots.all_places(kind) if place.takes.role in kept]
    pictures = {name: filled[name] for name in (*names, *(f"{each}_crop" for each in names)) if name in filled}
    return urlencode({KIND: kind.name, **pictures})


def _takes_clip(kind: Kind) -> bool:
    return any(takes.clips for takes in kind.takes)
