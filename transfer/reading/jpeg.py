"""JPEG: what decides on pixels (ITU-T T.81, annex B). Only the first picture of several in one file is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from transfer.reading import exif
from transfer.reading.complaint import DAMAGED, Complaint

MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)  # but for stuffed bytes, fill bytes and restarts
MOST_SEGMENTS = 20_000
BEGINS, ENDS, SCAN, TABLES = 0xD8, 0xD9, 0xDA, (0xC4, 0xCC, 0xDB, 0xDD)
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
READ = (0xC0, 0xC1, 0xC2, 0xC9, 0xCA)
PROGRESSIVE = (0xC2, 0xCA)
SEVERAL = 0xB001  # the number of pictures (CIPA DC-007)
ALL_OF_A_BLOCK = (1 << 64) - 1
MANY_SCANS, MOST_WORK = 12, 200_000_000  # beyond so many scans, scans times pixels: half a second


@dataclass
class Jpeg:
    """What a file consists of. `covered` has the frequencies of each channel as bits."""

    size: tuple[int, int] = (0, 0)
    frame: int = 0
    scans: int = 0
    ended: bool = False
    exif: bytes = b""
    pictures: int = 1
    profile_parts: dict[int, bytes] = field(default_factory=dict)
    profile_count: int = 0
    kept: list[bytes] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)

    @property
    def bare(self) -> bytes:
        """A file of the same pixels and nothing else, which lacks the mark of its end."""
        return b"\xff\xd8" + b"".join(self.kept)

    @property
    def whole(self) -> bytes:
        """The same with its end, whether the file had it or not."""
        return self.bare + b"\xff\xd9"

    @property
    def progressive(self) -> bool:
        """Whether the picture comes in layers, from coarse to fine."""
        return self.frame in PROGRESSIVE

    @property
    def profile(self) -> bytes | None:
        """The ICC profile, if all of its parts are there."""
        parts = [self.profile_parts.get(number) for number in range(1, self.profile_count + 1)]
        return b"".join(filter(None, parts)) if parts and all(parts) else None

    @property
    def shows_everything(self) -> bool:
        """Whether whole scans have each frequency of each channel, so that at most precision is missing."""
        return bool(self.covered) and all(covered == ALL_OF_A_BLOCK for covered in self.covered.values())


def parsed(data: bytes) -> Jpeg:
    """The parts of a file. Raises Complaint."""
    found, scan = Jpeg(), b""
    for kind, body, segment in _segments(data):
        _cover(found, scan)  # something follows it, so it is whole
        scan = body if kind == SCAN else b""
        if kind == ENDS:
            found.ended = True
        elif kind in FRAMES:
            _take_frame(found, kind, body, segment)
        elif kind == SCAN:
            found.scans += 1
            found.kept.append(segment)
        elif (
            kind in TABLES or (kind == 0xE0 and _is(body, b"JFIF\0", 14)) or (kind == 0xEE and _is(body, b"Adobe", 12))
        ):
            found.kept.append(segment)
        else:
            _take_side(found, kind, body)
    if not (found.scans and found.frame and all(found.size)):
        raise Complaint(DAMAGED)
    if found.scans > MANY_SCANS and found.scans * found.size[0] * found.size[1] > MOST_WORK:
        raise Complaint(f"is a JPEG in {found.scans} layers, and takes too long to read: save it as an ordinary JPEG.")
    return found


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each segment's marker, content, and bytes as they stand in the file; a scan has its coded pixels with it."""
    at, scanned = 2, False
    for _ in range(MOST_SEGMENTS):
        marker = MARKER.search(data, at)
        if not marker:
            return
        kind, at = marker[0][1], marker.end()
        if kind == ENDS or (kind == BEGINS and scanned):
            yield ENDS, b"", b""
            return
        length = int.from_bytes(data[at : at + 2], "big")
        if kind in (BEGINS, 0x01) or length < 2:
            continue
        body = data[at + 2 : at + length]
        if len(body) < length - 2:
            return
        end = at + length
        if kind == SCAN:
            scanned = True
            following = MARKER.search(data, end)
            end = following.start() if following else len(data)
        yield kind, body, b"\xff" + data[at - 1 : end]
        at = end


def _take_frame(found: Jpeg, kind: int, body: bytes, segment: bytes) -> None:
    if kind not in READ:
        raise Complaint("is a lossless JPEG, which few programs can read: save it as an ordinary JPEG or a PNG.")
    if len(body) < 9:
        raise Complaint(DAMAGED)
    if body[0] != 8:
        raise Complaint(f"is a JPEG of {body[0]} bits, which few programs can read: save it with 8 bits or as a PNG.")
    found.frame, found.size = kind, (int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))
    found.covered = dict.fromkeys(body[6::3][: body[5]], 0)
    found.kept.append(segment)


def _take_side(found: Jpeg, kind: int, body: bytes) -> None:
    """What stands beside the pixels: EXIF, a profile, and how many pictures there are."""
    if kind == 0xE1 and body.startswith(b"Exif\0") and not found.exif:
        found.exif = body[6:]
    elif kind == 0xE1 and b"hdrgm:" in body:
        found.pictures = -1  # the others only say how bright this one may be shown
    elif kind == 0xE2 and body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
        found.profile_parts.setdefault(body[12], body[14:])
        found.profile_count = body[13]
    elif kind == 0xE2 and body.startswith(b"MPF\0") and found.pictures > 0:
        found.pictures = max(1, exif.numbers(body[4:]).get(SEVERAL, 1))


def _cover(found: Jpeg, scan: bytes) -> None:
    """Notes which frequencies of which channels a whole scan has, by its header."""
    count = scan[0] if scan else 0
    if not count or len(scan) < 4 + 2 * count or scan[-1] >> 4:  # none, or not the first of several approximations
        return
    first, last = min(scan[-3], 63), min(scan[-2], 63)
    for channel in scan[1 : 1 + 2 * count : 2]:
        if channel in found.covered:
            found.covered[channel] |= (1 << (last + 1)) - (1 << first)


def _is(body: bytes, beginning: bytes, least: int) -> bool:
    return body.startswith(beginning) and len(body) >= least
