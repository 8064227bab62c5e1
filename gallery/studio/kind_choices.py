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


def choices(chosen: Kind, filled: Mapping[str, str]) -> list[Choice]:
    """The kinds that take pictures, and the chosen one.

    `filled` are the pictures that the form has, and the crops of them, as its address names them.
    """
    return [Choice(kind, _query(kind, filled)) for kind in known().values() if kind.takes or kind == chosen]


def _query(kind: Kind, filled: Mapping[str, str]) -> str:
    names = [place.name for place in slots.all_places(kind) if place.takes.role in KEPT]
    kept = {name: filled[name] for name in (*names, *(f"{each}_crop" for each in names)) if name in filled}
    return urlencode({KIND: kind.name, **kept})
