"""`python -m benchmarks.peak WORDS`: runs the command line and prints its peak resident memory in bytes.

A process has to ask about itself: the figure that its parent gets includes the parent's own earlier peak.
"""

import resource
import sys
from pathlib import Path

from transfer.__main__ import main


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    failed = main(sys.argv[1:])
    print(peak())
    sys.exit(failed)
