"""The example gallery: asked for on a site where nothing has been painted, and watched while it fills."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gallery.accounts.person import Person
from gallery.accounts.session import maker_of
from gallery.models import Render, Status
from gallery.pictures.making import NotMade
from gallery.queueing import progress
from gallery.studio import examples
from gallery.studio.submission import Refused
from gallery.views.next_page import to_first_page
from gallery.views.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request: Request) -> HttpResponse:
    """How far the example gallery is; for a script only the pictures. A POST asks for those that are missing."""
    if request.method == "POST":
        return _ask_for_more(request)
    renders = list(examples.there().visible_to(request.person).with_pictures())
    if not renders:
        return redirect("gallery")
    return render(request, "starters/examples.html", _progress(request.person, renders))


def _ask_for_more(request: Request) -> HttpResponse:
    if examples.there().exists() and not examples.missing():
        return redirect("examples")
    if not examples.may_ask(request.person):
        raise PermissionDenied("Somebody else has begun with the examples, or something has been painted here.")
    try:
        examples.ask_for_more(maker_of(request))
    except Refused as fault:
        return to_first_page(request, fault)
    except NotMade as fault:
        if not examples.there().exists():  # else the next request goes on
            return to_first_page(request, fault)
    return redirect("examples")


def _progress(person: Person, renders: list[Render]) -> dict[str, object]:
    running = {row.pk: progress.read(row.pk) for row in renders if row.status == Status.IN_PROGRESS}
    under_way = sum(each.fraction for each in running.values() if each)
    over = sum(row.is_over for row in renders)
    waiting = examples.missing() if examples.may_ask(person) else []
    total = len(renders) + len(waiting)
    return {
        "cells": [(row, running.get(row.pk)) for row in renders],
        "missing": waiting,
        "painted": sum(row.status == Status.COMPLETED for row in renders),
        "total": total,
        "fraction": (over + under_way) / total,
        "is_over": over == total,
    }
