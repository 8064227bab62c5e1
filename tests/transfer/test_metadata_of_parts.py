"""The metadata name the picture that an input is a part of, and which part; those of whole pictures are as before."""

import json

import pytest

from transfer.inputs import Role
from transfer.metadata import Provenance, UsedSource

WHOLE = {"sha256": "ab" * 32, "width": 80, "height": 64, "role": "content", "place": 0}
PART = {**WHOLE, "origin_sha256": "cd" * 32, "crop": "0.1,0,0.9,1;90"}


def test_a_part_is_read_back_as_it_was_written() -> None:
    source = UsedSource.model_validate(PART)

    assert UsedSource.model_validate_json(source.model_dump_json()) == source
    assert (source.origin_sha256, source.crop) == ("cd" * 32, "0.1,0,0.9,1;90")


def test_a_whole_picture_is_written_as_before(make_provenance) -> None:
    written = json.loads(make_provenance().canonical_json())

    assert all(each.keys() == {"sha256", "width", "height", "name", "role", "place"} for each in written["inputs"])


@pytest.mark.parametrize("wrong", [{"crop": "<script>"}, {"crop": "0,0,1"}, {"origin_sha256": "no hash"}])
def test_what_cannot_be_a_part_is_not_trusted(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="pattern"):
        UsedSource.model_validate(PART | wrong)


def test_a_picture_carries_it(make_provenance) -> None:
    made = make_provenance()
    inputs = (UsedSource.model_validate(PART), *(each for each in made.inputs if each.role != Role.CONTENT))
    changed = Provenance.model_validate({**made.model_dump(), "inputs": [each.model_dump() for each in inputs]})

    assert changed.of(Role.CONTENT)[0].crop == PART["crop"]
