"""Choosing a stored picture for the studio: a page, and the part of it that the studio's dialog shows."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gallery.browsing.search import found_by, plain
from gallery.models import Picture, Render
from gallery.models.querysets import RenderQuerySet
from gallery.queueing import removals
from gallery.studio import slots
from gallery.studio.samples import Sample
from gallery.studio.starters import starters
from gallery.views.lookup import kind_or_404
from gallery.views.request import Request
from transfer.inputs import Role
from transfer.kinds import Takes

SHOWN = 24  # of each kind
LONGEST_SEARCH = 100  # characters
LOOKED_AT = 200  # other people's pictures, many of which may be equal


@require_safe
def choose(request: Request) -> HttpResponse:
    """Own pictures, others', finished renders and starters, to choose one for the role `?for=`; other choices stay.

    With `?q=`, those in whose names, titles or tags all of its words occur.
    """
    kind = kind_or_404(request.GET)
    places = {place.name: place for place in slots.all_places(kind)}
    name = request.GET.get("for", "")
    name = name if name in places else next(iter(places), "")
    counts = {f"{takes.role}s" for takes in slots.several(kind)}
    names = {*places, *(f"{each}_crop" for each in places), *counts, "kind"} - {name, f"{name}_crop"}
    kept = {each: value for each, value in request.GET.dict().items() if each in names}
    sought = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    pending = removals.pending()
    visible = Picture.objects.lasting().visible_to(request.person).without(pending.pictures).found_by(sought)
    of_clip = name in places and places[name].takes.clips
    visible = visible.filter(film__isnull=False) if of_clip else visible
    mine = visible.belonging_to(request.person)
    own = list(mine[:SHOWN])
    context = {
        "title": _title(places[name].takes) if name in places else "Choose a picture",
        "sought": sought,
        "asked": [*kept.items(), *([("for", name)] if name else [])],
        "query": urlencode({**kept, name: ""}),
        "own": own,
        "others": _different(visible.exclude(pk__in=mine.values("pk"))[:LOOKED_AT], own),
        "starters": [] if of_clip else _starters(name, sought),
        "slot": name,
        "back": urlencode(kept),
        "renders": _renders(request, sought, of_clip).without(pending.renders)[:SHOWN],
    }
    return render(request, "studio/choose.html", context)


def _renders(request: Request, sought: str, of_clip: bool) -> RenderQuerySet:
    found = Render.objects.visible_to(request.person).with_pictures().finished()
    return found_by(found.filter(film__isnull=False) if of_clip else found, sought)


def _starters(name: str, sought: str) -> list[tuple[str, list[Sample]]]:
    """What the site can make to start from, with a title for each kind: those for the place `name` first."""
    there, words = starters(), plain(sought).split()
    kinds = [("what to paint", there.contents), ("how to paint it", there.styles)]
    if name.startswith(Role.STYLE):
        kinds.reverse()
    found = [
        (title, [each for each in samples.values() if all(word in plain(each.title) for word in words)])
        for title, samples in kinds
    ]
    return [(title, samples) for title, samples in found if samples]


def _title(takes: Takes) -> str:
    if takes.role == Role.START:
        return "Choose a picture to start from"
    return "Choose a clip" if takes.clips else f"Choose a {takes.title.lower()} picture"


def _different(pictures: Iterable[Picture], own: Iterable[Picture]) -> list[Picture]:
    """Each distinct picture once, without the person's own."""
    found = {picture.sha256: picture for picture in own}
    here = len(found)
    for picture in pictures:
        found.setdefault(picture.sha256, picture)
    return list(found.values())[here : here + SHOWN]
