"""What the settings find or create in the file system: the secret key, and a private folder for sockets."""

import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.core.management.utils import get_random_secret_key

LONGEST = 60  # characters of the path of a runtime folder's parent: a Unix socket's path may have only about 104 bytes
MOMENTS = 20  # of 50 ms, in which another process may write the key that it is making


def secret_key(data: Path) -> str:
    """The key in the data folder, made at the first start; only its owner can read it. Raises OSError."""
    path = data / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _made_before(path)
    with os.fdopen(handle, "w") as file:
        key = get_random_secret_key()
        file.write(key)
    return key


def _made_before(path: Path) -> str:
    for _ in range(MOMENTS):
        if key := path.read_text(errors="replace").strip():
            return key
        time.sleep(0.05)
    raise OSError(f"{path} is empty: delete it")


def runtime_name(data: Path) -> str:
    """The name of the runtime folder of a data folder."""
    return f"stylesite-{os.getuid()}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"


def private_runtime_folder(wanted: Path | None, data: Path) -> Path:
    """One for each data folder, mode 0700: in `wanted`, or where that cannot be, among the temporary files.

    Raises OSError where neither can be.
    """
    complaint = OSError("there is no folder for temporary files")
    for base in _bases(wanted):
        try:
            return _private(base / runtime_name(data))
        except OSError as error:
            complaint = error
    raise complaint


def _bases(wanted: Path | None) -> Iterator[Path]:
    for base in (wanted, Path(tempfile.gettempdir())):
        if base is not None and len(os.fsencode(base)) <= LONGEST:
            yield base
    yield Path("/tmp")  # noqa: S108 -- the folder there is made private, or refused


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise OSError(f"{folder} is not a private folder of yours: remove it, or set XDG_RUNTIME_DIR")
    return folder
