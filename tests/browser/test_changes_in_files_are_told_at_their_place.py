"""What is changed in a file, such as its size or its colours, is said by its name where it was put, and at once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.dropping import drop
from tests.pictures import as_bytes, painting

pytestmark = pytest.mark.browser
CMYK = "“print.jpg” has CMYK colours, as printers use them: they are converted for screens."
SCALED = "“plan.png” has 12,100 × 700 pixels: it is scaled down to 12,000 × 694."


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A picture for a printer, one that is too long, and one that ends early."""
    painting().convert("CMYK").save(tmp_path / "print.jpg")
    Image.new("L", (12_100, 700)).save(tmp_path / "plan.png")
    whole = as_bytes(painting((400, 400)), "JPEG")
    (tmp_path / "torn.jpg").write_bytes(whole[: len(whole) * 93 // 100])
    return {path.name: path for path in tmp_path.iterdir()}


def test_in_the_studio_also_what_only_the_server_sees(
    site_without_worker: str, open_page: Callable[..., Page], files: dict[str, Path]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    content, style = (page.locator(f"[data-role={role}]") for role in ("content", "style"))
    page.locator("input[name=content]").set_input_files(files["print.jpg"])
    expect(content.locator(".missing")).to_have_text(CMYK)
    page.locator("input[name=content]").set_input_files(files["plan.png"])
    expect(content.locator(".missing")).to_have_text(SCALED)
    drop(page, "[data-role=content]", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64, "holiday.heic", "image/heic")
    expect(content.locator(".missing")).to_contain_text("“holiday.heic” is a HEIC photo: it is converted.")

    page.locator("input[name=content]").set_input_files(files["print.jpg"])
    expect(content.locator(".missing")).to_have_text(CMYK)
    page.locator("input[name=style]").set_input_files(files["torn.jpg"])
    ends = "torn.jpg ends early: the last part of the picture is missing."
    expect(style.locator(".missing")).to_have_text(ends)
    expect(content.locator(".missing")).to_have_text(re.compile("^print.jpg has CMYK colours"))

    page.get_by_role("link", name="Swap content and style").click()
    expect(content.locator(".missing")).to_have_text(ends)
    page.get_by_role("button", name="Content: remove").click()
    expect(content.locator(".missing")).to_be_hidden()


def test_in_a_sweep(site_without_worker: str, open_page: Callable[..., Page], files: dict[str, Path]) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    page.get_by_text("Sweep: many pictures").click()
    page.locator("[name=axis_1]").select_option("style")
    axis = page.locator("[data-axis='1']")
    wrong = files["print.jpg"].with_name("wrong.png")
    wrong.write_bytes(b"just some notes")

    axis.locator("[type=file]").set_input_files([files["print.jpg"], wrong, files["plan.png"]])

    expect(axis.locator(".gathered li")).to_have_count(2)
    expect(axis.locator(".gathered li").first).to_contain_text(CMYK)
    expect(axis.locator(".gathered li").last).to_contain_text(SCALED)
    expect(axis.locator("[data-field=pictures_1] .errors")).to_contain_text("“wrong.png” is not a picture")
    assert axis.locator("[type=file]").evaluate("input => input.files.length") == 2

    axis.get_by_role("button", name="Remove plan.png").click()
    page.locator("input[name=content]").set_input_files(files["torn.jpg"])
    page.get_by_role("button", name="Render the sweep").click()
    page.wait_for_url(re.compile(r"/sweeps/[0-9a-f-]{36}/$"))
    expect(page.locator("main > .notice").first).to_contain_text("torn.jpg ends early")
    expect(page.locator("main > .notice").last).to_contain_text("print.jpg has CMYK colours")
