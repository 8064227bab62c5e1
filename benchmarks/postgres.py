"""A private PostgreSQL server in a temporary folder, for measurements and tests."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER = "postgres"
DEBIANS_FOLDERS = "/usr/lib/postgresql/*/bin"
# We do not measure the disk, and nothing here outlives the process.
OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=128MB"


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`; None if PostgreSQL's server is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += [Path(name) for name in sorted(glob.glob(DEBIANS_FOLDERS), reverse=True)]  # noqa: PTH207
    return next((folder for folder in folders if (folder / "pg_ctl").exists() and (folder / "initdb").exists()), None)


@contextmanager
def throwaway_server(folder: Path) -> Iterator[str]:
    """A server with an empty database on a Unix socket, from the programs in `folder`; yields its DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="stylesite-pg-") as name:
        data, user = Path(name) / "data", _whom()
        if user:
            shutil.chown(name, user)
        _run(user, folder / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        log = Path(name) / "log"
        _run(user, folder / "pg_ctl", "-D", data, "-l", log, "-o", f"-k {name} {OPTIONS}", "-w", "start")
        try:
            yield f"postgresql://{USER}@{quote(name, safe='')}/{USER}"
        finally:
            _run(user, folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _whom() -> str | None:
    """PostgreSQL refuses to run as root, so root runs it as its own user."""
    if os.geteuid() != 0:
        return None
    return pwd.getpwnam(USER).pw_name


def _run(user: str | None, *words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, user=user, cwd="/", stdout=subprocess.DEVNULL)
