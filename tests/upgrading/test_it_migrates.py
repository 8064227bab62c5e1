"""The database is migrated, and afterwards rows and files are as many as before."""

import pytest

from tests.upgrading.installation import Installation

pytestmark = [pytest.mark.alone, pytest.mark.slow]


def test_nothing_is_left_to_migrate(migrated: Installation) -> None:
    migrated.manage("migrate", "--check")


def test_every_file_is_still_there_and_none_is_an_orphan(left: Installation, migrated: Installation) -> None:
    assert migrated.files() == left.files()
    assert migrated.manage("doctor", "--orphans") == ""
