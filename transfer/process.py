"""Setup for a process that renders. Programs call this, not libraries."""

import ctypes
import gc
import os

SPINS = "1000"  # times that a waiting OpenMP thread looks for work before it sleeps; libgomp's default is 300,000
M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4  # glibc's malloc.h
NEVER = 2**31 - 1


def yield_the_processor() -> None:
    """Makes waiting OpenMP threads sleep soon instead of spinning. Call it before torch is loaded.

    If anything else runs on the machine, a thread that spins takes the processor from the thread that it waits for: a
    render beside two busy programs then takes ten times as long. If OMP_WAIT_POLICY or GOMP_SPINCOUNT is set, it stays
    as it is. libgomp reads them when it is loaded; forked processes keep what it read.
    """
    if "OMP_WAIT_POLICY" not in os.environ:
        os.environ.setdefault("GOMP_SPINCOUNT", SPINS)


def keep_freed_memory() -> None:
    """Makes malloc reuse large blocks instead of returning them to the system, if glibc is the C library.

    A render allocates the same large feature maps in every iteration. The system has to zero and map each fresh page; a
    reused one is simply there. Measured on two cores, this makes an iteration up to twice as fast.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return
    mallopt(M_MMAP_MAX, 0)
    mallopt(M_TRIM_THRESHOLD, NEVER)


def release_freed_memory() -> None:
    """Returns the memory that `keep_freed_memory` has kept to the system, if glibc is the C library."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError):
        return


def end_soon() -> None:
    """Call it last: else Python looks through all that was loaded once more before it ends.

    Where torch was, that takes 0.4 to 0.8 s of processor time, for nothing.
    """
    gc.freeze()
