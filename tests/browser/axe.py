"""What axe-core finds wrong with a page as it stands, wide and narrow, light and dark."""

import textwrap
from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.browser.conftest import SCREENS

STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
SEEN_BY_COLOUR = ["color-contrast", "link-in-text-block"]
QUICK = {"resultTypes": ["violations"], "elementRef": False}
RULES = {
    "light": {**QUICK, "runOnly": {"type": "tag", "values": STANDARDS}, "rules": {"target-size": {"enabled": True}}},
    "dark": {**QUICK, "runOnly": {"type": "rule", "values": SEEN_BY_COLOUR}},
}


def faults(page: Page, name: str) -> Iterator[str]:
    """A report for each screen and scheme in which something is wrong, or the page scrolls sideways.

    The page's content security policy must be bypassed.
    """
    page.evaluate(AXE_SCRIPT)
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for screen, (width, height) in SCREENS.items():
            page.set_viewport_size({"width": width, "height": height})
            results = AxeResults(page.evaluate("(rules) => axe.run(rules)", rules))
            if page.evaluate("document.documentElement.scrollWidth") > width:
                yield f"{name}, {screen}: wider than the window"
            if results.violations_count:
                report = textwrap.indent(results.generate_report(), "    ")
                yield f"{name}, {scheme}, {screen}: {report}"
