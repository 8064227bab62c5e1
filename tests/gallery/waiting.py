"""Renders that wait to be painted."""

from gallery.models import Status
from transfer.recipes.style import StyleRecipe


def of_size(size: int) -> dict[str, object]:
    """The columns of one of `size` px."""
    return {"recipe_json": StyleRecipe(image_size=size).model_dump(mode="json"), "output": "", "status": Status.PENDING}
