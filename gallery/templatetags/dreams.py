"""What layers and channels dream, to choose from on the form of a dream."""

import json
from urllib.parse import urlencode

from django import template
from django.utils.safestring import SafeString, mark_safe

from transfer.dream.palette import PALETTE

register = template.Library()


@register.simple_tag
def dream_samples() -> list[dict[str, object]]:
    """Each with its title, its values as a script and as an address have them, and where it is in the picture."""
    return [
        {
            "title": sample.title,
            "values": json.dumps(sample.fields),
            "query": urlencode({name: value for name, value in sample.fields.items() if value}),
            "position": _position(*sample.corner),
        }
        for sample in PALETTE
    ]


def _position(left: int, top: int) -> SafeString:
    return mark_safe(f"-{left}px -{top}px")  # noqa: S308 -- two numbers
