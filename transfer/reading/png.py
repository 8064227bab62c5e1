"""PNG: what decides on pixels, and texts (https://www.w3.org/TR/png-3/). Checksums are not looked at."""

import contextlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from transfer.reading.complaint import DAMAGED, Complaint

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TEXTS = (b"tEXt", b"zTXt", b"iTXt")
EXIF_AS_TEXT = ("Raw profile type exif", "Raw profile type APP1")  # as ImageMagick writes it, in hexadecimal
MOST_CHUNKS, BLOCK = 100_000, 2**20
LONGEST_TEXT, LARGEST_PROFILE = 256 * 1024, 4 * 2**20  # bytes, unpacked
GREY, COLOURED, INDEXED = 0, 2, 3
BANDS = {GREY: 1, COLOURED: 3, INDEXED: 1, 4: 2, 6: 4}
DEPTHS = {GREY: (1, 2, 4, 8, 16), COLOURED: (8, 16), INDEXED: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}


@dataclass(frozen=True)
class Png:
    """`bare` is a PNG of the same pixels and nothing else; `key` is the transparent colour, in the file's depth.

    `gamma` is set only where neither a profile nor sRGB is named. `frames` is more than 1 for animations.
    """

    size: tuple[int, int]
    depth: int
    colour: int
    interlaced: bool
    bare: bytes
    key: tuple[int, ...] = ()
    gamma: float | None = None
    profile: bytes | None = None
    exif: bytes = b""
    frames: int = 1
    texts: dict[str, str] = field(default_factory=dict)

    def share(self) -> float:
        """What part of the pixels' bytes is there, about; it takes no memory."""
        bits = self.depth * BANDS[self.colour]
        wanted = self.size[1] * (1 + (self.size[0] * bits + 7) // 8)
        return _length(self.bare[self.bare.index(b"IDAT") + 4 : -16], wanted) / wanted


def parsed(data: bytes, wanted: tuple[str, ...] = ()) -> Png:
    """The parts of a file, with those texts whose keywords are wanted. Raises Complaint."""
    first: dict[bytes, bytes] = {}
    pixels: list[bytes] = []
    for kind, content in chunks(data):
        if kind == b"IDAT":
            pixels.append(content)
        elif not pixels and kind not in TEXTS:
            first.setdefault(kind, content)
    header = first.get(b"IHDR", b"")
    if len(header) < 13 or not pixels:
        raise Complaint(DAMAGED)
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header[:13])
    if depth not in DEPTHS.get(colour, ()) or not (width and height) or (colour == INDEXED and b"PLTE" not in first):
        raise Complaint(DAMAGED)
    kept = [(b"IHDR", header[:13])]
    if colour == INDEXED:
        kept += [(b"PLTE", first[b"PLTE"][: 3 * min(256, len(first[b"PLTE"]) // 3)])]
        kept += [(b"tRNS", first[b"tRNS"][:256])] if b"tRNS" in first else []
    kept += [(b"IDAT", b"".join(pixels)), (b"IEND", b"")]
    profile = _profile(first.get(b"iCCP", b""))
    says_srgb = profile is not None or b"sRGB" in first or b"cICP" in first
    found = texts(data, (*wanted, *EXIF_AS_TEXT))
    return Png(
        size=(width, height),
        depth=depth,
        colour=colour,
        interlaced=bool(interlaced),
        bare=SIGNATURE + b"".join(_chunk(*each) for each in kept),
        key=_key(first.get(b"tRNS", b""), depth, colour),
        gamma=None if says_srgb else _gamma(first.get(b"gAMA", b"")),
        profile=profile,
        exif=first.get(b"eXIf") or _exif_of(found),
        frames=_frames(first.get(b"acTL", b"")),
        texts={keyword: found[keyword] for keyword in wanted if keyword in found},
    )


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk's type and content. Stops at what is no chunk; the last one may be cut short."""
    at = len(SIGNATURE)
    for _ in range(MOST_CHUNKS):
        if at + 8 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, at)
        if not kind.isalpha():
            return
        yield kind, data[at + 8 : at + 8 + length]
        if kind == b"IEND":
            return
        at += 12 + length


def texts(data: bytes, wanted: tuple[str, ...]) -> dict[str, str]:
    """The texts of these keywords, wherever they stand in the file; of one that is too long, its beginning."""
    found: dict[str, str] = {}
    for kind, content in chunks(data):
        if kind not in TEXTS:
            continue
        keyword, _, rest = content.partition(b"\0")
        name = keyword.decode("latin-1")
        if name in wanted and name not in found:
            found[name] = _text(kind, rest)
    return found


def _text(kind: bytes, rest: bytes) -> str:
    is_packed = kind == b"zTXt"
    if kind == b"zTXt":
        rest = rest[1:]
    elif kind == b"iTXt":
        is_packed = rest[:1] == b"\x01"
        rest = rest[2:].split(b"\0", 2)[-1]
    if is_packed:
        rest = _unpacked(rest, LONGEST_TEXT)
    rest = rest[:LONGEST_TEXT]
    try:
        return rest.decode("utf-8")
    except UnicodeDecodeError:
        return rest.decode("latin-1")


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""


def _length(packed: bytes, most: int) -> int:
    """How many bytes can be unpacked, as far as it matters."""
    unpacking, found = zlib.decompressobj(), 0
    with contextlib.suppress(zlib.error):
        while found < most and (part := unpacking.decompress(packed, BLOCK)):
            found, packed = found + len(part), unpacking.unconsumed_tail
    return min(found, most)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(content, zlib.crc32(kind)))


def _key(content: bytes, depth: int, colour: int) -> tuple[int, ...]:
    """Fields of 16 bits, of which as many count as the depth says."""
    if colour not in (GREY, COLOURED) or len(content) < (2 if colour == GREY else 6):
        return ()
    fields = struct.unpack_from(">H" if colour == GREY else ">HHH", content)
    return tuple(each & ((1 << depth) - 1) for each in fields)


def _gamma(content: bytes) -> float | None:
    return int.from_bytes(content[:4], "big") / 100_000 if len(content) >= 4 else None


def _profile(content: bytes) -> bytes | None:
    packed = content.partition(b"\0")[2][1:]
    return _unpacked(packed, LARGEST_PROFILE) or None


def _frames(content: bytes) -> int:
    return max(1, int.from_bytes(content[:4], "big")) if len(content) >= 8 else 1


def _exif_of(found: dict[str, str]) -> bytes:
    for keyword in EXIF_AS_TEXT:
        with contextlib.suppress(ValueError):
            return bytes.fromhex("".join(found.get(keyword, "").split()[2:]))
    return b""
