"""The places for pictures on the studio's form: one for the content, one for each style, and one to start from.

A place is named by its role: `content`, `style`, `style_2` up to `style_16`, `start`. `ROLE` is the field of its file,
`ROLE_id` names what is here already: a picture, or a finished render, whose output is then taken.
"""

import re
import uuid
from collections.abc import Collection, Iterable

from gallery.models import Picture, Render
from transfer.recipes.style import MOST_STYLES, StyleRecipe

CONTENT, START = "content", "start"
FURTHER = re.compile(r"style_([0-9]{1,2})(?:_[a-z]+)?")
Known = Picture | Render


def style(number: int) -> str:
    """The role of a style, counted from 1."""
    return "style" if number == 1 else f"style_{number}"


def roles(styles: int) -> tuple[str, ...]:
    """The roles of the content and of so many styles."""
    return (CONTENT, *(style(number) for number in range(1, styles + 1)))


def all_roles() -> tuple[str, ...]:
    """Every role that a form may have."""
    return (*roles(MOST_STYLES), START)


def styles_in(names: Iterable[str]) -> int:
    """How many styles a form has, by the names of its fields: at least one, at most MOST_STYLES."""
    numbers = (int(found[1]) for name in names if (found := FURTHER.fullmatch(name)))
    return max((number for number in numbers if number <= MOST_STYLES), default=1) or 1


def weights(recipe: StyleRecipe) -> dict[str, float]:
    """The form's initial values for the weights of several styles: whole numbers where they are."""
    blend = enumerate(recipe.style_blend_weights, 1)
    return {f"blend_{number}": int(weight) if weight.is_integer() else weight for number, weight in blend}


def find(*identifiers: object) -> dict[str, Known]:
    """Those pictures and finished renders that are here, by the text of their ids."""
    wanted = {found for identifier in identifiers if (found := as_uuid(identifier))}
    here: dict[str, Known] = {str(each.pk): each for each in _pictures(wanted)}
    if missing := {each for each in wanted if str(each) not in here}:
        here |= {str(each.pk): each for each in Render.objects.with_pictures().finished().filter(pk__in=missing)}
    return here


def as_uuid(text: object) -> uuid.UUID | None:
    """The id that `text` is, if it is one."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def _pictures(wanted: Collection[uuid.UUID]) -> Iterable[Picture]:
    return Picture.objects.filter(pk__in=wanted) if wanted else ()
