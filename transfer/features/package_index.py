"""Where pip would get a file from: the package indexes that it is set up with, and what they offer.

pip itself may run a package's own program to learn its name, so it is only asked for its settings. The pages are read
as PEP 503 (HTML) and PEP 691 (JSON) say.
"""

import ast
import json
import os
import re
import ssl
import subprocess
import sys
import urllib.request
from base64 import b64encode
from html.parser import HTMLParser
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit, urlunsplit

from transfer.errors import WeightsError

JSON = "application/vnd.pypi.simple.v1+json"
ACCEPTED = f"{JSON}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"
SECTIONS = (":env:", "download", "install", "global")  # what goes before what
SCHEMES = ("https", "http", "file")
PATIENCE = 30  # seconds without an answer


class PackageIndexes:
    """The package indexes that pip is set up with, in the order in which they are asked.

    Raises WeightsError where pip cannot be asked.
    """

    def __init__(self) -> None:
        self._settings = _pip("config", "list")
        named = self._setting("index-url") or _default_index()
        self.addresses = [*named.split(), *self._setting("extra-index-url").split()]

    def address_of(self, project: str, file: str) -> str:
        """The address of a file of a project; raises WeightsError where no index offers it."""
        trouble = []
        for index in self.addresses:
            try:
                if found := self._offered(f"{index.rstrip('/')}/{project}/").get(file):
                    return found
                trouble.append(f"{_without_secret(index)[0]} does not have it")
            except (URLError, HTTPException, OSError, ValueError, TypeError, LookupError) as error:
                trouble.append(f"{_without_secret(index)[0]}: {error}")
        raise WeightsError(f"No package index that pip is set up with offers {file} ({'; '.join(trouble)}).")

    def open(self, address: str, **headers: str) -> Any:
        """The answer from an address, trusted as pip's settings say; raises URLError, HTTPException or OSError."""
        bare, secret = _without_secret(address)
        if urlsplit(bare).scheme not in SCHEMES:
            raise URLError("this is no address that files can be fetched from")
        request = urllib.request.Request(bare, headers=headers)  # noqa: S310 -- it is one of SCHEMES
        if secret:  # which is for this host alone
            request.add_unredirected_header("Authorization", f"Basic {b64encode(unquote(secret).encode()).decode()}")
        handlers: list[urllib.request.BaseHandler] = [
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=self._setting("cert") or None))
        ]
        if proxy := self._setting("proxy"):
            handlers.append(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
        return urllib.request.build_opener(*handlers).open(request, timeout=PATIENCE)

    def _offered(self, page: str) -> dict[str, str]:
        """The addresses of all files that a project's page names."""
        if page.startswith("file:"):
            page += "index.html"
        with self.open(page, Accept=ACCEPTED) as answer:
            address, kind, body = answer.url, answer.headers.get_content_type(), answer.read().decode()
        if kind == JSON:
            files = ((each["filename"], each["url"]) for each in json.loads(body)["files"])
        else:
            files = ((_name(link), link) for link in _Links(body).found)
        return {name: _opened_as(page, urldefrag(urljoin(address, link)).url) for name, link in files}

    def _setting(self, name: str) -> str:
        """A setting of pip's; empty where there is none."""
        for section in SECTIONS:
            if line := re.search(rf"^{re.escape(section)}\.{name}=(.+)$", self._settings, re.MULTILINE):
                return str(ast.literal_eval(line[1])).strip()
        return ""


class _Links(HTMLParser):
    """The targets of all links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a link."""
        if tag == "a" and (target := dict(attrs).get("href")):
            self.found.append(target)


def _name(link: str) -> str:
    return unquote(urlsplit(link).path.rpartition("/")[2])


def _without_secret(address: str) -> tuple[str, str]:
    """An address without the name and password in it, and these, as name:password."""
    parts = urlsplit(address)
    secret, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=host)), secret


def _opened_as(page: str, address: str) -> str:
    """An address with the name and password of a page, where it is on the page's own host."""
    parts, (bare, secret) = urlsplit(address), _without_secret(page)
    if not secret or parts.netloc != urlsplit(bare).netloc:
        return address
    return urlunsplit(parts._replace(netloc=f"{secret}@{parts.netloc}"))


def _default_index() -> str:
    """The index that pip uses when nothing is set, as its help says."""
    if said := re.search(r"--index-url.*?\(default\s+(\S+?)\)", _pip("download", "--help"), re.DOTALL):
        return said[1]
    raise WeightsError("pip does not say which package index it uses: name one in PIP_INDEX_URL.")


def _pip(*words: str) -> str:
    """What pip answers to a command."""
    wide = {**os.environ, "COLUMNS": "1000"}
    try:
        return subprocess.run(
            [sys.executable, "-m", "pip", *words], check=True, capture_output=True, text=True, env=wide
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise WeightsError("pip, which knows the package index, is not installed for this Python.") from error
