"""The style sheet's colours: text has a contrast of 4.5:1 on every ground, edges of controls 3:1, in both schemes."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEXT = [
    (colour, ground)
    for colour, grounds in {
        "ink": ("ground", "raised", "notice"),
        "soft": ("ground", "raised", "notice"),
        "wrong": ("ground", "raised", "wrong-ground"),
        "on-accent": ("accent",),
    }.items()
    for ground in grounds
]
EDGES = [(colour, ground) for colour in ("edge", "accent", "wrong") for ground in ("ground", "raised")]


STATIC = Path(settings.BASE_DIR) / "static"
FIELD = re.compile(r"\b(input|select|textarea)\b|\[type")


@pytest.fixture(params=["light", "dark"])
def colours(request: pytest.FixtureRequest) -> dict[str, str]:
    """The custom properties of a scheme."""
    sheet = (STATIC / "base" / "base.css").read_text()
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", sheet)
    return {name: light if request.param == "light" else dark for name, light, dark in pairs}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_what_the_standard_says() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(("colour", "ground"), TEXT)
def test_text_can_be_read(colour: str, ground: str, colours: dict[str, str]) -> None:
    assert contrast(colours[colour], colours[ground]) >= 4.5


@pytest.mark.parametrize(("colour", "ground"), EDGES)
def test_edges_can_be_seen(colour: str, ground: str, colours: dict[str, str]) -> None:
    assert contrast(colours[colour], colours[ground]) >= 3


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_fields_have_such_edges(path: Path) -> None:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", path.read_text())
    for selector, properties in rules:
        if FIELD.search(selector):
            assert not re.search(r"border(-color)?:[^;]*var\(--line\)", properties), selector
