"""Turns a request into the person who sent it. Only people who make something get a session."""

import uuid
from dataclasses import replace

from django.http import HttpRequest

from gallery.accounts.address import hashed_address_of
from gallery.accounts.person import Person

VISITOR = "visitor"


def person_of(request: HttpRequest) -> Person:
    """Who sent this request."""
    user = request.user if request.user.is_authenticated else None
    person = Person(user, request.session.get(VISITOR, ""))
    return person if person.is_known else Person(counted_as=hashed_address_of(request))


def maker_of(request: HttpRequest) -> Person:
    """The same, for a request that makes something: a visitor without a name gets one, so that they can own it."""
    person = person_of(request)
    if person.is_known:
        return person
    name = request.session[VISITOR] = uuid.uuid4().hex
    return replace(person, visitor=name)
