"""Bytes from the middle of a large gzip file, without reading it from its beginning each time."""

import threading
import zlib
from pathlib import Path
from typing import Any

GZIP = 31  # zlib's way to say that there is a gzip header
CHUNK, PIECE = 1 << 14, 1 << 18  # bytes that are read, and that are inflated, at once
MARKS = 64  # states of the decompressor that are kept, about 50 kB each


class Inflating:
    """A gzip file of `size` bytes when inflated. States of the decompressor on the way are kept, to go on from."""

    def __init__(self, path: Path, size: int) -> None:
        self.path, self.every = path, size // MARKS
        self._marks: list[tuple[int, int, Any]] = [(0, 0, zlib.decompressobj(GZIP))]  # bytes read, inflated; the state
        self._lock = threading.Lock()

    def read(self, begin: int, end: int) -> bytes:
        """The bytes from `begin` to `end`, fewer where the file ends before. Raises OSError and zlib.error."""
        with self._lock, self.path.open("rb") as file:
            read, at, state = max((mark for mark in self._marks if mark[1] <= begin), key=lambda mark: mark[1])
            file.seek(read)
            state, found = state.copy(), bytearray()
            while at < end:
                chunk = state.unconsumed_tail or file.read(CHUNK)
                piece = state.decompress(chunk, PIECE)
                if not piece and (not chunk or state.eof):
                    break
                found += piece[max(0, begin - at) : max(0, end - at)]
                at += len(piece)
                if at >= self._marks[-1][1] + self.every:
                    self._marks.append((file.tell(), at, state.copy()))
        return bytes(found)
