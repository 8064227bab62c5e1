"""What workers are called."""

import socket

LONGEST_HOST = 50  # characters: a name with what tells workers of one host apart has to fit into 64


def worker_name(end: str) -> str:
    """A name of a worker of this host; `end` tells it from the others here."""
    return f"{socket.gethostname()[:LONGEST_HOST]}.{end}"
