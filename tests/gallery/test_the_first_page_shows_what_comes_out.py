"""A fresh site's first page shows a content, a style, and the picture that they become: those that are chosen there."""

import re

from django.templatetags.static import static
from django.test import Client
from django.urls import reverse

from gallery.studio.presets import cookbook
from gallery.studio.starters import starters


def test_an_example_stands_beside_the_heading(client: Client, db: None) -> None:
    page = client.get("/").content.decode()

    example = re.search(r'<p class="sum">.*?</p>', page, re.DOTALL)
    assert example
    first = cookbook().presets[0]
    shown = [reverse("sample", args=[sample.key]) for sample in first.samples.values()] + [static(first.thumbnail)]
    assert re.findall(r'src="([^"]+)"', example[0]) == shown


def test_it_is_of_the_pictures_that_are_chosen_there(db: None) -> None:
    chosen = [next(iter(each.values())).key for each in (starters().contents, starters().styles)]

    assert [sample.key for sample in cookbook().presets[0].samples.values()] == chosen
