"""What is deleted takes all of its files along, and none that anything else still needs."""

import pytest

from tests.upgrading.installation import Browser, Installation, Site

pytestmark = [pytest.mark.alone, pytest.mark.slow]


def named_by(files: set[str]) -> set[str]:
    """The hashes that files are named by, their versions and what was made of them too."""
    return {name.rsplit("/", 1)[1][:64] for name in files}


def expected(installation: Installation, rows: set[str]) -> set[str]:
    """The hashes that name the files of these rows."""
    return {digest for row in rows for digest in installation.about["files"][row]}


def delete(browser: Browser, address: str) -> None:
    assert browser.post(f"{address}delete/").status == 302, address


def test_renders_one_after_another_and_then_their_pictures(own_site: Site) -> None:
    installation, staff = own_site.installation, own_site.browser_of("charlie")
    renders, pictures = (installation.about["ids"][name] for name in ("render_id", "picture_id"))
    left = {*renders, *pictures}
    assert named_by(installation.files()) == expected(installation, left)

    for render in renders:
        delete(staff, f"/renders/{render}/")
        left.remove(render)
        assert staff.get(f"/renders/{render}/").status == 404
        assert named_by(installation.files()) == expected(installation, left)
    for picture in pictures:
        delete(staff, f"/pictures/{picture}/")

    assert installation.files() == set()


def test_pictures_one_after_another_each_with_its_renders(own_site: Site) -> None:
    installation, staff = own_site.installation, own_site.browser_of("charlie")
    used = installation.about["pictures"]
    renders, left = set(used), set(installation.about["files"])

    for picture in installation.about["ids"]["picture_id"]:
        delete(staff, f"/pictures/{picture}/")
        left -= {picture, *(render for render in renders if picture in used[render])}
        assert named_by(installation.files()) == expected(installation, left)

    assert installation.files() == set()


def test_a_sweep_with_the_cells_that_nobody_liked(own_site: Site) -> None:
    installation, alice = own_site.installation, own_site.browser_of("alice")
    cells = {installation.about["renders"][f"cell {number}"] for number in range(4)}
    liked = installation.about["renders"]["cell 2"]

    for sweep in installation.about["ids"]["sweep_id"]:
        alice.post(f"/sweeps/{sweep}/delete/")

    assert {cell for cell in cells if alice.get(f"/renders/{cell}/").status == 200} == {liked}
    left = set(installation.about["files"]) - cells | {liked}
    assert named_by(installation.files()) == expected(installation, left)
