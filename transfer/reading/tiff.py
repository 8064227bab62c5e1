"""TIFF with nothing but its first page's pixels (TIFF 6.0)."""

import contextlib
import struct

# Geometry, layout, compression, colours and sample formats, palette, JPEG tables, ICC profile.
KEPT = {254, *range(256, 260), 262, 266, 273, *range(277, 281), 284, 292, 293, 317, 320, *range(322, 326), 332, 334}
KEPT |= {336, 338, 339, 340, 341, 347, *range(512, 522), *range(529, 533), 34675}
SUBFILE, SMALL_VERSION, MASK = 254, 1, 4
MOST_DIRECTORIES, MOST_ENTRIES = 64, 512


def bare(data: bytes) -> bytes:
    """The file with a directory of only what decides on pixels, since tags that are wrong would stop the decoder."""
    order = "<" if data[:2] == b"II" else ">"
    with contextlib.suppress(struct.error):
        version, at = struct.unpack_from(f"{order}HI", data, 2)
        if version != 42:  # of more than 4 GiB
            return data
        (count,) = struct.unpack_from(f"{order}H", data, at)
        entries = [data[start : start + 12] for start in range(at + 2, at + 2 + 12 * count, 12)]
        kept = [each for each in entries if len(each) == 12 and struct.unpack(f"{order}H", each[:2])[0] in KEPT]
        padding = b"\0" * (len(data) % 2)
        directory = struct.pack(f"{order}H", len(kept)) + b"".join(kept) + bytes(4)
        start = struct.pack(f"{order}I", len(data) + len(padding))
        return data[:4] + start + data[8:] + padding + directory
    return data


def pages(data: bytes) -> int:
    """How many pages there are, without smaller versions and masks of them, which maps often have."""
    order = "<" if data[:2] == b"II" else ">"
    found, seen = 0, set[int]()
    with contextlib.suppress(struct.error):
        version, at = struct.unpack_from(f"{order}HI", data, 2)
        while version == 42 and at and at not in seen and len(seen) < MOST_DIRECTORIES:
            seen.add(at)
            (count,) = struct.unpack_from(f"{order}H", data, at)
            starts = range(at + 2, at + 2 + 12 * count, 12)[:MOST_ENTRIES]
            (at,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * count)
            entries = [struct.unpack_from(f"{order}HHII", data, start) for start in starts]
            is_beside = any(tag == SUBFILE and value & (SMALL_VERSION | MASK) for tag, _, _, value in entries)
            found += not is_beside
    return max(1, found)
