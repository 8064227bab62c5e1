"""The note on a render that it was painted with less memory than it began with: it is looked for again later."""

from collections.abc import Sequence

HALVED = (
    "The painting process ran out of memory; it was painted with half the memory afterwards, so single strokes may "
    "differ."
)
HALVED_BEFORE = (  # how earlier versions said it, on rows that are still there
    "The system ended the painting process for want of memory; it was painted with half the memory afterwards, so "
    "single strokes may differ.",
)
_SAID = {HALVED, *HALVED_BEFORE}


def with_halved(notes: Sequence[str]) -> list[str]:
    """These notes, with that sentence, but not twice."""
    return [*notes] if _SAID & {*notes} else [*notes, HALVED]


def without_halved(notes: Sequence[str]) -> list[str]:
    """These notes, without that sentence in any wording."""
    return [note for note in notes if note not in _SAID]
