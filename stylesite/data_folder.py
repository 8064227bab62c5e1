"""What the settings find or create in the file system: the secret key, and a private folder for sockets."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def secret_key(data: Path) -> str:
    """The key in the data folder, made at the first start; only its owner can read it."""
    path = data / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = get_random_secret_key()
        file.write(key)
    return key


def private_runtime_folder(data: Path) -> Path:
    """One for each data folder, mode 0700. Its path is short: a Unix socket's path may have only about 104 bytes."""
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    if len(str(base)) > 60:
        base = Path("/tmp")  # noqa: S108 -- the folder below is made private, or refused
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    folder = base / f"stylesite-{os.getuid()}-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise ImproperlyConfigured(f"{folder} is not a private folder of yours: remove it, or set XDG_RUNTIME_DIR.")
    return folder
