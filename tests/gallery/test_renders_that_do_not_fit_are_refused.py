"""If no worker has enough memory for a render, it is refused with advice before anything is stored."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from gallery.models import Render, Worker
from gallery.recipes.fields import initial

Post = Callable[..., HttpResponse]
MIB = 2**20


@pytest.mark.usefixtures("clean_queue")
def test_the_studio_says_so_beside_the_size_and_stores_nothing(
    post_pair: Post, make_worker: Callable[..., Worker], nothing_was_made: Callable[[], bool]
) -> None:
    make_worker(memory=600 * MIB)

    response = post_pair(image_size="16384")

    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == ["image_size"]
    assert "this machine allows 600 MiB" in errors["image_size"][0]
    assert nothing_was_made()


@pytest.mark.usefixtures("clean_queue")
def test_one_worker_that_can_do_it_is_enough(post_pair: Post, make_worker: Callable[..., Worker]) -> None:
    make_worker("small", memory=400 * MIB)
    make_worker("large", memory=64 * 1024 * MIB)

    assert post_pair(image_size="4096").status_code == 302


@pytest.mark.usefixtures("clean_queue")
def test_without_a_worker_the_sites_own_budget_decides(post_pair: Post, settings: object) -> None:
    settings.MEMORY = 600 * MIB

    assert post_pair(image_size="16384").status_code == 422
    assert post_pair(image_size="128").status_code == 302


@pytest.mark.usefixtures("clean_queue")
def test_what_is_wrong_with_a_picture_is_said_first(post_pair: Post, make_worker: Callable[..., Worker]) -> None:
    make_worker(memory=600 * MIB)

    assert list(post_pair(image_size="16384", style=None).context["form"].errors) == ["style"]


def test_re_rendering_from_the_admin_is_refused_as_a_whole(
    charlies_browser: Client, make_finished: Callable[..., Render], make_worker: Callable[..., Worker]
) -> None:
    make_worker(memory=600 * MIB)
    sources = [make_finished(), make_finished(seed=3)]
    values = {
        name: value for name, value in initial(sources[0].recipe).items() if value not in (False, None)
    }  # fmt: skip

    response = charlies_browser.post(
        "/admin/gallery/render/",
        {
            **values,
            "image_size": "16384",
            "change": "image_size",
            "action": "rerender",
            "_selected_action": [each.pk for each in sources],
        },
    )

    assert response.status_code == 422
    assert "this machine allows 600 MiB" in response.content.decode()
    assert Render.objects.count() == 2
