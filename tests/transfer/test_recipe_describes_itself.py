import pytest

from transfer.recipes import base, style
from transfer.recipes.style import StyleRecipe

GROUPS = {
    base.ESSENTIALS,
    style.REGIONS,
    style.BALANCE,
    style.NETWORK,
    style.OPTIMISATION,
    style.BESIDE,
    base.REPORTING,
}


@pytest.mark.parametrize("name", StyleRecipe.model_fields)
def test_every_field_has_a_default_a_title_a_group_and_a_sentence(name):
    field = StyleRecipe.model_fields[name]
    assert not field.is_required()
    assert field.title not in (None, "", name)
    assert field.description.endswith(".")
    assert field.json_schema_extra["group"] in GROUPS


def test_every_group_has_a_field():
    assert {field.json_schema_extra["group"] for field in StyleRecipe.model_fields.values()} == GROUPS
