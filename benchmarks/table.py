"""Rows of measurements as a Markdown table."""

from collections.abc import Iterable, Mapping


def print_table(title: str, rows: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Prints a row as soon as it is measured, and gives them all; all rows have the same columns."""
    print(f"### {title}\n")
    printed: list[Mapping[str, object]] = []
    for row in rows:
        if not printed:
            print("| " + " | ".join(row) + " |\n|" + "---|" * len(row))
        printed.append(row)
        print("| " + " | ".join(_words(value) for value in row.values()) + " |", flush=True)
    print(flush=True)
    return printed


def _words(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
