"""The same picture is one file, however often and by how many people it is uploaded, and one row per person."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from gallery.models import Pair, Picture, Render
from tests.gallery.files import upload
from tests.pictures import as_bytes, painting

Post = Callable[..., HttpResponse]


def pictures_in(files: set[str]) -> list[str]:
    """The canonical pictures among them, without their small versions."""
    return [name for name in files if name.startswith("pictures/")]


def test_the_same_person_has_it_once(post_pair: Post, stored_files: Callable[[], set[str]]) -> None:
    post_pair()
    files = stored_files()

    assert post_pair().status_code == 302

    assert (Picture.objects.count(), Pair.objects.count(), Render.objects.count()) == (2, 1, 2)
    assert stored_files() == files
    assert len(pictures_in(files)) == 2


def test_two_people_have_a_row_each_and_share_the_file(
    post_pair: Post, alice: User, bob: User, alices_browser: Client, bobs_browser: Client, stored_files: Callable
) -> None:
    post_pair(alices_browser)
    post_pair(bobs_browser)

    assert Picture.objects.filter(owner=alice).count() == Picture.objects.filter(owner=bob).count() == 2
    assert len({picture.file.name for picture in Picture.objects.all()}) == 2
    assert len(pictures_in(stored_files())) == 2


def test_equal_pixels_in_another_file_format_are_the_same_picture(
    post_pair: Post, stored_files: Callable[[], set[str]]
) -> None:
    picture = painting((80, 80))
    post_pair(
        content=upload("a.png", as_bytes(picture, compress_level=0)),
        style=upload("b.webp", as_bytes(picture, "WEBP", lossless=True)),
    )

    pair = Pair.objects.get()
    assert pair.content == pair.style
    assert len(pictures_in(stored_files())) == 1


def test_two_visitors_do_not_share_a_row(post_pair: Post) -> None:
    post_pair(Client())
    post_pair(Client())

    assert Picture.objects.count() == 4
    assert len(set(Picture.objects.values_list("visitor", flat=True))) == 2
