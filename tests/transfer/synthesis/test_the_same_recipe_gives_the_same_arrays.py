"""On processors with and without AVX-512 and AVX2: NumPy is told to leave out what this one has."""

import json

import pytest

from tests.transfer.synthesis.processors import OPTIONAL, needs_optional, printed
from transfer.synthesis.generators import GENERATORS

pytestmark = pytest.mark.slow

PROGRAM = """
import hashlib, json, sys
import numpy
from transfer.synthesis.generators import GENERATORS
from transfer.pausing import finish
found = {}
for name, generator in GENERATORS.items():
    seed = {"seed": 5} if "seed" in generator.recipe.model_fields else {}
    recipe = generator.recipe.model_validate({"image_size": 96, **seed})
    made = finish(generator.make(recipe))
    arrays = [numpy.asarray(made.picture), made.height, made.labels and made.labels.values]
    found[name] = [None if each is None else hashlib.sha256(each.tobytes()).hexdigest() for each in arrays]
print(json.dumps(found))
"""


def arrays(*without):
    """Hashes of picture, height and labels by generator, made by a process that leaves these features out."""
    return json.loads(printed(PROGRAM, *without))


@pytest.fixture(scope="module")
def here():
    return arrays()


def test_every_generator_is_tried(here):
    assert set(here) == set(GENERATORS)


def test_another_process_makes_the_same(here):
    assert arrays() == here


@needs_optional
def test_a_processor_without_vector_instructions_makes_the_same(here):
    assert arrays(*OPTIONAL) == here
