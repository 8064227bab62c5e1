"""The files of one revision, and processes that run its code with their own settings, caches and data."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
INSIDE = Path(__file__).parent / "inside"
GIT = shutil.which("git") or "git"
# The site's settings, where code is found, and how threads wait; this program may have set these for itself.
LEFT_OUT = (
    "DATABASE_URL",
    "GOMP_SPINCOUNT",
    "OMP_WAIT_POLICY",
    "PORT",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPATH",
    "REDIS_URL",
)
WORKING_TREE = "working tree"


@dataclass(frozen=True)
class Tree:
    """A work tree at `path`, called `name` in the tables; `folder` has the files made for it."""

    name: str
    path: Path
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment of all its processes: this program's, without variables that would make the two differ."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("STYLESITE_") and name not in LEFT_OUT
        }
        return kept | {
            "DJANGO_SETTINGS_MODULE": "stylesite.settings",
            "STYLESITE_DATA": str(self.folder / "data"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_RUNTIME_DIR": str(self.folder),
        }

    def run(self, *words: object, script: str | None = None) -> str:
        """The output of a Python with these arguments; `script` names a file in `inside/` that it runs as the program.

        If it fails, this prints its errors and raises CalledProcessError.
        """
        done = subprocess.run(
            [sys.executable, *(["-"] if script else []), *map(str, words)],
            cwd=self.path,
            env=self.environment,
            input=(INSIDE / script).read_text() if script else None,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            print(done.stderr, file=sys.stderr)
        done.check_returncode()
        return done.stdout


@contextlib.contextmanager
def before_and_after(revision: str) -> Iterator[tuple[Tree, Tree]]:
    """A work tree of `revision`, which is removed afterwards, and the working tree. Both are warm: their code is
    compiled and they know the machine's speed, so that measuring the speed disturbs no measurement."""
    with tempfile.TemporaryDirectory(prefix="stylesite-compare-") as name:
        folder = Path(name)
        path = folder / "tree"
        _git("worktree", "add", "--quiet", "--detach", str(path), revision)
        try:
            trees = Tree(describe(path), path, folder / "before"), Tree(WORKING_TREE, ROOT, folder / "after")
            for tree in trees:
                tree.folder.mkdir()
                tree.run("-m", "compileall", "-q", "-x", "[.]venv", ".")
                tree.run("-m", "transfer", "calibrate")
            yield trees
        finally:
            _git("worktree", "remove", "--force", str(path))


def describe(path: Path) -> str:
    """The short commit of a work tree, and whether it has changed since."""
    return _git("-C", str(path), "describe", "--always", "--dirty", "--exclude", "*")


def is_revision(name: str) -> bool:
    """Whether git knows a commit of that name."""
    return not subprocess.run(
        [GIT, "rev-parse", "--quiet", "--verify", f"{name}^{{commit}}"], cwd=ROOT, stdout=subprocess.DEVNULL
    ).returncode


def _git(*words: str) -> str:
    return subprocess.run([GIT, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
