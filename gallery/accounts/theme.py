"""Light, dark, or as the system has it: a person's choice, in a cookie, so that pages come in the right colours."""

from django.http import HttpRequest

COOKIE = "stylesite_theme"
THEMES = ("system", "light", "dark")


def theme_of(request: HttpRequest) -> str:
    """The theme that this browser asks for."""
    found = request.COOKIES.get(COOKIE)
    return found if found in THEMES else THEMES[0]
