"""Any part of a gzip file is read as if the file were read from its beginning."""

import gzip
import random
import zlib

import pytest

from transfer.synthesis.earth import inflating
from transfer.synthesis.earth.inflating import Inflating

CONTENT = b"".join(bytes([number % 7]) * (number % 5000) for number in range(1200))


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "content.gz"
    found.write_bytes(gzip.compress(CONTENT))
    return found


def test_parts_in_any_order_are_right(path):
    file = Inflating(path, len(CONTENT))
    chance = random.Random(3)
    for _ in range(60):
        begin = chance.randrange(len(CONTENT))
        end = begin + chance.randrange(1, 200_000)
        assert file.read(begin, end) == CONTENT[begin:end]


def test_the_second_time_it_does_not_begin_at_the_beginning(path, monkeypatch):
    monkeypatch.setattr(inflating, "PIECE", 1 << 12)
    file = Inflating(path, len(CONTENT))
    last = len(CONTENT) - 100
    assert file.read(last, len(CONTENT)) == CONTENT[last:]
    lengths = []

    class Counting:
        def __init__(self, state):
            self.state = state

        def copy(self):
            return Counting(self.state.copy())

        def decompress(self, data, most):
            piece = self.state.decompress(data, most)
            lengths.append(len(piece))
            return piece

        def __getattr__(self, name):
            return getattr(self.state, name)

    monkeypatch.setattr(file, "_marks", [(read, at, Counting(state)) for read, at, state in file._marks])
    assert file.read(last, len(CONTENT)) == CONTENT[last:]
    assert sum(lengths) < len(CONTENT) / 5


def test_a_file_that_ends_too_early_gives_what_there_is(path):
    path.write_bytes(path.read_bytes()[:-2000])
    found = Inflating(path, len(CONTENT)).read(0, len(CONTENT))

    assert 0 < len(found) < len(CONTENT)
    assert CONTENT.startswith(found)


def test_what_is_no_gzip_file_is_refused(tmp_path):
    path = tmp_path / "content.gz"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(zlib.error):
        Inflating(path, 100).read(0, 10)
