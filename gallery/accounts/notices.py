"""Messages between two pages, in a cookie: they start no session, since only people who make something get one."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class OwnCookie(CookieStorage):
    """Django's storage in a cookie whose name is this site's alone: a site on another port leaves it alone."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class Notices(FallbackStorage):
    """In that cookie; what is too long for it, in the session."""

    storage_classes = (OwnCookie, SessionStorage)
