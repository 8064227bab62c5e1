"""What waited is painted; what was being painted is handed back, and goes on from its last checkpoint.

What is asked for now is painted by the algorithm as it is now, and takes nothing from rungs of the one before.
"""

import json

import pytest

from tests.upgrading.installation import Site

pytestmark = [pytest.mark.alone, pytest.mark.slow]


@pytest.mark.parametrize("name", ["pending, alice's", "pending, visitor's"])
def test_what_waited_is_painted(name: str, running: Site) -> None:
    row = running.wait_until_finished(running.installation.about["renders"][name])

    assert (row["attempt"], json.loads(row["curve"])[0][0]) == (1, 1)


def test_what_was_being_painted_is_handed_back_and_goes_on(running: Site) -> None:
    about = running.installation.about

    row = running.wait_until_finished(about["renders"]["in progress"])

    assert row["attempt"] == 2
    assert json.loads(row["curve"])[0][0] == about["stand"]["in progress"] + 1


def test_what_was_finished_is_made_larger_from_the_start_since_the_algorithm_has_changed(running: Site) -> None:
    about = running.installation.about
    finished = about["renders"]["to be made larger"]
    browser = running.browser_of("alice")

    answer = browser.post(f"/renders/{finished}/bigger/", image_size=150)

    assert answer.status == 302
    row = running.wait_until_finished(answer.place.split("/")[2])
    assert (row["width"], row["height"]) == (150, 30)
    assert json.loads(row["curve"])[0][0] == 1
