"""We read how often the kernel killed a process that ran out of memory, wherever the system says so."""

from pathlib import Path

import pytest

from gallery.painting import oom


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A folder in the place of /proc and /sys/fs/cgroup: version 1 and 2 side by side, as on older systems."""
    (tmp_path / "cgroup").write_text("4:memory:/job\n0::/user.slice/job.scope\n")
    (tmp_path / "vmstat").write_text("nr_free_pages 1000\noom_kill 7\nthp_fault 3\n")
    return tmp_path


def count(system: Path) -> int:
    return oom.kills(system / "cgroup", system / "groups", system / "vmstat")


def write_events(system: Path, group: str, kills: int) -> None:
    folder = system / "groups" / group
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.events").write_text(f"low 0\noom 9\noom_kill {kills}\noom_group_kill 0\n")


def test_the_counter_of_this_processs_group_is_taken(system: Path) -> None:
    write_events(system, "user.slice/job.scope", 2)

    assert count(system) == 2


def test_inside_a_container_the_group_is_the_root(system: Path) -> None:
    (system / "cgroup").write_text("0::/\n")
    write_events(system, "", 3)

    assert count(system) == 3


def test_without_a_group_the_counter_of_the_machine_is_taken(system: Path) -> None:
    assert count(system) == 7


def test_where_nothing_counts_there_are_none(tmp_path: Path) -> None:
    assert count(tmp_path) == 0


def test_this_machine_has_a_counter_that_does_not_fall() -> None:
    before = oom.kills()

    assert oom.kills() >= before >= 0


def test_a_kill_counts_as_lately_until_it_was_seen_by_three_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oom, "kills", lambda: 5)
    lately = oom.Lately()
    assert not lately.has_risen()

    monkeypatch.setattr(oom, "kills", lambda: 6)
    for _ in range(3):
        assert lately.has_risen()
        lately.look()
    assert not lately.has_risen()
