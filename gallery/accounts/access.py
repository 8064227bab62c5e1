"""Who may see and do what.

Everybody may look and render. What a user made belongs to the user; what somebody made without logging in belongs to
the visitor's session. Owners and staff may cancel and delete.
"""

import uuid
from typing import TYPE_CHECKING, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest

if TYPE_CHECKING:
    from gallery.models import Owned

VISITOR = "visitor"
Changeable = TypeVar("Changeable", bound=QuerySet)


class Ownership:
    """Whose something is, as the two fields that every owned row has."""

    def __init__(self, owner: AbstractBaseUser | None, visitor: str) -> None:
        self.owner = owner
        self.visitor = visitor

    def fields(self) -> dict[str, object]:
        """Values for a row's `owner` and `visitor`."""
        return {"owner": self.owner, "visitor": self.visitor}


def is_known(request: HttpRequest) -> bool:
    """Whether this person may own something: logged in, or a visitor who has made something before."""
    return request.user.is_authenticated or VISITOR in request.session


def ownership(request: HttpRequest) -> Ownership:
    """Who owns what this request makes; gives a visitor without a name one."""
    if request.user.is_authenticated:
        return Ownership(request.user, "")
    if VISITOR not in request.session:
        request.session[VISITOR] = uuid.uuid4().hex
    return Ownership(None, request.session[VISITOR])


def is_owner(request: HttpRequest, thing: "Owned") -> bool:
    """Whether the person or visitor behind `request` made `thing`."""
    if request.user.is_authenticated and thing.owner_id == request.user.pk:
        return True
    return bool(thing.visitor) and thing.visitor == request.session.get(VISITOR)


def changeable(request: HttpRequest, things: "Changeable") -> "Changeable":
    """Those of `things`, the rows of an owned model, that `request` may cancel or delete."""
    if request.user.is_authenticated and request.user.is_staff:
        return things
    whose = Q(owner=request.user.pk) if request.user.is_authenticated else Q(pk=None)
    if visitor := request.session.get(VISITOR):
        whose |= Q(visitor=visitor)
    return things.filter(whose)


def refuse_strangers(request: HttpRequest, thing: "Owned") -> None:
    """Raises PermissionDenied for somebody who may not change `thing`."""
    if not may_change(request, thing):
        raise PermissionDenied


def may_change(request: HttpRequest, thing: "Owned") -> bool:
    """Whether `request` may cancel or delete `thing`."""
    return is_owner(request, thing) or (request.user.is_authenticated and request.user.is_staff)
