"""Where a form that is on many pages leads back to."""

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from gallery.views.request import Request


def back(request: Request, otherwise: str) -> HttpResponseRedirect:
    """Leads to the address in the field `next`, if it is one of this site, or else to another one."""
    address = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(address if address and is_here else otherwise)
