"""/healthz answers 200 if every part is there, else 503 with the names of the missing parts."""

from collections.abc import Callable
from pathlib import Path

import pytest
import redis
from django.test import Client

from gallery.processes.parts import Part


def test_everything_is_there(worker: Part, client: Client, stored_files: Callable[[], set[str]]) -> None:
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json()["missing"] == []
    assert set(response.json()["parts"]) == {"database", "queue", "storage", "worker"}
    assert "no-store" in response.headers["Cache-Control"]
    assert not stored_files()


def test_a_missing_worker_is_named(db: None, client: Client, clean_queue: redis.Redis) -> None:
    for key in clean_queue.scan_iter("rq:worker*"):
        clean_queue.delete(key)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["missing"] == ["worker"]
    assert response.json()["parts"]["worker"] == "no worker is running"


def test_a_missing_queue_is_named(db: None, client: Client, settings: object) -> None:
    settings.RQ_QUEUES = {"renders": {"URL": "unix:///nowhere/redis.sock"}}

    response = client.get("/healthz")

    assert response.status_code == 503
    assert "queue" in response.json()["missing"]
    assert "/nowhere" not in response.content.decode()


def test_a_missing_storage_is_named(
    db: None, client: Client, settings: object, tmp_path: Path, clean_queue: redis.Redis
) -> None:
    in_the_way = tmp_path / "media"
    in_the_way.write_text("not a folder")
    settings.MEDIA_ROOT = in_the_way

    response = client.get("/healthz")

    assert response.status_code == 503
    assert "storage" in response.json()["missing"]
    assert str(tmp_path) not in response.content.decode()


@pytest.mark.django_db
def test_health_is_only_read(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
