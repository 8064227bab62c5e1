"""Somebody who uses a site over HTTP, with cookies but without a browser."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

PATIENCE = 300.0  # seconds


class Visitor:
    """A visitor of the site at `address`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def submit(self, content: Path, style: Path, **recipe: object) -> str:
        """Presses Render as soon as the form is there; returns the path of the render's page."""
        return self.press(self.form(), content, style, **recipe)

    def form(self) -> str:
        """The token of the studio's form."""
        page = self._opener.open(f"{self.address}/new/").read().decode()
        return str(page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0])

    def press(self, token: str, content: Path, style: Path, **recipe: object) -> str:
        """Presses Render on a loaded form; recipe fields that are not named keep their defaults."""
        edge = uuid.uuid4().hex
        before = f"--{edge}\r\nContent-Disposition: form-data; name="
        fields = {"csrfmiddlewaretoken": token, **recipe}
        parts = [f'{before}"{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
        for name, file in (("content", content), ("style", style)):
            head = f'{before}"{name}"; filename="{file.name}"\r\n\r\n'
            parts.append(head.encode() + file.read_bytes() + b"\r\n")
        body = b"".join([*parts, f"--{edge}--\r\n".encode()])
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Referer": f"{self.address}/new/"}
        with self._opener.open(urllib.request.Request(f"{self.address}/new/", body, headers)) as response:
            return str(urllib.parse.urlsplit(response.url).path)

    def status(self, path: str) -> dict[str, Any]:
        """What the site says about a render."""
        with self._opener.open(f"{self.address}{path}status.json") as response:
            return dict(json.load(response))

    def has_frame(self, path: str) -> bool:
        """Whether an unfinished render has a painted picture."""
        try:
            with self._opener.open(f"{self.address}{path}frame.jpg"):
                return True
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
            return False


def wait_until(condition: Callable[[], bool], every: float) -> None:
    """Asks again and again. Raises TimeoutError after five minutes."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("what was waited for did not happen")
        time.sleep(every)
