"""Choosing between light and dark colours, without a script too."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from gallery.accounts.theme import COOKIE, THEMES
from gallery.views.next_page import back
from gallery.views.request import Request

YEAR = 365 * 24 * 3600  # seconds


@require_POST
def choose(request: Request) -> HttpResponse:
    """Remembers the theme in a cookie, and leads back. Scripts write the cookie too."""
    response = back(request, reverse("gallery"))
    if (theme := request.POST.get("theme")) in THEMES:
        response.set_cookie(COOKIE, theme, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response
