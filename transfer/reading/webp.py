"""WebP: its size before anything is decoded, and an end for files that lack it (RFC 9649)."""

import struct

from transfer.reading.complaint import DAMAGED, Complaint

MOST_MISSING = 0.1  # of the bytes of a file that may be cut off its end


def size(data: bytes) -> tuple[int, int]:
    """Width and height. Raises Complaint where the header does not say."""
    kind, body = data[12:16], data[20:30]
    if kind == b"VP8X" and len(body) >= 10:
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if kind == b"VP8L" and body[:1] == b"\x2f":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", body[6:10]) if len(body) == 10 else (0, 0)
        return width & 0x3FFF, height & 0x3FFF
    raise Complaint(DAMAGED)


def completed(data: bytes) -> bytes:
    """The file with empty bytes in place of those that it says are missing; raises Complaint where they are many."""
    missing = int.from_bytes(data[4:8], "little") + 8 - len(data)
    if not 0 < missing <= MOST_MISSING * len(data):
        raise Complaint(DAMAGED)
    return data + bytes(missing)
