"""A generator that only tests know: stripes, with labels and a height, as slow as a test wants it."""

import time
from typing import ClassVar

import numpy
import pytest
from PIL import Image
from pydantic import Field

from transfer import kinds
from transfer.kinds import Kind
from transfer.labels import Label, LabelMap
from transfer.synthesis.generators import GENERATORS, Generator
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.base import SynthesisRecipe

PAUSE = 0.05  # seconds between two yields
made_to_the_end: list[int] = []  # the seeds of all stripes that were made


class StripesRecipe(SynthesisRecipe):
    """How stripes are made."""

    kind: ClassVar[str] = "stripes"
    version: ClassVar[int] = 2

    steps: int = Field(0, ge=0, le=1000, title="Steps", description="How often it yields.")
    wet: bool = Field(True, title="Wet", description="Whether there is water.")
    wide: float = Field(0.5, ge=0.1, le=0.9, title="Wide", description="What part is land.")


def make(recipe: StripesRecipe) -> Making[Made]:
    """Land on the left, water on the right, of a green that the seed decides."""
    for step in range(recipe.steps):
        time.sleep(PAUSE)
        yield step / recipe.steps
    yield 1.0
    width, height = recipe.size
    values = numpy.full((height, width), Label.PLAIN, numpy.uint8)
    if recipe.wet:
        values[:, int(width * recipe.wide) :] = Label.WATER
    pixels = numpy.zeros((height, width, 3), numpy.uint8)
    pixels[..., 1] = numpy.where(values == Label.PLAIN, 100 + recipe.seed % 100, 20)
    made_to_the_end.append(recipe.seed)
    return Made(
        picture=Image.fromarray(pixels),
        height=numpy.where(values == Label.PLAIN, 65535, 0).astype(numpy.uint16),
        labels=LabelMap.of(values),
        facts=(f"{recipe.wide:.0%} land",),
    )


def add_stripes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the generator known until the end of a test."""
    generator = Generator("Stripes", StripesRecipe, __name__, 0.1, 0.1, 10)
    kind = Kind(
        "Stripes", StripesRecipe, (), "stripes", "transfer.synthesis.painter:painter", kinds.SYNTHESIS[0].planner
    )
    monkeypatch.setitem(GENERATORS, "stripes", generator)
    monkeypatch.setitem(kinds.known(), "stripes", kind)
    made_to_the_end.clear()
