"""The files of one revision, and processes that run its code, with settings, caches and data of their own."""

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
# Settings of the site, where code is found, and how threads wait, which this program may have set for itself.
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
    """A work tree at `path`, called `name` in the tables; what is made for it is in `folder`."""

    name: str
    path: Path
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """That of all its processes: this program's, without what makes a difference between the two."""
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
        """What a Python with these words prints; `script` names a file in `inside/`, which is run as the program.

        Where it fails, its errors are shown, and CalledProcessError is raised.
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
    """A work tree of `revision` that is removed afterwards, and the working tree, both warm: their code is compiled
    and the machine's speed is known to them, so that no measurement is disturbed by measuring it."""
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
    """The commit of a work tree, in short, and whether it has been changed since."""
    return _git("-C", str(path), "describe", "--always", "--dirty", "--exclude", "*")


def is_revision(name: str) -> bool:
    """Whether git knows a commit by that name."""
    return not subprocess.run(
        [GIT, "rev-parse", "--quiet", "--verify", f"{name}^{{commit}}"], cwd=ROOT, stdout=subprocess.DEVNULL
    ).returncode


def _git(*words: str) -> str:
    return subprocess.run([GIT, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
