"""The studio's form has every field of StyleRecipe that it can use under its own name, with StyleRecipe's defaults."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from gallery.recipes.fields import offered
from transfer.engine.ladder import rungs
from transfer.recipes.style import StyleRecipe

pytestmark = pytest.mark.django_db


class Controls(HTMLParser):
    """The controls of a page by name, with their attributes; the options of each select."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, dict] = {}
        self.options: dict[str, list[dict]] = {}
        self.labels: set[str] = set()
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Notes a control, an option or a label."""
        attributes = dict(attrs)
        if tag == "label":
            self.labels.add(attributes.get("for", ""))
        if tag in ("input", "select", "textarea") and attributes.get("name"):
            self.found[attributes["name"]] = attributes
        if tag == "select":
            self._select = attributes["name"]
        if tag == "option":
            self.options.setdefault(self._select, []).append(attributes)


def test_every_parameter_is_there_with_its_default_a_label_and_a_description(client: Client) -> None:
    page = client.get("/new/").content.decode()
    controls = Controls(page)

    for name, field in offered(StyleRecipe).items():
        control = controls.found[name]
        assert control["id"] in controls.labels
        assert control.get("aria-describedby") == f"{control['id']}_helptext"
        if field.annotation is bool:
            assert ("checked" in control) == field.default
        elif name in controls.options:
            (chosen,) = [option["value"] for option in controls.options[name] if "selected" in option]
            assert chosen == ("names" if name == "regions" else field.default)
        elif isinstance(field.default, tuple):
            assert control.get("value", "") == ", ".join(field.default)
        else:
            assert float(control["value"]) == field.default


def test_what_needs_a_second_style_a_mask_or_a_terminal_is_not_offered(client: Client) -> None:
    controls = Controls(client.get("/new/").content.decode())

    assert set(StyleRecipe.model_fields) - set(controls.found) == {"style_blend_weights", "print_iter", "save_iter"}
    assert [option["value"] for option in controls.options["regions"]] == ["names", "none", "automatic"]
    assert [option["value"] for option in controls.options["init"]] == ["instant", "content", "noise", "picture"]


def test_bounds_are_known_to_the_browser(client: Client) -> None:
    controls = Controls(client.get("/new/").content.decode())

    assert (controls.found["image_size"]["min"], controls.found["image_size"]["max"]) == ("64", "16384")
    assert float(controls.found["learning_rate"]["max"]) == 1


def test_any_size_may_be_typed_and_the_rungs_are_offered(client: Client) -> None:
    page = client.get("/new/").content.decode()

    (offered,) = re.findall(rf'<datalist id="{Controls(page).found["image_size"]["list"]}">(.*?)</datalist>', page)
    sizes = [int(side) for side in re.findall(r'value="(\d+)"', offered)]
    assert sizes == [256, 512, 724, 1024, 1448, 2048, 2896, 4096, 5793, 8192]
    for side in sizes[1:]:
        assert side in [rung.long_side for rung in rungs(StyleRecipe(image_size=16384))]


def test_a_network_without_weights_cannot_be_chosen(client: Client) -> None:
    controls = Controls(client.get("/new/").content.decode())

    disabled = {option["value"]: "disabled" in option for option in controls.options["backbone"]}
    assert disabled == {"vgg19-lite": False, "vgg16-lite": False, "vgg16": True, "vgg19": True}


def test_the_form_sends_files_and_a_token(client: Client) -> None:
    page = client.get("/new/").content.decode()

    assert 'enctype="multipart/form-data"' in page
    assert {"csrfmiddlewaretoken", "content", "style", "content_id", "style_id"} <= set(Controls(page).found)
