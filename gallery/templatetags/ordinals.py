"""Places in a line, as people say them."""

from django import template

register = template.Library()
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@register.filter
def ordinal(number: int) -> str:
    """A whole number from 1 on: "1st", "2nd", "3rd", "11th"."""
    ending = "th" if number // 10 % 10 == 1 else ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"
