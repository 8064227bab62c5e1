"""The few numbers of EXIF that matter, read from its bytes. EXIF is never written again, and nothing else is looked at.

A block is laid out as a TIFF file: a mark of the byte order, then directories of entries of 12 bytes (TIFF 6.0,
section 2; CIPA DC-008).
"""

import contextlib
import re
import struct

from PIL import Image

MARK = re.compile(rb"II[*+]\0|MM\0[*+]")
MARKED_WITHIN = 64  # bytes: some programs write their own name in front
NUMBERS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i"}
ORIENTATION = 0x112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def numbers(block: bytes) -> dict[int, int]:
    """The first whole number of each entry of the first directory, by its tag; what is malformed is left out."""
    found: dict[int, int] = {}
    mark = MARK.search(block, 0, MARKED_WITHIN)
    if not mark:
        return found
    block, order = block[mark.start() :], "<" if mark[0][:1] == b"I" else ">"
    with contextlib.suppress(struct.error):
        (at,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, at)
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag, kind, many = struct.unpack_from(f"{order}HHI", block, entry)
            if kind not in NUMBERS or not many:
                continue
            layout = f"{order}{NUMBERS[kind]}"
            is_inline = struct.calcsize(layout) * many <= 4
            place = entry + 8 if is_inline else struct.unpack_from(f"{order}I", block, entry + 8)[0]
            with contextlib.suppress(struct.error):
                found.setdefault(tag, struct.unpack_from(layout, block, place)[0])
    return found


def orientation(block: bytes) -> int:
    """How the picture has to be turned, from 1 (not at all) to 8."""
    found = numbers(block).get(ORIENTATION, 1)
    return found if 1 <= found <= 8 else 1


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture turned as `orientation` says."""
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image
