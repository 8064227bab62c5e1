"""`python -m transfer`: stylize, instant, film, dream, dream-film, synthesize, earth, variation, texture, paint, plan,
calibrate, distill, distill-deep, distill-instant, weights."""

import os
import pkgutil
import sys

from transfer.commands import command_line
from transfer.errors import TransferError
from transfer.process import keep_freed_memory, yield_the_processor


def main(words: list[str] | None = None) -> int:
    """Runs one command; 0 when it went well, 1 with one sentence on stderr when it did not."""
    yield_the_processor()
    keep_freed_memory()
    try:
        arguments = command_line.parser().parse_args(words)
        pkgutil.resolve_name(f"transfer.commands.{COMMANDS[arguments.command]}")(arguments)
        sys.stdout.flush()
    except TransferError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads has seen enough
        _write_no_more()
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    return 0


def _write_no_more() -> None:
    """Python writes what is left when it exits: into nothing, so that it does not fail again."""
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
    sys.exit(main())
