"""Form fields made from a recipe's, so that titles, bounds, defaults and descriptions live in one place."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from pydantic.fields import FieldInfo

from gallery.recipes.titles import choice_title
from gallery.recipes.validation import is_at_hand
from transfer.engine.ladder import LOWEST
from transfer.features.registry import BACKBONES
from transfer.recipes.base import REPORTING, Recipe, beside, bounds_of, choices_of, group_of

BY_NAME = "names"  # no regions, but where all pictures know their places, these
NOT_OFFERED_VALUES = {"picture", "masks"}  # offered only by a form that has the pictures they need
OFFERED_SIZES = (256, *(round(LOWEST * 2 ** (half_octaves / 2)) for half_octaves in range(4, 13)))  # to 8192 px


def offered(recipe: type[Recipe]) -> dict[str, FieldInfo]:
    """The recipe's fields on a form: all but those for reporting and those that stand beside the pictures."""
    fields = recipe.model_fields.items()
    return {name: field for name, field in fields if group_of(field) != REPORTING and beside(field) is None}


class BackboneSelect(forms.Select):
    """Offers all networks, but lets people choose only those whose weights this machine or a live worker has."""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        """An option, disabled if the weights are missing."""
        option: dict[str, Any] = super().create_option(name, value, *args, **options)
        if not is_at_hand(str(value)):
            option["attrs"]["disabled"] = True
            option["label"] = f"{option['label']}: not installed"
        return option


class SizeInput(forms.NumberInput):
    """A free number, with a list of sizes that are rungs of the ladder."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field, followed by the list that it refers to."""
        offered = f"{name}_offered"
        field = super().render(name, value, {**(attrs or {}), "list": offered}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((side,) for side in OFFERED_SIZES))
        return format_html('{}<datalist id="{}">{}</datalist>', field, offered, options)


def initial(recipe: Recipe) -> dict[str, Any]:
    """A recipe as initial values for a form."""
    return {name: _plain(value) for name, value in recipe}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return int(value) if isinstance(value, float) and value.is_integer() else value


def form_field(name: str, field: FieldInfo) -> forms.Field:
    """The field of a form for a recipe's field `name`; left empty, it means the default."""
    options: dict[str, Any] = {
        "label": field.title,
        "help_text": field.description,
        "required": False,
        "initial": _plain(field.default),
    }
    if field.annotation is bool:
        return forms.BooleanField(**options)
    if choices_of(field):
        widget = BackboneSelect() if name == "backbone" else forms.Select()
        return forms.ChoiceField(choices=_choices(name, field), widget=widget, **options)
    if field.annotation not in (int, float):
        return forms.CharField(max_length=200, **options)
    lowest, highest = bounds_of(field)
    options["error_messages"] = _about_bounds(name, lowest, highest)
    if field.annotation is int:
        whole = SizeInput() if name == "image_size" else forms.NumberInput()
        return forms.IntegerField(min_value=lowest, max_value=highest, widget=whole, **options)
    number = forms.NumberInput(attrs={"step": "any"})
    return forms.FloatField(min_value=lowest, max_value=highest, widget=number, **options)


def _about_bounds(name: str, lowest: float | None, highest: float | None) -> dict[str, str]:
    """What to say of a value beyond a bound."""
    is_size = name == "image_size"
    least, most = ("The smallest size is", "The largest size is") if is_size else ("Choose at least", "Choose at most")
    bounds = {"min_value": (least, lowest), "max_value": (most, highest)}
    unit = " px" if is_size else ""
    return {key: f"{words} {bound:,}{unit}." for key, (words, bound) in bounds.items() if bound is not None}


def _choices(name: str, field: FieldInfo) -> list[tuple[str, str]]:
    if name == "backbone":
        return [(value, BACKBONES[value].title) for value in choices_of(field)]
    values = (value for value in choices_of(field) if value not in NOT_OFFERED_VALUES)
    return [(value, choice_title(name, value)) for value in values]
