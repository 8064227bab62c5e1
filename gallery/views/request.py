"""What the views know of a request beyond what Django gives it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from gallery.accounts.person import Person


class Request(HttpRequest):
    """A request after all middleware. For type checkers alone: none of this class is ever made.

    `person` is looked up when it is first used, so that an answer which is the same for everybody needs no session.
    """

    htmx: HtmxDetails
    person: Person
