"""What a process that renders sets up first; for programs, not for libraries, to call."""

import ctypes

M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4  # glibc's malloc.h
NEVER = 2**31 - 1


def keep_freed_memory() -> None:
    """Lets malloc reuse large blocks instead of returning them to the system, where glibc is the C library.

    A render allocates the same large feature maps at every iteration. Fresh from the system, each page is zeroed and
    mapped anew; reused, it is simply there. Measured on two cores, this makes an iteration up to twice as fast.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return
    mallopt(M_MMAP_MAX, 0)
    mallopt(M_TRIM_THRESHOLD, NEVER)


def release_freed_memory() -> None:
    """Gives back to the system what `keep_freed_memory` has kept, where glibc is the C library."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError):
        return
