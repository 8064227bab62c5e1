"""The site without a worker, as `up` serves it, to measure its pages."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping


@contextlib.contextmanager
def site(environment: Mapping[str, str]) -> Iterator[str]:
    """The address of gunicorn in that environment, with its database and static files ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "gunicorn", "stylesite.wsgi:application", "--bind", f"127.0.0.1:{port}",
             "--workers", "2", "--threads", "8", "--no-control-socket"]  # fmt: skip
    process = subprocess.Popen(words, env=dict(environment), stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while not _listens(port):
            if time.monotonic() > deadline:
                raise TimeoutError("the site does not come up")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
