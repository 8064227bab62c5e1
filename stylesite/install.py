"""Makes the virtual environment. The Makefile runs it with whatever python3 there is.

It uses only the standard library, and no syntax that an old Python cannot read, so that it can say what is missing.
"""

import os
import subprocess
import sys

ENVIRONMENT = ".venv"
OLDEST, TOO_NEW = (3, 11), (3, 14)
TORCH = "torch==2.13.0"
NO_PROGRAM = 127


def main(requirements):
    """Creates .venv if it is missing and installs the locked packages; exits with one sentence on failure."""
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        found = ".".join(map(str, sys.version_info[:3]))
        sentence = "Stylesite needs Python 3.11 to 3.13, not %s: name one, as in `make up PYTHON=python3.12`."
        fail(sentence % found)
    python = os.path.join(ENVIRONMENT, "bin", "python")
    if run([python, "-c", "import pip"], quiet=True):
        was_there = os.path.isdir(ENVIRONMENT)
        say("Making the virtual environment in %s%s" % (ENVIRONMENT, " anew: its Python is gone" if was_there else ""))
        if not os.access(os.curdir, os.W_OK):
            fail("This folder cannot be written to: copy the project to one of yours.")
        if run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], quiet=True):
            fail("This Python cannot make virtual environments: on Debian and Ubuntu, `apt install python3-venv`.")
    install_torch(python)
    say("Installing the other packages of %s" % ", ".join(requirements))
    words = [word for name in requirements for word in ("-r", name)]
    pip(python, words, "Some packages could not be installed: see above; run the same command again to continue.")


def install_torch(python):
    """Installs torch first and separately: it is by far the largest, and the right build depends on the machine."""
    if not run([python, "-c", "import torch; assert torch.__version__.split('+')[0] == '%s'" % TORCH[7:]], quiet=True):
        return
    index = os.environ.get("TORCH_INDEX")
    if index:
        say("Installing torch from %s" % index)
        words = ["--index-url", index, "--no-deps", TORCH]
    else:
        words = [TORCH]
        if builds_are_large(python):
            say("Installing torch: on Linux its usual build is for NVIDIA GPUs and downloads about 3 GB.")
            say("Without such a GPU, stop now (Ctrl-C) and name an index of CPU builds (about 200 MB):")
            say("  make up TORCH_INDEX=URL")
        else:
            say("Installing torch (about 200 MB)")
    pip(python, words, "torch could not be installed: see above; run the same command again to retry.")


def builds_are_large(python):
    """Whether pip would bring the CUDA packages along: it does on Linux, unless a CPU build is offered."""
    if not sys.platform.startswith("linux"):
        return False
    command = [python, "-m", "pip", "install", "--dry-run", "--quiet", "--no-deps", "--report", "-", TORCH]
    found = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return b"+cpu" not in found.stdout and b"%2Bcpu" not in found.stdout


def pip(python, words, complaint):
    """Runs pip with little output: a progress bar if there is a terminal."""
    bar = "on" if sys.stdout.isatty() else "off"
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", bar]
    options += [] if sys.stdout.isatty() else ["--quiet", "--quiet"]
    if run([python, "-m", "pip", "install"] + options + words):
        fail(complaint)


def run(command, quiet=False):
    """The exit code of a command."""
    sink = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.call(command, stdout=sink, stderr=sink)
    except OSError:  # what is there is no program for this machine
        return NO_PROGRAM
    except KeyboardInterrupt:
        fail("Stopped; run the same command again to continue.")


def say(line):
    """Prints a line of progress."""
    print(line, flush=True)


def fail(sentence):
    """Exits with a sentence instead of a traceback."""
    print(sentence, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
