"""/healthz answers 200 if a load balancer may send people here, else 503 with the names of the missing parts."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gallery.models import Worker
from gallery.processes.parts import Part


def test_everything_is_there(
    worker: Part, client: Client, stored_files: Callable[[], set[str]], until: Callable[..., None]
) -> None:
    until(lambda: client.get("/healthz").status_code == 200, "the worker has said that it lives")

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json()["missing"] == []
    assert set(response.json()["parts"]) == {"database", "queue", "worker"}
    assert "no-store" in response.headers["Cache-Control"]
    assert not stored_files()


def test_a_missing_worker_is_named(db: None, client: Client, clean_queue: redis.Redis) -> None:
    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["missing"] == ["worker"]
    assert response.json()["parts"]["worker"] == "no worker is running"


def test_a_worker_that_was_not_heard_of_lately_is_missing(
    make_worker: Callable[..., Worker], client: Client, clean_queue: redis.Redis
) -> None:
    make_worker()
    assert client.get("/healthz").status_code == 200

    Worker.objects.update(seen=timezone.now() - timedelta(minutes=2))

    assert client.get("/healthz").json()["missing"] == ["worker"]


def test_a_missing_queue_is_named(db: None, client: Client, settings: object) -> None:
    settings.RQ_QUEUES = {"renders": {"URL": "unix:///nowhere/redis.sock"}}

    response = client.get("/healthz")

    assert response.status_code == 503
    assert "queue" in response.json()["missing"]
    assert "/nowhere" not in response.content.decode()


def test_a_missing_database_is_named(
    transactional_db: None,
    client: Client,
    clean_queue: redis.Redis,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as away:
        away.setitem(connection.settings_dict, "NAME", tmp_path)  # a folder is not a database
        connection.close()
        response = client.get("/healthz")
        connection.close()

    assert response.status_code == 503
    assert response.json()["missing"] == ["database", "worker"]
    assert str(tmp_path) not in response.content.decode()


def test_whoever_asks_costs_next_to_nothing(
    make_worker: Callable[..., Worker], client: Client, clean_queue: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_worker()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the storage is none of its business, nor are rq's workers")

    monkeypatch.setattr(default_storage, "save", never)
    monkeypatch.setattr("rq.Worker.all", never)

    with CaptureQueriesContext(connection) as captured:
        assert client.get("/healthz").status_code == 200

    assert [query["sql"].split()[0] for query in captured] == ["SELECT"] * 2


@pytest.mark.django_db
def test_health_is_only_read(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
