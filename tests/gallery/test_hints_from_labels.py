"""The studio reads from the labels of pictures that were made here what the style lacks."""

import numpy
import pytest
from django.test import Client

from gallery.accounts.person import Person
from gallery.models import Picture
from gallery.pictures import blobs, uploads
from gallery.pictures.uploads import Decoded, Known
from tests.pictures import painting, photograph
from transfer.labels import Label, LabelMap

pytestmark = pytest.mark.usefixtures("db")


def stored(picture: object, *labels: Label) -> Picture:
    """A picture whose map has equal parts of these labels."""
    values = numpy.repeat(numpy.array(labels, dtype=numpy.uint8), 64)[None].repeat(64, axis=0)
    name = blobs.store("maps", LabelMap.of(values).png(), ".png")
    return uploads.store(Decoded(picture, "map.png", Known(labels=name)), Person(None, "v"))  # type: ignore[arg-type]


def told(client: Client, content: Picture, style: Picture) -> list[str]:
    fields = {"image_size": "128", "content_id": str(content.pk), "style_id": str(style.pk)}
    found: list[str] = client.post("/new/plan/", fields).context["advice"]
    return found


def test_water_that_the_style_has_not_is_told_of(client: Client) -> None:
    content = stored(photograph((300, 200)), Label.WATER, Label.PLAIN)
    style = stored(painting((160, 160)), Label.DESERT, Label.MOUNTAIN)

    (sentence,) = told(client, content, style)

    assert sentence.startswith("The style has no water")


def test_nothing_is_told_of_maps_that_go_together(client: Client) -> None:
    content = stored(photograph((300, 200)), Label.WATER, Label.PLAIN)
    style = stored(painting((160, 160)), Label.DEEP_WATER, Label.FOREST)

    assert told(client, content, style) == []


def test_labels_that_are_gone_change_nothing_else(client: Client) -> None:
    content = stored(photograph((300, 200)), Label.ICE, Label.PLAIN)
    style = stored(painting((160, 160)), Label.DESERT)
    style.labels.storage.delete(style.labels.name)

    assert told(client, content, style) == []
