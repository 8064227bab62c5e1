"""On processors with and without AVX-512 and AVX2: NumPy is told to leave out what this one has."""

import json
import os
import subprocess
import sys

import pytest
from numpy._core._multiarray_umath import __cpu_baseline__, __cpu_dispatch__, __cpu_features__

from transfer.synthesis.generators import GENERATORS

pytestmark = pytest.mark.slow

OPTIONAL = [each for each in __cpu_dispatch__ if __cpu_features__.get(each) and each not in __cpu_baseline__]
PROGRAM = """
import hashlib, json, sys
import numpy
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.made import finish
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
    environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(without)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True, timeout=240
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def here():
    return arrays()


def test_every_generator_is_tried(here):
    assert set(here) == set(GENERATORS)


def test_another_process_makes_the_same(here):
    assert arrays() == here


@pytest.mark.skipif(not OPTIONAL, reason="this processor has nothing that NumPy could leave out")
def test_a_processor_without_vector_instructions_makes_the_same(here):
    assert arrays(*OPTIONAL) == here
