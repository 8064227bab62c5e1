"""The queue's Redis: tokens, progress, previews and answers are all kept in one."""

import functools

import django_rq
from redis import Redis

QUEUE = "renders"  # in RQ_QUEUES


@functools.cache
def redis() -> Redis:
    """This process's client. Nothing is asked of the server before a command is."""
    return django_rq.get_connection(QUEUE)
