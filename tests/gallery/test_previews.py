"""A preview is the same render at 256 px; the larger one continues from it."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from gallery.models import Render, Worker

Post = Callable[..., HttpResponse]


@pytest.mark.parametrize(("asked", "size"), [("1024", 256), ("256", 256), ("128", 128)])
def test_it_differs_in_nothing_but_its_size(asked: str, size: int, post_pair: Post) -> None:
    settings = {"image_size": asked, "strength": "0.8", "blend_1": "3", "style_2_id": ""}
    assert post_pair(**settings).status_code == 302
    assert post_pair(**settings, preview="1").status_code == 302

    preview, render = Render.objects.all()
    assert preview.image_size == size
    assert preview.recipe == render.recipe.model_copy(update={"image_size": size})


def test_what_is_too_large_to_render_may_be_previewed(post_pair: Post, make_worker: Callable[..., Worker]) -> None:
    make_worker(memory=600 * 2**20)

    assert post_pair(image_size="16384").status_code == 422
    assert post_pair(image_size="16384", preview="1").status_code == 302


def test_the_page_has_a_button_for_it_behind_the_one_that_enter_presses(client: Client, db: None) -> None:
    page = client.get("/new/").content.decode().split('<form class="studio"')[1]

    assert page.index(">Render</button>") < page.index('name="preview" value="1">Preview</button>')
    assert page.index('type="submit"') < page.index(">Render</button>")
