"""`python -m transfer`: stylize, instant, film, dream, dream-film, synthesize, earth, variation, walk, texture, paint,
plan, calibrate, distill, distill-deep, distill-instant, weights."""

import contextlib
import io
import os
import pkgutil
import sys

from transfer.errors import TransferError
from transfer.process import end_soon, keep_freed_memory, yield_the_processor


def main(words: list[str] | None = None) -> int:
    """Runs one command; 0 when it went well, 1 with one sentence on stderr when it did not."""
    _open_what_is_closed()
    yield_the_processor()
    keep_freed_memory()
    try:
        from transfer.commands import command_line  # loading takes long enough to be stopped

        arguments = command_line.parser().parse_args(words)
        pkgutil.resolve_name(f"transfer.commands.{COMMANDS[arguments.command]}")(arguments)
        sys.stdout.flush()
    except TransferError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads has seen enough
        _write_no_more()
        return 1
    except OSError as error:  # such as a full disk behind stdout
        _write_no_more()
        about = f"{error.filename}: " if error.filename else ""
        print(f"error: {about}{error.strerror or error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    return 0


def _open_what_is_closed() -> None:
    """Where somebody closed stdout or stderr: else the next file that is opened would take its place."""
    for name, number in (("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            if nowhere != number:
                os.dup2(nowhere, number)
            setattr(sys, name, os.fdopen(number, "w"))


def _write_no_more() -> None:
    """Python writes what is left when it exits: into nothing, so that it does not fail again."""
    with contextlib.suppress(io.UnsupportedOperation):  # of what only stands in for a file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


COMMANDS = {  # what each calls: loaded once it is asked for
    "stylize": "stylize:stylize",
    "instant": "stylize:stylize",
    "film": "film:film",
    "dream": "dream:dream",
    "dream-film": "dream_film:dream_film",
    "synthesize": "synthesize:synthesize",
    "earth": "earth:earth",
    "variation": "variation:variation",
    "walk": "walk:walk",
    "texture": "texture:texture",
    "paint": "paint:paint_kind",
    "plan": "plan:show_plan",
    "calibrate": "plan:calibrate",
    "distill": "training:distill",
    "distill-deep": "training:distill_deep",
    "distill-instant": "training:distill_instant",
    "weights": "weights:weights",
}

if __name__ == "__main__":
    status = main()
    end_soon()
    sys.exit(status)
