"""What stops a file from being read."""

import struct
import zlib

from PIL import Image

DAMAGED = "is damaged or cut short, and cannot be read to its end: save it again, or choose another one."
# The decoders raise these for damaged or hostile files.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    MemoryError,
    OverflowError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


class Complaint(Exception):
    """Why a file cannot be read, without its name: "is animated: choose a still one."."""
