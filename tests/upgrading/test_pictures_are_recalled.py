"""A picture that was made before fills in the studio, whatever format it was taken away in."""

import io

import pytest

from tests.upgrading.installation import Site

pytestmark = [pytest.mark.alone, pytest.mark.slow]


def finished(site: Site) -> list[str]:
    """The renders of which there is something to take away."""
    answers = site.installation.about["addresses"].items()
    there = (address for address, statuses in answers if statuses.get("visitor") == 200)
    return [address.split("/")[2] for address in there if address.endswith("/output.webp")]


@pytest.mark.parametrize("ending", ["png", "webp", "avif"])
def test_every_finished_picture_still_tells_its_recipe(ending: str, site: Site) -> None:
    browser = site.browser_of("visitor")
    answers = {}
    for identifier in finished(site):
        stored = site.status_of(identifier)["output"]["url"]
        file = io.BytesIO(browser.get(stored if ending == "png" else f"/renders/{identifier}/output.{ending}").body)
        file.name = f"picture.{ending}"
        answers[identifier] = browser.post("/new/recall/", finished=file).status

    assert len(answers) > 10
    assert set(answers.values()) == {200}
