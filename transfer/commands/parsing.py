"""How words are parsed."""

import argparse
import difflib
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

NO_SUCH = re.compile(r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)")


class CommandLine(argparse.ArgumentParser):
    """A parser to which a box that begins with a minus is a value, and no flag; a flag's underscores are dashes.

    `makes_flags` is called once the command is used: to know of all commands, it is not necessary to load what the
    flags of each are made from.
    """

    makes_flags: Callable[["CommandLine"], None] | None = None

    def parse_known_args(self, *arguments: Any, **named: Any) -> Any:
        """See `argparse.ArgumentParser`."""
        if (make := self.makes_flags) is not None:
            self.makes_flags = None
            make(self)
        found, further = super().parse_known_args(*arguments, **named)
        if further:
            self.error(f"unrecognized arguments: {' '.join(further)}")
        return found, further

    def parse_args(self, words: Any = None, namespace: Any = None) -> Any:
        """See `argparse.ArgumentParser`."""
        joined: list[str] = []
        for word in map(_with_dashes, sys.argv[1:] if words is None else words):
            if joined and joined[-1] == "--box":
                joined[-1] = f"--box={word}"
            else:
                joined.append(word)
        return super().parse_args(joined, namespace)

    def format_usage(self) -> str:
        """What must be there; the help below describes each flag."""
        return self._usage().format_help()

    def format_help(self) -> str:
        """argparse's, with the short usage."""
        _, _, told = super().format_help().partition("\n\n")
        return f"{self.format_usage()}\n{told}"

    def _usage(self) -> argparse.HelpFormatter:
        needed = [each for each in self._actions if each.required or not each.option_strings]
        formatter = self._get_formatter()
        formatter.add_usage(None, needed, [])
        return formatter

    def error(self, message: str) -> NoReturn:
        """One sentence, and what to type for more; ends the process with 2."""
        self.exit(2, f"error: {self._in_words(message)}\nFor help, type: {self.prog} --help\n")

    def _in_words(self, message: str) -> str:
        if matched := NO_SUCH.fullmatch(message):
            what, given, choices = matched.groups()
            known = re.findall(r"[\w-]+", choices)
            return f"There is no {what} {given}: {_meant(given, known) or 'choose ' + ', '.join(known) + '.'}"
        named, _, words = message.partition(": ")
        if named == "unrecognized arguments":
            flags = [name for each in self._actions for name in each.option_strings]
            first = words.split(" ")[0].partition("=")[0]
            meant = _meant(first, flags)
            return f"{words} is not understood" + (f": {meant}" if meant else ".")
        if named == "the following arguments are required":
            return f"{words.replace('-o/--output', '-o')} {'are' if ', ' in words else 'is'} missing."
        return message


Commands: TypeAlias = "argparse._SubParsersAction[CommandLine]"  # what a command is added to


def _meant(given: str, known: list[str]) -> str:
    close = difflib.get_close_matches(given, known, n=1)
    return f"did you mean {close[0]}?" if close else ""


def _with_dashes(word: Any) -> str:
    name, equals, value = str(word).partition("=")
    return f"{name.replace('_', '-')}{equals}{value}" if re.fullmatch(r"--[a-z_-]+", name) else str(word)
