"""Where a request comes from: to tell apart visitors who send no cookie, and who sits here. No address is stored."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

LENGTH = 32
HOUSEHOLD = 64  # bits of an IPv6 address that a provider gives one customer; the customer chooses the rest


def hashed_address_of(request: HttpRequest) -> str:
    """A keyed hash of the network that a request comes from: LENGTH hexadecimal digits."""
    return salted_hmac("gallery.accounts.address", _network(_address(request)), algorithm="sha256").hexdigest()[:LENGTH]


def is_from_here(request: HttpRequest) -> bool:
    """Whether a browser on the site's own machine asks, and no proxy does so for another one."""
    if settings.PROXIES or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _address(request: HttpRequest) -> str:
    """The client's address: the one that our outermost proxy saw, if there is a proxy.

    Each proxy appends the address that asked it to X-Forwarded-For. The client wrote whatever comes before that.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < settings.PROXIES <= len(forwarded):
        return forwarded[-settings.PROXIES].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, HOUSEHOLD), strict=False))
