"""What other sites show of a link to a finished render: Open Graph tags, of what everybody may see."""

from dataclasses import dataclass

from django.urls import reverse

from gallery.accounts.person import NOBODY
from gallery.models import Render
from gallery.pictures import thumbnails
from gallery.pictures.thumbnails import Version
from gallery.views.request import Request

LONGEST_DESCRIPTION = 200  # characters


@dataclass(frozen=True)
class Card:
    """What a link to it looks like elsewhere. The addresses are absolute; `film` is empty for a picture."""

    address: str
    title: str
    description: str
    image: str
    version: Version
    film: str = ""


def card(request: Request, render: Render) -> Card | None:
    """Of a finished render; None where not everybody may see it, or it has no small version."""
    if not render.thumbnail or not Render.objects.visible_to(NOBODY).filter(pk=render.pk).exists():
        return None
    version = thumbnails.largest(render)
    return Card(
        address=request.build_absolute_uri(render.get_absolute_url()),
        title=render.title or render.name,
        description=_shortened(render.description) or _made_of(render),
        image=request.build_absolute_uri(render.thumbnail.storage.url(version.name)),
        version=version,
        film=request.build_absolute_uri(reverse("render_film", args=[render.pk])) if render.film else "",
    )


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_DESCRIPTION else words[: LONGEST_DESCRIPTION - 1].rstrip() + "…"


def _made_of(render: Render) -> str:
    pictures = " and ".join(each.title for each in render.main_pictures[:2])
    size = f"{render.width} × {render.height} px"
    if render.film:
        size = f"{render.film_seconds:.1f} s, {size}"
    made = "Filmed" if render.film else "Painted"
    return f"{made} from {pictures}, {size}." if pictures else f"{render.kind.title}, {size}."
