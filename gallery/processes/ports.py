"""Which port the site can have."""

import contextlib
import errno
import socket

MOST_TRIED = 100
FIRST_FOR_ALL = 1024  # those below are the system's


class NoPort(Exception):
    """The site can listen nowhere; the message says why and what to do."""


def is_free(host: str, port: int) -> bool:
    """Whether the site could listen there. Raises NoPort where another port would not help."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return False
        raise NoPort(_why(host, port, error)) from error
    return True


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EACCES and port < FIRST_FOR_ALL:
        return f"Only root may listen at port {port}: choose one from {FIRST_FOR_ALL} on, as in `make up PORT=8080`."
    return f"The site cannot listen at {host}, port {port}: {error.strerror or error}."


def next_free(host: str, port: int) -> int:
    """The first free port after `port`. Raises NoPort if a hundred are taken."""
    last = min(port + MOST_TRIED, 65535)
    for each in range(max(port + 1, FIRST_FOR_ALL), last + 1):
        if is_free(host, each):
            return each
    raise NoPort(f"Ports {port} to {last} of {host} are all taken: choose another, as in `make up PORT=9000`.")


def listens(host: str, port: int) -> bool:
    """Whether anything answers there."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False
