"""How the admin shows things."""

from django.utils.html import format_html

from gallery.models import Thumbnail


def small(pictured: Thumbnail) -> str:
    """A thumbnail, or a dash without one."""
    if not pictured.thumbnail:
        return "–"
    return format_html(
        '<img src="{}" alt="" style="max-height: 72px; max-width: 120px; border-radius: 4px">', pictured.thumbnail.url
    )


def counted(number: int, what: str) -> str:
    """As in "1 render is", "2 renders are"."""
    return f"{number} {what} is" if number == 1 else f"{number} {what}s are"
