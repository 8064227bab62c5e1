"""Work is recorded where that is wanted and can be; elsewhere it runs as it is, and the log says why.

No GPU is needed: doubles stand in for torch's graphs.
"""

import contextlib

import pytest
import torch

from transfer import devices
from transfer.engine import capture
from transfer.engine.capture import Replayed, is_wanted
from transfer.engine.ladder import Rung
from transfer.engine.optimisers import PixelAdam, PixelLBFGS
from transfer.engine.painting import Painting
from transfer.engine.recorded import RecordedPainting, painting_by

CUDA, CPU = torch.device("cuda"), torch.device("cpu")
RUNG = Rung(0, 64, 9, 0.01)


class Stream:
    """A double of a stream."""

    def wait_stream(self, other):
        """Nothing to wait for."""


class Graph:
    """A double of a graph, which counts its replays."""

    replays = 0

    def replay(self):
        Graph.replays += 1


class Any:
    """An objective that can be recorded, but for an obstacle."""

    def __init__(self, obstacle=""):
        self.obstacle = obstacle

    def gradient(self, image, into):
        raise AssertionError("it is not asked")


@pytest.fixture
def graphs(monkeypatch):
    """Doubles of torch's graphs; recording raises the error that is given, if one is."""

    def doubled(error=None):
        @contextlib.contextmanager
        def recording(graph):
            if error is not None:
                raise error
            yield

        Graph.replays = 0
        monkeypatch.setattr(torch.cuda, "Stream", Stream)
        monkeypatch.setattr(torch.cuda, "current_stream", Stream)
        monkeypatch.setattr(torch.cuda, "stream", contextlib.nullcontext)
        monkeypatch.setattr(torch.cuda, "CUDAGraph", Graph)
        monkeypatch.setattr(torch.cuda, "graph", recording)

    return doubled


@pytest.fixture
def wanted(monkeypatch):
    """Has recording be of use everywhere."""
    monkeypatch.setattr(devices, "is_cuda", lambda device: True)


@pytest.mark.parametrize(("value", "expected"), [(None, True), ("", True), ("0", False), (" Off ", False), ("1", True)])
def test_it_is_on_unless_the_setting_is_off_and_never_on_a_processor(monkeypatch, value, expected):
    monkeypatch.delenv(capture.VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(capture.VARIABLE, value)
    assert is_wanted(CUDA) == expected
    assert not is_wanted(CPU)


def test_a_function_runs_once_is_recorded_once_and_is_then_replayed(graphs):
    graphs()
    runs = []
    replayed = Replayed(lambda: runs.append(1), CUDA)
    for _ in range(5):
        replayed()
    assert len(runs) == 2  # the second one records
    assert Graph.replays == 4


def test_on_a_processor_it_runs_every_time():
    runs = []
    replayed = Replayed(lambda: runs.append(1), CPU)
    for _ in range(3):
        replayed()
    assert len(runs) == 3


def test_what_fails_to_be_recorded_runs_as_it_is_and_the_log_says_so(graphs, caplog):
    graphs(RuntimeError("CUDA error: operation not permitted when stream is capturing\nmore"))
    runs = []
    replayed = Replayed(lambda: runs.append(1), CUDA)
    for _ in range(4):
        replayed()
    assert len(runs) == 4
    (record,) = caplog.records
    assert record.getMessage().endswith("runs as it is: CUDA error: operation not permitted when stream is capturing")


def test_memory_that_runs_out_meanwhile_is_the_engines_to_see_to(graphs):
    graphs(torch.OutOfMemoryError("CUDA out of memory"))
    replayed = Replayed(lambda: None, CUDA)
    replayed()
    with pytest.raises(torch.OutOfMemoryError):
        replayed()


def test_where_it_is_not_wanted_every_iteration_is_watched():
    made = painting_by(Any(), PixelAdam(torch.zeros(1, 3, 8, 8), 0.1), RUNG, 0)
    assert type(made) is Painting


def test_where_it_is_wanted_and_can_be_it_is(wanted):
    made = painting_by(Any(), PixelAdam(torch.zeros(1, 3, 8, 8), 0.1), RUNG, 0)
    assert type(made) is RecordedPainting


@pytest.mark.parametrize(
    ("objective", "optimiser", "reason"),
    [
        (
            Any("its regions are viewed in tiles"),
            PixelAdam(torch.zeros(1, 3, 8, 8), 0.1),
            "regions are viewed in tiles",
        ),
        (Any(), PixelLBFGS(torch.zeros(1, 3, 8, 8), 3), "its optimiser decides on the host"),
        (object(), PixelAdam(torch.zeros(1, 3, 8, 8), 0.1), "its objective decides on the host"),
    ],
    ids=["regions", "lbfgs", "another objective"],
)
def test_what_cannot_be_is_watched_and_the_log_says_why(wanted, caplog, objective, optimiser, reason):
    assert type(painting_by(objective, optimiser, RUNG, 0)) is Painting
    (record,) = caplog.records
    assert reason in record.getMessage()
