"""Before `up` starts the queue's server, one that an earlier start has left at the same socket is ended."""

from pathlib import Path

from gallery.processes import embedded_redis
from gallery.processes.parts import Part
from tests.conftest import LOGS, answers_at


def test_it_is_ended_and_keeps_what_it_has(tmp_path: Path) -> None:
    socket = tmp_path / "redis.sock"
    part = Part("left", embedded_redis.command(socket, tmp_path / "data"), LOGS / "left.log")
    part.start()
    assert answers_at(socket, part), part.why_it_ended()

    assert embedded_redis.stop_left_over(socket)

    assert part.process is not None
    assert part.process.wait(10) == 0
    assert any((tmp_path / "data").iterdir())


def test_where_none_is_nothing_happens(tmp_path: Path) -> None:
    assert not embedded_redis.stop_left_over(tmp_path / "redis.sock")
