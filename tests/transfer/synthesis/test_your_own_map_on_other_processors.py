"""The same file gives the same map, whatever the processor can do."""

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

pytestmark = pytest.mark.slow

MAKE = """
import hashlib
from tests.pictures import as_bytes
from tests.transfer.synthesis.heightmaps import continent, file_of, given, hills, in_colours
from transfer.synthesis.generators import OWN_MAP
from transfer.synthesis.made import finish
from transfer.synthesis.recipes.own_map import OwnMapRecipe
few = (hills() >> 9).astype("uint8")
for content, fields in (
    (file_of(hills()), {"sea": 0.4}), (file_of(few), {}), (as_bytes(in_colours(continent())), {"look": "relief"})
):
    made = finish(OWN_MAP.make(OwnMapRecipe(image_size=160, **fields), given(content)))
    for part in (made.height, made.labels.values, made.picture):
        print(hashlib.sha256(part.tobytes()).hexdigest())
"""
CAN = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]


@pytest.mark.skipif(not CAN, reason="this processor can do no more than every other")
def test_what_numpy_uses_of_the_processor_changes_nothing(run_python, monkeypatch):
    with_all = run_python("-c", MAKE)
    assert with_all.returncode == 0, with_all.stderr
    monkeypatch.setenv("NPY_DISABLE_CPU_FEATURES", " ".join(CAN))
    with_none = run_python("-c", MAKE)
    assert with_none.returncode == 0, with_none.stderr
    assert with_none.stdout == with_all.stdout
