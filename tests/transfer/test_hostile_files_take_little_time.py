"""A file made to keep the reader busy is refused, or read, soon."""

import struct
import time

import pytest

from tests.odd_files import chunk, exif, segment, with_chunks, with_segments
from tests.pictures import as_bytes, photograph
from transfer.errors import PictureError
from transfer.pictures import ANY
from transfer.reading.reader import read

JPEG, PNG, TIFF = (as_bytes(photograph((96, 72)), file_format) for file_format in ("JPEG", "PNG", "TIFF"))
FEW_SECONDS = 2.0


def looping_tiff():
    """Directories of as many entries as can be, each of which names the next one."""
    directory = struct.pack("<H", 65535) + struct.pack("<HHII", 254, 4, 1, 0) * 65535
    size = len(directory) + 4
    body = b"".join(directory + struct.pack("<I", 8 + size * number) for number in range(1, 10))
    return b"II*\0" + struct.pack("<I", 8) + body


HOSTILE = {
    "a long run of fill bytes": JPEG[:2] + b"\xff" * 5_000_000 + b"\0" + JPEG[2:],
    "a long run of fill bytes in the pixels": JPEG[:-2] + b"\xff" * 5_000_000 + b"\0",
    "very many segments": with_segments(JPEG, segment(0xFE, b"") * 1_000_000),
    "very many marks": b"\xff\xd8" + b"\xff\x01" * 3_000_000,
    "very many chunks": with_chunks(PNG, chunk(b"prVt", b"") * 500_000),
    "very many texts": with_chunks(PNG, chunk(b"tEXt", b"labels\0x") * 300_000),
    "directories without an end": looping_tiff(),
    "very many entries": with_segments(JPEG, segment(0xE1, b"Exif\0\0" + exif((0x110, 2, 1, b"a")) * 500)),
    "a long line of nothing": b" " * 5_000_000,
    "very many marks of EXIF": b"\0\0\0\x1cftypavif" + b"II*\0\x08\0\0\0" * 500_000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_it_takes_little_time(case):
    started = time.process_time()
    try:
        read(HOSTILE[case], "a", ANY)
    except PictureError as error:
        assert str(error).startswith("a is ")  # noqa: PT017
    assert time.process_time() - started < FEW_SECONDS
