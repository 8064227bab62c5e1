"""Files that are there whole or not at all, whatever stops whoever writes them."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside `path`, with its ending, for a file that takes its place once the block is over.

    Where the block is left by an error, that file goes, and what was at `path` stays as it was. A pipe, a device and a
    file in a folder where no other can be made are written as they are. Raises OSError.
    """
    target = Path(os.path.realpath(path))  # a link stays one
    is_there = target.exists()
    if is_there and not (target.is_file() and os.access(target.parent, os.W_OK)):
        yield target
        return
    unfinished = target.with_name(f".{secrets.token_hex(6)}{target.suffix}")
    try:
        yield unfinished
        if is_there:
            shutil.copymode(target, unfinished)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
