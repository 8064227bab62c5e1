"""Where forms lead: to what was made, back to one of the pages that they are on, or to the first page."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from gallery.models import Render, Sweep
from gallery.views.request import Request


def made(request: Request, thing: Render | Sweep) -> HttpResponse:
    """Leads to its page.

    A script gets 201 with the `address`, since by following it, it would use up the page's messages; and the id of the
    `render`, or of a sweep's first one.
    """
    address = thing.get_absolute_url()
    if request.accepts("text/html"):
        return HttpResponseRedirect(address)
    first = thing if isinstance(thing, Render) else thing.renders.order_by("sweep_place").first()
    return JsonResponse({"address": address, "render": str(first.pk) if first else None}, status=201)


def back(request: Request, otherwise: str) -> HttpResponseRedirect:
    """Leads to the address in the field `next`, if it is one of this site, or else to another one."""
    address = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(address if address and is_here else otherwise)


def to_first_page(request: Request, fault: Exception) -> HttpResponse:
    """Leads to the first page, which says why not."""
    messages.error(request, str(fault))
    return redirect("gallery")
