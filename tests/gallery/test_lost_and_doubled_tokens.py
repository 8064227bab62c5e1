"""The rows are the truth: a lost token is issued again, and one too many does no harm."""

from collections.abc import Callable

import django_rq
import redis

from gallery.models import Render, Status
from gallery.painting.claiming import work_on_next
from gallery.processes.parts import Part
from gallery.queueing import queue


def test_a_redis_that_lost_everything_loses_no_render(
    worker: Part,
    clean_queue: redis.Redis,
    make_finished: Callable[..., Render],
    wait_for: Callable[..., Render],
) -> None:
    waiting = [make_finished(status=Status.PENDING) for _ in range(2)]
    clean_queue.flushdb()

    assert queue.issue_missing_tokens() == 2

    for render in waiting:
        row = wait_for(render.id, "completed", "failed")
        assert (row.status, row.attempt) == (Status.COMPLETED, 1)


def test_tokens_that_are_doubled_paint_nothing_twice(
    worker: Part,
    clean_queue: redis.Redis,
    make_render: Callable[..., Render],
    wait_for: Callable[..., Render],
    until: Callable[..., None],
) -> None:
    render = make_render()
    for _ in range(3):
        queue.issue_token()

    assert wait_for(render.id, "completed", "failed").status == Status.COMPLETED
    tokens = django_rq.get_queue(queue.QUEUE)
    until(lambda: not tokens.count and not tokens.started_job_registry.count, "all tokens are used up")

    assert Render.objects.get().attempt == 1
    assert tokens.failed_job_registry.count == 0
    assert worker.is_running


def test_a_token_without_a_waiting_render_does_nothing(db: None, make_finished: Callable[..., Render]) -> None:
    make_finished()
    before = list(Render.objects.values())

    work_on_next()

    assert list(Render.objects.values()) == before


def test_a_new_render_has_one_token(
    transactional_db: None, clean_queue: redis.Redis, make_render: Callable[..., Render]
) -> None:
    make_render()

    assert django_rq.get_queue(queue.QUEUE).count == 1


def test_without_a_redis_a_new_render_waits(transactional_db: None, settings: object, post_pair: Callable) -> None:
    settings.RQ_QUEUES = {"renders": {"URL": "unix:///nowhere/redis.sock"}}

    assert post_pair().status_code == 302
    assert Render.objects.get().status == Status.PENDING
