"""A picture that was made here leads back to its generator; one that was brought does not."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.accounts.person import Person
from gallery.models import Picture, Render
from gallery.pictures import making
from tests.gallery.made import StripesRecipe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stripes")]
LINK = "/make/stripes/?version=2&amp;image_size=96&amp;seed=5"


def test_my_pictures_offer_to_vary_what_was_made(alice: User, alices_browser: Client) -> None:
    making.keep(StripesRecipe(seed=5, image_size=96), Person(alice))

    assert f'<a href="{LINK}">Change its settings</a>' in alices_browser.get("/pictures/").content.decode()


def test_an_upload_is_not_varied(alice: User, alices_browser: Client, make_picture: Callable[..., Picture]) -> None:
    make_picture(alice)

    assert ">Change its settings<" not in alices_browser.get("/pictures/").content.decode()


def test_a_painted_render_is_not_varied(client: Client, make_finished: Callable[..., Render]) -> None:
    assert ">Change its settings<" not in client.get(make_finished().get_absolute_url()).content.decode()


@pytest.mark.parametrize("stored", [{"kind": "gone", "seed": 5}, {"kind": "style"}, [], "nonsense"], ids=str)
def test_one_whose_generator_is_gone_is_shown_without(stored: object, alice: User, alices_browser: Client) -> None:
    picture = making.keep(StripesRecipe(seed=5, image_size=96), Person(alice))
    Picture.objects.filter(pk=picture.pk).update(made_by=stored)
    page = alices_browser.get("/pictures/").content.decode()

    assert str(picture.pk) in page
    assert ">Change its settings<" not in page
