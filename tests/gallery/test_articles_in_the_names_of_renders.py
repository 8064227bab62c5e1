"""A render without a title is called after its pictures, whose articles begin no sentence there."""

from collections.abc import Callable

import pytest

from gallery.models import Picture, Render
from transfer.dream.recipe import DreamRecipe


@pytest.mark.parametrize(
    ("picture", "name"),
    [
        ("A world.png", "A dream of a world"),
        ("An island.png", "A dream of an island"),
        ("The Alps.png", "A dream of the Alps"),
        ("Athens.png", "A dream of Athens"),
        ("A.png", "A dream of A"),
    ],
)
def test_an_article_within_a_name_is_small(
    make_finished: Callable[..., Render], make_picture: Callable[..., Picture], picture: str, name: str
) -> None:
    recipe = DreamRecipe(image_size=64).model_dump(mode="json")
    render = make_finished(recipe_json=recipe)
    Render.objects.filter(pk=render.pk).update(pair=None)
    render.inputs.all().delete()
    render.inputs.create(role="content", place=0, picture=make_picture(name=picture))

    assert Render.objects.get(pk=render.pk).name == name
