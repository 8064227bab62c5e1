"""The same file gives the same map, whatever the processor can do."""

import pytest

from tests.transfer.synthesis.processors import OPTIONAL, needs_optional, printed

pytestmark = pytest.mark.slow

MAKE = """
import hashlib
from tests.pictures import as_bytes
from tests.transfer.synthesis.heightmaps import continent, file_of, given, hills, in_colours
from transfer.synthesis.generators import OWN_MAP
from transfer.pausing import finish
from transfer.synthesis.recipes.own_map import OwnMapRecipe
few = (hills() >> 9).astype("uint8")
for content, fields in (
    (file_of(hills()), {"sea": 0.4}), (file_of(few), {}), (as_bytes(in_colours(continent())), {"look": "relief"})
):
    made = finish(OWN_MAP.make(OwnMapRecipe(image_size=160, **fields), given(content)))
    for part in (made.height, made.labels.values, made.picture):
        print(hashlib.sha256(part.tobytes()).hexdigest())
"""


@needs_optional
def test_what_numpy_uses_of_the_processor_changes_nothing():
    assert printed(MAKE, *OPTIONAL) == printed(MAKE)
