import pytest

from transfer import recipe
from transfer.recipe import Recipe

GROUPS = {
    recipe.ESSENTIALS,
    recipe.REGIONS,
    recipe.BALANCE,
    recipe.NETWORK,
    recipe.OPTIMISATION,
    recipe.REPORTING,
}


@pytest.mark.parametrize("name", Recipe.model_fields)
def test_every_field_has_a_default_a_title_a_group_and_a_sentence(name):
    field = Recipe.model_fields[name]
    assert not field.is_required()
    assert field.title not in (None, "", name)
    assert field.description.endswith(".")
    assert field.json_schema_extra["group"] in GROUPS


def test_every_group_has_a_field():
    assert {field.json_schema_extra["group"] for field in Recipe.model_fields.values()} == GROUPS
