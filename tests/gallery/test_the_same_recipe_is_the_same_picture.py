"""The same person's same recipe gives the same picture; another person's, or another recipe, another one."""

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage

from gallery.accounts.person import Person
from gallery.models import Picture, StoredFile
from gallery.pictures import making, uploads
from tests.gallery.made import StripesRecipe, made_to_the_end
from transfer.pausing import finish
from transfer.synthesis.generators import generator_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stripes")]
RECIPE = StripesRecipe(seed=5, image_size=96)


def test_it_is_not_even_made_again(alice: User) -> None:
    one, other = (making.keep(RECIPE, Person(alice)) for _ in range(2))

    assert one == other
    assert made_to_the_end == [5]


def test_another_persons_is_another_picture_of_the_same_files(alice: User, bob: User) -> None:
    one, other = (making.keep(RECIPE, Person(user)) for user in (alice, bob))

    assert one != other
    assert (one.file_id, one.elevation_id, one.labels_id) == (other.file_id, other.elevation_id, other.labels_id)


def test_another_recipe_gives_another_picture(alice: User) -> None:
    one, other = (making.keep(RECIPE.with_changes(wide=wide), Person(alice)) for wide in (0.2, 0.4))

    assert one != other


def test_an_equal_picture_that_was_uploaded_learns_how_it_is_made(alice: User) -> None:
    picture = finish(generator_of(RECIPE).make(RECIPE)).picture
    uploaded = uploads.store(uploads.Decoded(picture, "stripes.png"), Person(alice))
    kept = making.keep(RECIPE, Person(alice))

    assert kept == uploaded
    assert kept.made_by["seed"] == 5
    assert kept.labels


def test_no_file_is_left_that_nothing_needs(alice: User) -> None:
    for steps in (0, 1):  # the same pixels
        making.keep(RECIPE.with_changes(steps=steps), Person(alice))

    assert Picture.objects.count() == 1
    assert StoredFile.objects.count() == StoredFile.objects.used().count()
    assert all(default_storage.exists(each.name) for each in StoredFile.objects.all())
