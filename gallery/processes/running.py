"""Where this user's Stylesites run on this machine: each leaves a note, and removes it at its end."""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from django.conf import settings

NOTE = "running.json"


@dataclass(frozen=True)
class Running:
    """An `up`: its process, its data folder, and where its site is."""

    pid: int
    data: str
    host: str
    port: int

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """What a note says, if it is one and its process lives."""
        try:
            found = cls(**json.loads(path.read_text()))
            os.kill(found.pid, 0)
        except PermissionError:
            return None  # the process is somebody else's: the number was given again
        except (OSError, ValueError, TypeError):
            return None
        return found

    @property
    def address(self) -> str:
        """What a browser opens."""
        return address(self.host, self.port)


def address(host: str, port: int) -> str:
    """What a browser opens to see a site that listens there."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- all of this machine's addresses
    name = f"[{reached}]" if ":" in reached else reached
    return f"http://{name}:{port}{settings.PREFIX}" + ("/" if settings.PREFIX else "")


@contextlib.contextmanager
def noted(host: str, port: int) -> Iterator[None]:
    """Others can see that this process runs a site, until the end of the block."""
    note = Running(os.getpid(), str(settings.DATA), host, port)
    places = [settings.DATA / NOTE, settings.RUNTIME / NOTE]
    for place in places:
        place.write_text(json.dumps(asdict(note)))
    try:
        yield
    finally:
        for place in places:
            place.unlink(missing_ok=True)


def of_this_folder() -> Running | None:
    """What runs on this data folder, as far as it has said so."""
    return Running.read(settings.DATA / NOTE)


def at_port(port: int) -> Running | None:
    """The Stylesite of this user that has a port."""
    notes = settings.RUNTIME.parent.glob(f"stylesite-{os.getuid()}-*/{NOTE}")
    return next((found for note in notes if (found := Running.read(note)) and found.port == port), None)
