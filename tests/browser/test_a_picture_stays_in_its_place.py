"""What is painted before one's eyes is finished at the place where it was painted, and as large."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Page

from gallery.models import Render
from gallery.models.queued import Status
from transfer.recipes.style import StyleRecipe

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("image_size", [512, 1024])
def test_the_result_is_where_the_picture_so_far_was(
    site_without_worker: str,
    open_page: Callable[..., Page],
    make_finished: Callable[..., Render],
    screen: tuple[int, int],
    image_size: int,
) -> None:
    recipe = StyleRecipe(image_size=image_size).model_dump(mode="json")
    render = make_finished(recipe_json=recipe, status=Status.PENDING, width=0, height=0)
    page = open_page(screen)
    page.goto(f"{site_without_worker}/renders/{render.pk}/")
    while_painted = rounded(page.locator(".stage .picture").bounding_box())
    width, height = render.size

    Render.objects.filter(pk=render.pk).update(status=Status.COMPLETED, width=width, height=height)

    result = page.locator(".canvas .picture")  # the page shows it by itself
    result.wait_for()
    page.locator(".canvas.ready").wait_for()
    assert rounded(result.bounding_box()) == pytest.approx(while_painted, abs=1)


def rounded(box: FloatRect | None) -> list[int]:
    assert box is not None
    return [round(box["x"]), round(box["y"]), round(box["width"]), round(box["height"])]
