"""What stands around a page: the theme, the length of the queue, and what can still be undone."""

from typing import Any

from django import template
from django.utils import timezone

from gallery.accounts.theme import THEMES, theme_of
from gallery.models import Removal
from gallery.queueing.length import length
from gallery.queueing.removals import Pending
from transfer import words

register = template.Library()


@register.simple_tag(takes_context=True)
def theme(context: dict[str, Any]) -> dict[str, str]:
    """The theme as it is, and the one that the button leads to next. A page of a fault has no request."""
    now = theme_of(context["request"]) if "request" in context else THEMES[0]
    return {"now": now, "next": THEMES[(THEMES.index(now) + 1) % len(THEMES)]}


@register.simple_tag(takes_context=True)
def queue_length(context: dict[str, Any]) -> int:
    """How many renders wait or are being painted. The page of the queue has counted them itself."""
    if "waiting_count" in context:
        return sum(int(context[name]) for name in ("running_count", "waiting_count", "stuck_count"))
    return length()


@register.inclusion_tag("selection/_undo.html", takes_context=True)
def undo(context: dict[str, Any]) -> dict[str, Any]:
    """Buttons for what the person has asked to delete and can still keep, out of the view's `pending`."""
    request, now = context["request"], timezone.now()
    pending: Pending = context["pending"]
    rows = [(each, (each.due - now).total_seconds()) for each in pending.undoable_by(request.person)]
    removals = [{"key": row.pk, "what": _what(row), "left": f"{left:.1f}"} for row, left in rows if left > 0]
    return {"removals": removals, "request": request, "csrf_token": context.get("csrf_token")}


def _what(removal: Removal) -> str:
    counts = ((len(removal.renders), "render"), (len(removal.pictures), "picture"))
    return " and ".join(words.counted(number, what) for number, what in counts if number)
