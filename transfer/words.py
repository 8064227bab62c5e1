"""Durations, amounts of memory and counts as people say them. Free of torch."""

MIB, GIB = 2**20, 2**30


def duration(seconds: float) -> str:
    """Seconds: "8 s", "3 min 20 s", "4 min", "2 h 5 min"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    return _in_two_units(whole, "min", "s") if whole < 3600 else _in_two_units(whole // 60, "h", "min")


def _in_two_units(count: int, larger: str, smaller: str) -> str:
    whole, rest = divmod(count, 60)
    return f"{whole} {larger} {rest} {smaller}" if rest else f"{whole} {larger}"


def roughly(seconds: float) -> str:
    """Seconds that are only guessed, in few words: "40 s", "3 min", "2 h 5 min", "26 h"."""
    if seconds < 60:
        return f"{max(10, round(seconds, -1)):.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else duration(60.0 * minutes) if minutes < 600 else f"{minutes // 60} h"


def counted(number: int, what: str) -> str:
    """As in "1 render", "3 renders"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def memory(size: float) -> str:
    """Bytes: "717 MiB", "12.0 GiB"."""
    return f"{size / GIB:.1f} GiB" if size >= GIB else f"{size / MIB:.0f} MiB"
