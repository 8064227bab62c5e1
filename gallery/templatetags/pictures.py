"""How pictures stand on a page: with their true size, so that nothing jumps, and a placeholder until they come."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gallery.models import Thumbnail

register = template.Library()
NARROWEST, WIDEST = 0.4, 2.5


@register.simple_tag
def thumbnail(pictured: Thumbnail, alt: object = "", lazy: bool = False) -> SafeString:
    """An `img` of a thumbnail; nothing for what has none yet."""
    if not pictured.thumbnail:
        return SafeString("")
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" decoding="async"{} style="background-image: url({})">',
        pictured.thumbnail.url,
        str(alt),
        pictured.thumbnail_width,
        pictured.thumbnail_height,
        SafeString(' loading="lazy"') if lazy else "",
        pictured.placeholder,
    )


@register.simple_tag
def ratio(width: int, height: int) -> str:
    """Width over height, bounded so that a panorama does not take a whole page."""
    return f"{min(WIDEST, max(NARROWEST, width / max(1, height))):.3f}"


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds in words: "8 s", "3 min 20 s", "2 h 5 min"."""
    if seconds is None:
        return ""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


@register.filter
def memory(size: int) -> str:
    """Bytes in words: "0.7 GiB", "12.0 GiB"."""
    return f"{max(size / 2**30, 0.1):.1f} GiB"


@register.filter
def device(described: str) -> str:
    """A device as a worker describes it, without its arithmetic: "cpu (2 threads)"."""
    kind, _, rest = described.partition(": ")
    what = rest.partition(",")[0]
    return f"{kind} ({what})" if what else kind


@register.filter
def percent(fraction: float | None) -> int:
    """A fraction as whole per cent."""
    return int(100 * (fraction or 0))


@register.filter
def roughly(seconds: float) -> str:
    """Seconds in few words, as one would say them: "40 s", "3 min", "2 h 5 min", "26 h"."""
    if seconds < 60:
        return f"{max(10, round(seconds, -1)):.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else duration(60.0 * minutes) if minutes < 600 else f"{minutes // 60} h"
