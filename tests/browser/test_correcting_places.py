"""What pictures know of their places is loaded as named regions, corrected by hand, and matched by the names."""

import re
from collections.abc import Callable

import numpy
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from gallery.models import Picture, Render
from gallery.pictures import blobs
from transfer.labels import Label, LabelMap

pytestmark = pytest.mark.browser


def of_two_places(left: Label, right: Label) -> str:
    values = numpy.full((80, 96), left, numpy.uint8)
    values[:, 48:] = right
    return blobs.store("maps", LabelMap.of(values).png(), ".png")


def test_a_city_is_painted_into_a_map_and_matched_by_its_name(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)
    Picture.objects.filter(pk=content.pk).update(labels=of_two_places(Label.WATER, Label.ICE))
    Picture.objects.filter(pk=style.pk).update(labels=of_two_places(Label.WATER, Label.MOUNTAIN))
    page = open_page()
    page.goto(f"{site_without_worker}/new/?content={content.pk}&style={style.pk}")
    page.locator(".regions summary").click()
    expect(page.locator(".regions .now")).to_have_text("by name")
    page.locator("[data-correct=places]").click()

    palette = page.locator(".palette")
    for name in ("water", "ice", "mountain"):
        expect(palette.get_by_text(name)).to_be_visible()
    expect(page.locator(".said")).to_contain_text("Ice is only in the content: it takes what is most like it.")

    page.keyboard.press("4")
    page.get_by_label("Name", exact=True).fill("City")
    page.locator(".painter [value=brush]").check()
    page.locator("[name=painter-size]").fill("25")
    canvas = page.locator(".layers canvas").first
    canvas.click()
    expect(palette.get_by_text("city")).to_be_visible()
    expect(page.locator(".said")).to_contain_text("City is only in the content")
    page.get_by_role("button", name="Remove this region").click()
    expect(page.locator(".said")).not_to_contain_text("City")
    page.get_by_role("button", name="Undo").click()
    expect(palette.get_by_text("city")).to_be_visible()

    page.get_by_role("button", name="Render", exact=True).click()
    page.wait_for_url(re.compile(r"/renders/"))
    masks = Render.objects.get(pk=page.url.split("/")[-2]).inputs.filter(role="mask").order_by("place")
    first, second = (LabelMap.in_picture(Image.open(mask.file.open())) for mask in masks)
    assert first
    assert second
    assert set(first.names.values()) == {"water", "mountain", "city"}
    assert first.names[int(first.values[40, 48])] == "city"
    assert set(second.names.values()) == {"water", "mountain", "unused"}  # the border between them is taken for neither
