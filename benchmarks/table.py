"""Rows of measurements as a Markdown table."""

from collections.abc import Iterable, Mapping


def print_table(title: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Prints a row as soon as it is measured; all rows have the same columns."""
    print(f"### {title}\n")
    header_is_due = True
    for row in rows:
        if header_is_due:
            print("| " + " | ".join(row) + " |\n|" + "---|" * len(row))
            header_is_due = False
        print("| " + " | ".join(_words(value) for value in row.values()) + " |", flush=True)
    print(flush=True)


def _words(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
