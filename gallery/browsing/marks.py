"""Likes and favourites: a person's own, and the number of likes that everybody sees."""

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from gallery.accounts.access import Ownership, is_known, ownership
from gallery.models import Favourite, Like, Render


def marks(request: HttpRequest, render: Render) -> dict[str, bool]:
    """Whether this person likes the render, and has it among their favourites."""
    if not is_known(request):
        return {"liked": False, "favourite": False}
    own = {"render": render, **ownership(request).fields()}
    return {"liked": Like.objects.filter(**own).exists(), "favourite": Favourite.objects.filter(**own).exists()}


def toggle(mark: type[Like] | type[Favourite], render: Render, owner: Ownership) -> None:
    """Sets a person's mark on a render, or takes it away.

    Whoever does so holds the render's row meanwhile, so that `Render.likes` stays the number of likes.
    """
    with transaction.atomic():
        row = Render.objects.select_for_update().filter(pk=render.pk)
        if not row.values_list("pk", flat=True):
            return
        own = mark._default_manager.filter(render=render, **owner.fields())
        change = -1 if own.delete()[0] else 1
        if change > 0:
            mark._default_manager.create(render=render, **owner.fields())
        if mark is Like:
            row.update(likes=F("likes") + change)
