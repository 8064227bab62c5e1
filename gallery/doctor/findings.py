"""What a check can find."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """A WARNING is worth knowing; a PROBLEM means that something does not work."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """A verdict, what was found, and what to type or do about it; `remedy` is empty if nothing is wrong."""

    verdict: Verdict
    sentence: str
    remedy: str = ""


def ok(sentence: str) -> Finding:
    """All is well."""
    return Finding(Verdict.OK, sentence)


def warning(sentence: str, remedy: str) -> Finding:
    """Something works, but not as it should."""
    return Finding(Verdict.WARNING, sentence, remedy)


def problem(sentence: str, remedy: str) -> Finding:
    """Something does not work."""
    return Finding(Verdict.PROBLEM, sentence, remedy)
