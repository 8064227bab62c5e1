"""The processes behind a worker."""

from pathlib import Path

from gallery.processes.parts import Part


def painting_processes(worker: Part) -> list[int]:
    """The painting processes of `worker`."""
    assert worker.process is not None
    pid = worker.process.pid
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
