"""300 browsers that watch one render at a real site, as `manage.py up` starts it, while its worker paints.

Each keeps a connection open. Every two seconds it asks for the status and, if that names a new picture, for the
picture, both with the ETags that it has.
"""

import asyncio
import json
import statistics
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.drawings import brush, village
from benchmarks.own_site import Site
from benchmarks.visitor import Visitor, wait_until

BROWSERS, ASK_EVERY, SECONDS = 300, 2.0, 30.0


@dataclass
class _Seen:
    """What the browsers saw: each answer's milliseconds and status, and what went wrong."""

    milliseconds: dict[str, list[float]] = field(default_factory=lambda: {"status": [], "picture": []})
    statuses: dict[int, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def measured() -> Iterator[dict[str, object]]:
    """Percentiles over half a minute, from the first picture on; any answer but 200 and 304 is an error."""
    with tempfile.TemporaryDirectory() as name, Site(Path(name)) as address:
        seen = watched(address, Path(name))
    for what, times in seen.milliseconds.items():
        cuts = statistics.quantiles(times, n=100)
        yield {
            "asked for": what,
            "answers": len(times),
            "of these 304": seen.statuses.get(304, 0) if what == "status" else "",
            "p50 ms": round(cuts[49], 1),
            "p95 ms": round(cuts[94], 1),
            "p99 ms": round(cuts[98], 1),
            "errors": len(seen.errors),
        }
    for error in sorted(set(seen.errors))[:5]:
        print(error)


def watched(address: str, folder: Path) -> _Seen:
    """Submits a long render, and watches it for half a minute once something is painted."""
    village().save(folder / "village.jpg")
    brush().save(folder / "brush.jpg")
    visitor = Visitor(address)
    path = visitor.submit(folder / "village.jpg", folder / "brush.jpg", image_size=1024, num_iterations=2000)
    wait_until(lambda: bool(visitor.status(path)["progress"]["preview"]), every=0.5)
    return asyncio.run(_watch(address, path))


async def _watch(address: str, path: str) -> _Seen:
    seen, until = _Seen(), time.monotonic() + SECONDS
    parts = urllib.parse.urlsplit(address)
    browsers = (
        _browser(str(parts.hostname), int(parts.port or 80), path, ASK_EVERY * number / BROWSERS, until, seen)
        for number in range(BROWSERS)
    )
    await asyncio.gather(*browsers)
    return seen


async def _browser(host: str, port: int, path: str, late: float, until: float, seen: _Seen) -> None:
    await asyncio.sleep(late)
    try:
        reader, writer = await asyncio.open_connection(host, port)
        etags = {"status": "", "picture": ""}
        preview = ""
        while time.monotonic() < until:
            began = time.monotonic()
            body = await _ask(reader, writer, f"{path}status.json", "status", etags, seen)
            if body and (found := json.loads(body)["progress"]["preview"]) and found != preview:
                preview = found
                await _ask(reader, writer, preview, "picture", etags, seen)
            await asyncio.sleep(max(0.0, ASK_EVERY - (time.monotonic() - began)))
        writer.close()
    except (OSError, ValueError, IndexError, asyncio.IncompleteReadError) as error:
        seen.errors.append(repr(error))


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, what: str, etags: dict[str, str], seen: _Seen
) -> bytes:
    """Sends one request on a lasting connection; returns the body of a 200."""
    began = time.monotonic()
    known = f"If-None-Match: {etags[what]}\r\n" if etags[what] else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{known}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    status = int(head[0].split()[1])
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
    body = await reader.readexactly(0 if status == 304 else int(headers.get("content-length", "0")))
    seen.milliseconds[what].append(1000 * (time.monotonic() - began))
    seen.statuses[status] = seen.statuses.get(status, 0) + 1
    if status not in (200, 304):
        seen.errors.append(f"{status} for {path}")
        return b""
    etags[what] = headers["etag"]
    return body
