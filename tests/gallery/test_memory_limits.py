"""A worker may use the machine's memory, or that of its control group."""

from pathlib import Path

from transfer import memory

MB = 2**20


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_lowest_limit_on_the_way_up_counts(tmp_path: Path) -> None:
    write(tmp_path / "cgroup", "0::/slice/job.scope\n")
    write(tmp_path / "groups/slice/memory.max", f"{300 * MB}\n")
    write(tmp_path / "groups/slice/job.scope/memory.max", "max\n")

    assert memory.limit(tmp_path / "cgroup", tmp_path / "groups") == 300 * MB


def test_limits_of_the_first_version_count_too(tmp_path: Path) -> None:
    write(tmp_path / "cgroup", "4:memory:/job\n0::/\n")
    write(tmp_path / "groups/memory/job/memory.limit_in_bytes", f"{200 * MB}\n")

    assert memory.limit(tmp_path / "cgroup", tmp_path / "groups") == 200 * MB


def test_a_limit_beyond_what_the_machine_has_is_none(tmp_path: Path) -> None:
    write(tmp_path / "cgroup", "0::/job\n")
    write(tmp_path / "groups/job/memory.max", f"{2 * memory.total()}\n")

    assert memory.limit(tmp_path / "cgroup", tmp_path / "groups") is None


def test_what_may_be_used_is_no_more_than_there_is() -> None:
    assert 0 < memory.usable() <= memory.total()
