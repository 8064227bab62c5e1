"""What the render in the studio would need, and what to expect of it: a small part of the studio's page.

The page asks for it while somebody fills in the form. For files that are still in the browser, it sends only their
size and a few of their colours.
"""

import base64
import binascii
import functools
from collections.abc import Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from PIL import Image

from gallery.accounts.person import Person
from gallery.browsing import same
from gallery.models import Picture
from gallery.pictures import places, uploads
from gallery.queueing.planning import planned
from gallery.recipes.fields import BY_NAME
from gallery.recipes.form import RecipeForm
from gallery.studio import film_limits, going_round, slots, stated
from gallery.studio.submission import MASKED, has_no_regions
from gallery.views.lookup import kind_or_404
from gallery.views.request import Request
from transfer.errors import PlanError
from transfer.inputs import Role
from transfer.kinds import Kind
from transfer.style.advice import GRID, PictureFacts


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def fragment(request: Request) -> HttpResponse:
    """Time, memory and wait of the render that the fields describe, or why it is impossible, and advice; or nothing.

    It stores nothing.
    """
    fields = request.POST if request.method == "POST" else request.GET
    return render(request, "studio/_plan.html", _context(fields, request.person))


def _context(fields: QueryDict, person: Person) -> dict[str, Any]:
    kind = kind_or_404(fields)
    form, pictures = RecipeForm(fields, kind=kind), _seen(fields, kind, person)
    form.offer("init", "picture")
    form.offer("regions", "masks")
    form.offer("regions", BY_NAME)
    roles = {place.takes.role for place in slots.places(kind, {}) if place.is_needed}
    content = _content(fields, person)
    context: dict[str, Any] = {"goes_round": "wrap" in form.offered and going_round.wrap_of(content) != "none"}
    if not roles <= pictures.keys() or not form.is_valid():
        return context
    recipe = form.recipe if "seam" in fields else going_round.followed(form.recipe, content)
    context["advice"] = kind.foresees.advice(recipe, pictures)
    if ("by_name" in fields or fields.get("regions") == BY_NAME) and has_no_regions(recipe):
        context["places"] = _what_takes_what(fields, kind, person)
    if not context.get("places") and not _is_unevenly_blended(fields):
        identities = {role: [each.identity for each in seen] for role, seen in pictures.items()}
        context["same"] = same.of_pictures(recipe, identities, person)
    try:
        sizes = {role: [each.size for each in seen] for role, seen in pictures.items()}
        if too_much := film_limits.too_much(recipe, sizes):
            return context | {"refusal": too_much}
        return context | {"planned": planned(recipe, sizes, person)}
    except PlanError as error:
        return context | {"refusal": str(error)}


def _is_unevenly_blended(fields: QueryDict) -> bool:
    """Whether the pictures of a role may have different weights."""
    return bool({text for name, text in fields.items() if name.startswith("blend_")} - {"", "1"})


def _seen(fields: QueryDict, kind: Kind, person: Person) -> dict[Role, list[PictureFacts]]:
    """The pictures by role: a file in the browser wins over a stored picture."""
    places = slots.places(kind, slots.counts_in(kind, fields))
    here = slots.chosen(person, places, fields)
    found: dict[Role, list[PictureFacts]] = {}
    for place in places:
        known = here.get(place.name)
        if size := stated.size(fields.get(f"{place.name}_size", "")):
            size = stated.footage(uploads.fitted(size), fields.get(f"{place.name}_seconds", ""))
            seen = _stated(size, fields.get(f"{place.name}_colours", ""))
        elif known is not None:
            sha256 = known.sha256 if isinstance(known, Picture) else known.output_sha256
            colours, labels = _colours(known.thumbnail.name or ""), _shares(known.labels_id or "")
            seen = PictureFacts(known.footage, colours, sha256, labels)
        else:
            continue
        found.setdefault(place.takes.role, []).append(seen)
    return found


def _content(fields: QueryDict, person: Person) -> slots.Known | None:
    """The content, where it is here already and meant as a whole."""
    if fields.get("content_size") or fields.get("content_crop"):
        return None
    named = fields.get("content_id", "")
    return slots.find(person, named).get(str(slots.as_uuid(named)))


def _what_takes_what(fields: QueryDict, kind: Kind, person: Person) -> tuple[str, ...]:
    """In words, where the content and all styles are stored and know their places."""
    over = [place for place in slots.places(kind, slots.counts_in(kind, fields)) if place.takes.role in MASKED]
    given = [place for place in over if fields.get(f"{place.name}_id") or fields.get(f"{place.name}_size")]
    here = slots.chosen(person, given, fields)
    found = [here.get(place.name) for place in given]
    return places.sentences(tuple(each.labels_id or "" if each else "" for each in found))


def _stated(size: tuple[int, int], text: str) -> PictureFacts:
    """A picture of which the browser sends a few colours, or none, in Base64."""
    try:
        colours = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        colours = b""
    if len(colours) != 3 * GRID**2:
        return PictureFacts(size)
    return PictureFacts(size, colours, f"{size} {colours.hex()}")


@functools.lru_cache(maxsize=1024)
def _colours(thumbnail: str) -> bytes:
    """A few colours of a stored picture. They never change, since the name identifies the content."""
    if not thumbnail:
        return b""
    try:
        with default_storage.open(thumbnail) as file, Image.open(file) as picture:
            return PictureFacts.of(picture.convert("RGB")).colours
    except OSError:
        return b""


@functools.lru_cache(maxsize=1024)
def _shares(labels: str) -> Mapping[str, float]:
    """What part of a stored picture each label covers. They never change either."""
    found = places.labels_in(labels)
    return found.shares() if found else {}
