"""Which tests may share the machine, and which need it alone. `make test` runs one part after the other.

Pure computation may run in several processes, and so may a browser that looks at a site without a worker. Tests that
wait for real workers must not have to wait for other tests as well. Pytest loads this.
"""

import pytest

OPTION, TOGETHER, ALONE = "--only", "together", "alone"
PROCESSES = {"start_worker", "resident"}  # fixtures that start them


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option for one part of the suite; without it, everything runs."""
    parser.addoption(OPTION, choices=(TOGETHER, ALONE), help="tests that may share the machine, or the others")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Drops the other part."""
    part = config.getoption(OPTION)
    if part is None:
        return
    other = [item for item in items if is_alone(item) != (part == ALONE)]
    items[:] = [item for item in items if is_alone(item) == (part == ALONE)]
    config.hook.pytest_deselected(items=other)


def is_alone(item: pytest.Item) -> bool:
    """Whether a test needs the machine alone: it says so, or starts processes through a fixture."""
    return item.get_closest_marker("alone") is not None or bool(PROCESSES & set(getattr(item, "fixturenames", ())))
