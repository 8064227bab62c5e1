"""What a request has for our views beyond what Django gives it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from gallery.accounts.person import Person


class Request(HttpRequest):
    """A request after all middleware. Only for type checkers: nothing ever makes an instance.

    `person` is looked up on first use, so that a response that is the same for everybody needs no session.
    """

    htmx: HtmxDetails
    person: Person
