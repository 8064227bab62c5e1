"""Likes and favourites: a person's own, and the number of likes that everybody sees."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from gallery.accounts.person import Person
from gallery.models import Favourite, Like, Render


def marks(person: Person, render: Render) -> dict[str, bool]:
    """Whether this person likes the render, and whether it is one of their favourites."""
    likes, favourites = (kind.objects.belonging_to(person).filter(render=render) for kind in (Like, Favourite))
    return {"liked": likes.exists(), "favourite": favourites.exists()}


def favourites_among(person: Person, renders: Iterable[Render]) -> set[uuid.UUID]:
    """The keys of those renders that are this person's favourites."""
    found = Favourite.objects.visible_to(person).filter(render__in=list(renders))
    return set(found.values_list("render_id", flat=True))


def toggle(mark: type[Like] | type[Favourite], render: Render, person: Person) -> None:
    """Sets or removes a person's mark on a render.

    It locks the render's row meanwhile, so that `Render.likes` stays the true number of likes.
    """
    with transaction.atomic():
        row = Render.objects.select_for_update().filter(pk=render.pk)
        if not row.values_list("pk", flat=True):
            return
        own = mark._default_manager.filter(render=render, **person.fields())
        change = -1 if own.delete()[0] else 1
        if change > 0:
            mark._default_manager.create(render=render, **person.fields())
        if mark is Like:
            row.update(likes=F("likes") + change)
