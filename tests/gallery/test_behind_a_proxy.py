"""Behind a proxy that speaks https, at the root of its host or under a path; what is missing is told by name."""

import contextlib
import http.client
import re
import socket
import sys
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User

from gallery.processes.parts import Part, wait_until
from gallery.processes.ports import listens
from tests.conftest import LOGS, PATIENCE
from tests.gallery.proxy import Proxy, running

HOST = "pictures.example.org"
HTTPS = {"X-Forwarded-Proto": "https"}
pytestmark = pytest.mark.alone


@contextlib.contextmanager
def site(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Iterator[int]:
    """The port of gunicorn with these settings."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "gunicorn", "stylesite.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    part = Part("proxied", [*words, "--threads", "4", "--no-control-socket"], LOGS / "proxied.log")
    part.start()
    assert wait_until(lambda: listens("127.0.0.1", port), part, PATIENCE), part.why_it_ended()
    yield port
    part.stop()


class Browser:
    """Asks through a proxy and keeps cookies."""

    def __init__(self, port: int, host: str = HOST) -> None:
        self.port, self.host, self.cookies = port, host, {}

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, address that it leads to, and page."""
        headers = {"Host": self.host, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers |= {"Origin": f"https://{self.host}", "Referer": f"https://{self.host}{path}"}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.getheader("Location") or "", answer.read().decode(errors="replace")

    def log_in(self, path: str) -> tuple[int, str, str]:
        """Sends the form of the log-in page at `path`."""
        page = self.ask("GET", path)[2]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, page
        return self.ask("POST", path, {"csrfmiddlewaretoken": token[1], "username": "alice", "password": "alice"})


@pytest.mark.usefixtures("transactional_db", "redis_server")
def test_at_the_root_forms_are_taken_and_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, alice: User) -> None:
    with site(monkeypatch, STYLESITE_PROXIES="1", STYLESITE_HOSTS=f"{HOST},127.0.0.1") as port:
        with running(Proxy(port, HTTPS)) as proxy:
            assert Browser(proxy).log_in("/login/")[:2] == (302, "/")
            status, _, page = Browser(proxy, "elsewhere.example").ask("GET", "/")
            assert status == 400
            assert "elsewhere.example" in page
            assert "STYLESITE_HOSTS" in page
        with running(Proxy(port, {"Host": f"127.0.0.1:{port}"})) as proxy:
            status, _, page = Browser(proxy).log_in("/login/")
            assert status == 403
            assert f"STYLESITE_ORIGINS=https://{HOST}" in page
    log = (LOGS / "proxied.log").read_text()
    assert "Traceback" not in log
    assert "add elsewhere.example to STYLESITE_HOSTS" in log


@pytest.mark.usefixtures("transactional_db", "redis_server")
@pytest.mark.parametrize("strips", ["", "/studio"])
def test_under_a_path_all_addresses_begin_with_it(strips: str, monkeypatch: pytest.MonkeyPatch, alice: User) -> None:
    variables = {"STYLESITE_PROXIES": "1", "STYLESITE_HOSTS": HOST, "STYLESITE_PREFIX": "/studio"}
    with site(monkeypatch, **variables) as port, running(Proxy(port, HTTPS, strips)) as proxy:
        browser = Browser(proxy)
        assert browser.log_in("/studio/login/")[:2] == (302, "/studio/")
        for path in ("/studio/", "/studio/new/", "/studio/queue/", "/studio/pictures/", "/studio/cookbook/"):
            status, _, page = browser.ask("GET", path)
            assert status == 200
            addresses = re.findall(r'(?:href|src|action|hx-get|hx-post|data-\w+)="(/[^"]*)"', page)
            assert addresses
            assert [each for each in addresses if not each.startswith("/studio/")] == []
        style = re.search(r'href="(/studio/static/[^"]+\.css)"', page)
        assert style
        assert browser.ask("GET", style[1])[0] == 200
        assert browser.ask("GET", "/studio/admin/gallery/machine/")[1] == "/studio/admin/gallery/worker/"
