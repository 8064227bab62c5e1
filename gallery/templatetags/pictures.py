"""Pictures on a page: with their true size, so that nothing jumps, and a placeholder until they load."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gallery.models import Picture, Thumbnail
from gallery.pictures import thumbnails
from gallery.pictures.results.relief import Relief
from transfer import words

register = template.Library()
NARROWEST, WIDEST = 0.4, 2.5
USUAL_SIZES = "(max-width: 560px) 92vw, 400px"
ROW = 290  # px: how high a row of the gallery usually is


@register.simple_tag
def thumbnail(
    pictured: Thumbnail | None, alt: object = "", lazy: bool = False, sizes: str = USUAL_SIZES, priority: bool = False
) -> SafeString:
    """A `picture` element with all widths of a thumbnail; nothing if there is no thumbnail yet.

    `sizes` says how wide it will be on the page. The browser loads a `lazy` one when it comes into view, and one with
    `priority` before other pictures.
    """
    if not pictured or not pictured.thumbnail:
        return SafeString("")
    image = format_html(
        '<img src="{}"{} alt="{}" width="{}" height="{}" decoding="async"{} style="background-image: url({})">',
        pictured.thumbnail.url,
        _candidates(pictured, "webp", sizes),
        str(alt),
        pictured.thumbnail_width,
        pictured.thumbnail_height,
        SafeString(' loading="lazy"' if lazy else ' fetchpriority="high"' if priority else ""),
        pictured.placeholder,
    )
    smaller = _candidates(pictured, "avif", sizes)
    return format_html('<picture><source type="image/avif"{}>{}</picture>', smaller, image) if smaller else image


@register.simple_tag
def tiny(pictured: Thumbnail, alt: object = "") -> SafeString:
    """An `img` of the smallest version, for places where a picture is about a finger wide."""
    if not pictured.thumbnail:
        return SafeString("")
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" decoding="async" loading="lazy">',
        _stem(pictured) + thumbnails.ending(_widths(pictured)[0], pictured.thumbnail_width, "webp"),
        str(alt),
        pictured.thumbnail_width,
        pictured.thumbnail_height,
    )


def _candidates(pictured: Thumbnail, file_format: str, sizes: str) -> SafeString:
    """The `srcset` and `sizes` of all versions in one format; empty if there is only one file."""
    if not pictured.thumbnail_widths:
        return SafeString("")
    stem = _stem(pictured)
    widths = {width: thumbnails.ending(width, pictured.thumbnail_width, file_format) for width in _widths(pictured)}
    found = ", ".join(f"{stem}{ending} {width}w" for width, ending in widths.items())
    return format_html(' srcset="{}" sizes="{}"', found, sizes)


def _widths(pictured: Thumbnail) -> list[int]:
    return [int(width) for width in pictured.thumbnail_widths.split()] or [pictured.thumbnail_width]


def _stem(pictured: Thumbnail) -> str:
    """The part that the addresses of all versions begin with."""
    return str(pictured.thumbnail.url).removesuffix(".webp")


@register.simple_tag
def row_sizes(width: int, height: int) -> str:
    """How wide a picture of this size is in the gallery's rows."""
    return f"(max-width: 560px) 92vw, {round(ROW * float(ratio(width, height)))}px"


@register.simple_tag
def ratio(width: int, height: int) -> str:
    """Width over height, bounded so that a panorama does not take a whole page."""
    return f"{min(WIDEST, max(NARROWEST, width / max(1, height))):.3f}"


@register.inclusion_tag("pictures/_credit.html", takes_context=True)
def credit(context: dict[str, Any], picture: Picture, named: bool = False) -> dict[str, Any]:
    """Whose a picture is, with a link to say so for whoever may."""
    request, found = context["request"], picture.credit
    address = found.source if found.source.startswith(("https://", "http://")) else ""
    may_change = request.person.may_change(picture)
    here = request.get_full_path()
    shown = {"credit": found, "address": address, "named": named}
    return {"picture": picture, "may_change": may_change, "here": here, **shown}


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds in words; empty if unknown."""
    return "" if seconds is None else words.duration(seconds)


@register.filter
def memory(size: int) -> str:
    """Bytes in GiB, as in a forecast: "0.7 GiB", "12.0 GiB"."""
    return f"{max(size / words.GIB, 0.1):.1f} GiB"


@register.filter
def device(described: str) -> str:
    """A device as a worker describes it, without the number format: "cpu (2 threads)"."""
    kind, _, rest = described.partition(": ")
    what = rest.partition(",")[0]
    return f"{kind} ({what})" if what else kind


@register.filter
def percent(fraction: float | None) -> int:
    """A fraction as a whole percentage."""
    return int(100 * (fraction or 0))


@register.filter
def roughly(seconds: float) -> str:
    """Estimated seconds in words."""
    return words.roughly(seconds)


@register.filter
def relief(picture: Picture) -> Relief:
    """What is known of the places in a picture."""
    return Relief.of_picture(picture)
