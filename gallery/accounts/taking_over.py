"""When somebody logs in, their account takes over what they made in this browser as a visitor."""

import functools
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django.http import HttpRequest

from gallery.accounts.session import VISITOR
from gallery.models import Like, Owned, Render
from gallery.models.community import Mark


@receiver(user_logged_in)
def take_over_from_the_session(
    sender: object, request: HttpRequest | None, user: AbstractBaseUser, **rest: object
) -> None:
    """Ends the session's visitor and gives everything they had to `user`."""
    visitor = request.session.pop(VISITOR, "") if request is not None else ""
    if visitor:
        take_over(visitor, user)


def take_over(visitor: str, user: AbstractBaseUser) -> None:
    """Gives everything that belongs to `visitor` to `user`; where both have marked a render, one mark stays."""
    with transaction.atomic():
        Render.objects.filter(visitor=visitor).update(counted_as="")
        for model in _owned():
            if issubclass(model, Mark):
                _drop_doubled(model, visitor, user)
            model._default_manager.filter(visitor=visitor).update(owner=user, visitor="")


@functools.cache
def _owned() -> list[type[Owned]]:
    return [model for model in apps.get_models() if issubclass(model, Owned)]


def _drop_doubled(model: type[Mark], visitor: str, user: AbstractBaseUser) -> None:
    marks: Any = model._default_manager
    doubled = marks.filter(visitor=visitor, render__in=marks.filter(owner=user).values("render"))
    if model is Like:
        Render.objects.filter(pk__in=list(doubled.values_list("render", flat=True))).update(likes=F("likes") - 1)
    doubled.delete()
