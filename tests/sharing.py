"""Which tests may share the machine, and which must have it alone. `make test` runs one part after the other.

What only computes may run in several processes. Real workers and browsers are waited for, and must not have to wait
for other tests. Loaded by pytest.
"""

import pytest

OPTION, TOGETHER, ALONE = "--only", "together", "alone"
PROCESSES = {"start_worker", "browser"}  # fixtures that start them


def pytest_addoption(parser: pytest.Parser) -> None:
    """One part of the suite; without it, all is run."""
    parser.addoption(OPTION, choices=(TOGETHER, ALONE), help="tests that may share the machine, or the others")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the other part."""
    part = config.getoption(OPTION)
    if part is None:
        return
    other = [item for item in items if is_alone(item) != (part == ALONE)]
    items[:] = [item for item in items if is_alone(item) == (part == ALONE)]
    config.hook.pytest_deselected(items=other)


def is_alone(item: pytest.Item) -> bool:
    """Whether a test must have the machine for itself: it says so, or starts processes by a fixture."""
    return item.get_closest_marker("alone") is not None or bool(PROCESSES & set(getattr(item, "fixturenames", ())))
