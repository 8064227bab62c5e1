"""Parts of picture files, to put together what cameras and programs write, right or wrong."""

import io
import struct
import zlib

import numpy
from PIL import Image

UPRIGHT, TURNED = 1, 6
ORIENTATION = 0x112


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG, with its checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def raw_png(
    size: tuple[int, int], depth: int, colour: int, rows: bytes, before: bytes = b"", after: bytes = b""
) -> bytes:
    """A PNG of these rows, each behind its filter's byte, with chunks before and after them."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + header + before + pixels + after + chunk(b"IEND", b"")


def grey_png(levels: numpy.ndarray, before: bytes = b"") -> bytes:
    """A grey PNG of 8 or 16 bits, by the type of the levels (H, W)."""
    depth = 8 * levels.dtype.itemsize
    rows = b"".join(b"\0" + row.astype(f">u{depth // 8}").tobytes() for row in levels)
    return raw_png(levels.shape[::-1], depth, 0, rows, before)


def with_chunks(png: bytes, chunks: bytes) -> bytes:
    """A PNG with more chunks behind its header."""
    return png[:33] + chunks + png[33:]


def behind_the_pixels(png: bytes, chunks: bytes) -> bytes:
    """A PNG with more chunks before its end."""
    return png[:-12] + chunks + png[-12:]


def exif(*entries: tuple[int, int, int, bytes], order: str = "<") -> bytes:
    """A TIFF block of one directory of (tag, type, count, value)."""
    offset, body = 8 + 2 + 12 * len(entries) + 4, b""
    table = struct.pack(f"{order}H", len(entries))
    for tag, kind, count, value in entries:
        if len(value) <= 4:
            table += struct.pack(f"{order}HHI", tag, kind, count) + value.ljust(4, b"\0")
        else:
            table += struct.pack(f"{order}HHII", tag, kind, count, offset + len(body))
            body += value
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(f"{order}I", 8) + table + bytes(4) + body


def turned(order: str = "<", value: int = TURNED) -> tuple[int, int, int, bytes]:
    """The entry of a photo that was taken with the camera upright."""
    return (ORIENTATION, 3, 1, struct.pack(f"{order}H", value))


def segment(marker: int, content: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    """A JPEG with more segments at its beginning."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def many_scans(side: int, count: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again: small, and slow to decode."""
    buffer = io.BytesIO()
    Image.new("L", (side, side), 128).save(buffer, "JPEG", progressive=True)
    data = buffer.getvalue()
    last, end = data.rindex(b"\xff\xda"), data.rindex(b"\xff\xd9")
    return data[:end] + data[last:end] * count + data[end:]
