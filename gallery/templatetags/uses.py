"""What else a picture can be used for: links to the studio, made from the kinds of work."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from gallery.models import Picture, Render
from transfer.kinds import STYLE, uses

register = template.Library()


@dataclass(frozen=True)
class Use:
    """A link, and what it says."""

    address: str
    words: str


@register.simple_tag
def uses_of(shown: Picture | Render) -> list[Use]:
    """A link for each place of a kind of work that would take this picture, or what this render made."""
    ending = "_render" if isinstance(shown, Render) else ""
    found = []
    for kind, takes in uses():
        if takes.clips and not shown.film_seconds:
            continue
        values = ({} if kind is STYLE else {"kind": kind.name}) | {f"{takes.role}{ending}": str(shown.pk)}
        found.append(Use(f"{reverse('new')}?{urlencode(values)}", takes.use))
    return found
