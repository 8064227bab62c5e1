"""How words are parsed."""

import argparse
import sys
from collections.abc import Callable
from typing import Any, TypeAlias


class CommandLine(argparse.ArgumentParser):
    """A parser to which a box that begins with a minus is a value, and no flag.

    `makes_flags` is called once the command is used: to know of all commands, it is not necessary to load what the
    flags of each are made from.
    """

    makes_flags: Callable[["CommandLine"], None] | None = None

    def parse_known_args(self, *arguments: Any, **named: Any) -> Any:
        """See `argparse.ArgumentParser`."""
        if (make := self.makes_flags) is not None:
            self.makes_flags = None
            make(self)
        return super().parse_known_args(*arguments, **named)

    def parse_args(self, words: Any = None, namespace: Any = None) -> Any:
        """See `argparse.ArgumentParser`."""
        joined: list[str] = []
        for word in sys.argv[1:] if words is None else words:
            if joined and joined[-1] == "--box":
                joined[-1] = f"--box={word}"
            else:
                joined.append(word)
        return super().parse_args(joined, namespace)


Commands: TypeAlias = "argparse._SubParsersAction[CommandLine]"  # what a command is added to
