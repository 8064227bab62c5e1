"""What a site offers where nothing has been painted yet: pictures to start from, and a few dishes of the cookbook."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from gallery.accounts.person import Person
from gallery.accounts.session import maker_of
from gallery.pictures.making import NotMade
from gallery.studio import examples, slots
from gallery.studio.presets import Preset, cookbook
from gallery.studio.samples import Sample, ready_to_paint
from gallery.studio.starters import starters
from gallery.studio.submission import Refused, submit
from gallery.views.media import HEADERS
from gallery.views.next_page import to_first_page
from gallery.views.request import Request
from transfer.recipes.base import Recipe
from transfer.recipes.style import StyleRecipe

PRESETS = 4  # of the cookbook, on the first page, at least


def to_start_from(person: Person) -> dict[str, object]:
    """What the first page offers this person while there is little in the gallery."""
    return {
        "starters": starters(),
        "presets": to_cook(),
        "may_ask_for_examples": examples.may_ask(person),
        "examples": examples.there().visible_to(person).exists(),
    }


def to_cook() -> Sequence[Preset]:
    """A few of the cookbook's presets for the first page: one of each kind of work, and more if these are few."""
    presets = cookbook().presets
    firsts = [of_kind[0] for of_kind in cookbook().kinds.values()]
    return sorted(presets, key=lambda each: each not in firsts)[: max(PRESETS, len(firsts))]


@require_safe
def picture(request: Request, sample: str) -> HttpResponse:
    """A starter or a picture of the cookbook at 256 px. Another recipe has another address, so it may be kept."""
    found = _samples().get(sample)
    if found is None:
        raise Http404("There is no such picture.")
    return HttpResponse(found.small(), content_type="image/webp", headers=HEADERS)


@require_POST
def take(request: Request, sample: str) -> HttpResponse:
    """Makes such a picture at full size, and leads to the studio with it in the place `slot`; `back` names the others.

    Programs that accept JSON get its `id` and `picture`: 201, or a sentence: 503.
    """
    found, slot = _samples().get(sample), request.POST.get("slot", "")
    if found is None or not slots.is_name(slot):
        raise Http404("There is no such picture.")
    is_program = not request.accepts("text/html")
    try:
        picture = found.picture(maker_of(request))
    except NotMade as fault:
        return JsonResponse({"error": str(fault)}, status=fault.status) if is_program else to_first_page(request, fault)
    if is_program:
        shown = render_to_string("studio/_choice.html", {"picture": picture, "query": f"{slot}="})
        return JsonResponse({"id": str(picture.pk), "picture": shown}, status=201)
    query = QueryDict(request.POST.get("back", ""), mutable=True)
    query[slot] = str(picture.pk)
    return redirect(f"{reverse('new')}?{query.urlencode()}")


@require_POST
def paint(request: Request) -> HttpResponse:
    """Paints the starters `content` and `style`, or takes them to the `studio`; 404 if they are none."""
    there = starters()
    content, style = (
        there.contents.get(request.POST.get("content", "")),
        there.styles.get(request.POST.get("style", "")),
    )
    if content is None or style is None:
        raise Http404("There is no such starter.")
    chosen = {"content": content, "style": style}
    return to_studio(request, chosen) if "studio" in request.POST else to_render(request, chosen, StyleRecipe())


def to_studio(request: Request, samples: Mapping[str, Sample], **query: str) -> HttpResponse:
    """Makes the pictures and leads to the studio with them in their places."""
    person = maker_of(request)
    try:
        query |= {role: str(sample.picture(person).pk) for role, sample in samples.items()}
    except NotMade as fault:
        return to_first_page(request, fault)
    return redirect(f"{reverse('new')}?{urlencode(query)}")


def to_render(request: Request, samples: Mapping[str, Sample], recipe: Recipe) -> HttpResponse:
    """Makes the pictures and leads to their render."""
    person = maker_of(request)
    try:
        wanted = ready_to_paint({role: sample.picture(person) for role, sample in samples.items()}, recipe)
    except (NotMade, Refused) as fault:
        return to_first_page(request, fault)
    return redirect(submit(wanted, person))


def _samples() -> Mapping[str, Sample]:
    """All pictures that may be shown, by their keys."""
    found = [*starters().contents.values(), *starters().styles.values()]
    found += [sample for preset in cookbook().presets for sample in preset.samples.values()]
    return {each.key: each for each in found}
