"""Of a file whose recipe is recalled no more is read than a picture may have, however large it is."""

import io

import pytest
from django.core.files.uploadedfile import UploadedFile

from gallery.accounts.person import Person
from gallery.pictures.uploads import LARGEST_FILE
from gallery.studio.recall import recall
from tests.pictures import painting
from tests.provenance import made_up
from transfer.metadata import encode
from transfer.recipes.style import StyleRecipe

pytestmark = pytest.mark.django_db
MADE = made_up(recipe=StyleRecipe(seed=7))


class Bounded(io.BytesIO):
    """A file that gives no more at a time than a picture may have."""

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert 0 <= size <= LARGEST_FILE
        return super().read(size)


def test_the_recipe_at_the_beginning_of_a_file_that_is_larger_is_found() -> None:
    file = Bounded(encode(painting((64, 48)), MADE) + bytes(LARGEST_FILE))

    found = recall(UploadedFile(file, "finished.png"), Person(None, "v"))

    assert found.values["seed"] == 7
