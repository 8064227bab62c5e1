"""Form fields made from `Recipe`, so that titles, bounds, defaults and descriptions stand in one place."""

from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from transfer.features.registry import BACKBONES
from transfer.ladder import LOWEST
from transfer.recipe import BALANCE, ESSENTIALS, NETWORK, OPTIMISATION, REGIONS, REPORTING, Recipe

CHOICE_TITLES = {
    "w2": "Gaussian W2 (cleaner)",
    "gram": "Gram matrix (classic)",
    "content": "the content picture",
    "noise": "noise",
    "none": "none",
    "automatic": "found by colour",
    "avg": "average",
    "max": "maximum",
    "adam": "Adam",
    "lbfgs": "L-BFGS",
}
GROUP_TITLES = {ESSENTIALS: "", REGIONS: "Regions", BALANCE: "Balance", NETWORK: "Network", OPTIMISATION: "Painting"}
# What the studio, which takes one content picture and one style, has no pictures for.
NOT_OFFERED = {"style_blend_weights"}
NOT_OFFERED_VALUES = {"picture", "masks"}
OFFERED = {
    name: field
    for name, field in Recipe.model_fields.items()
    if name not in NOT_OFFERED and field.json_schema_extra != {"group": REPORTING}
}
OFFERED_SIZES = (256, *(round(LOWEST * 2 ** (half_octaves / 2)) for half_octaves in range(4, 13)))  # to 8192 px
DEPENDING_ON_BACKBONE = {"content_layers", "style_layers", "content_layer_weights", "style_layer_weights", "pooling"}


class BackboneSelect(forms.Select):
    """Offers all networks, but lets only those be chosen whose weights are here."""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        """An option, switched off where the weights are missing."""
        option: dict[str, Any] = super().create_option(name, value, *args, **options)
        if not BACKBONES[str(value)].available:
            option["attrs"]["disabled"] = True
            option["label"] = f"{option['label']}: not installed"
        return option


class SizeInput(forms.NumberInput):
    """A free number, with sizes at which the ladder has a rung to choose from."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field, and beside it the list that it names."""
        offered = f"{name}_offered"
        field = super().render(name, value, {**(attrs or {}), "list": offered}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((side,) for side in OFFERED_SIZES))
        return format_html('{}<datalist id="{}">{}</datalist>', field, offered, options)


@dataclass(frozen=True)
class Group:
    """Fields that belong together on the page."""

    name: str
    title: str
    fields: list[BoundField]

    @property
    def has_errors(self) -> bool:
        """Whether a field of this group was filled in wrongly."""
        return any(field.errors for field in self.fields)


class RecipeForm(forms.Form):
    """A form with one field for every parameter of a render that the studio offers; `recipe` is what came out."""

    recipe: Recipe

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in OFFERED.items():
            self.fields[name] = _form_field(name, field)

    def groups(self) -> list[Group]:
        """The recipe's fields by group, in the recipe's order."""
        found: dict[str, list[BoundField]] = {}
        for name, field in OFFERED.items():
            found.setdefault(_group(field), []).append(self[name])
        return [Group(group, GROUP_TITLES[group], fields) for group, fields in found.items()]

    def clean_backbone(self) -> str:
        """The network, if its weights are here."""
        name: str = self.cleaned_data["backbone"] or Recipe.model_fields["backbone"].default
        backbone = BACKBONES[name]
        if not backbone.available:
            raise forms.ValidationError(f"{name} is not installed on this machine: {backbone.remedy}")
        return name

    def clean(self) -> dict[str, Any]:
        """Lets Recipe have the last word; what it says of a field stands beside that field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = {name: cleaned[name] for name in OFFERED if name in cleaned and cleaned[name] not in (None, "")}
        try:
            self.recipe = Recipe.model_validate(given)
        except ValidationError as error:
            # Without a valid network, nothing can be said about what it has.
            unknowable = DEPENDING_ON_BACKBONE if "backbone" in self.errors else set()
            for complaint in error.errors():
                field = str(complaint["loc"][0])
                if field not in self.errors and field not in unknowable:
                    self.add_error(field, complaint["msg"].removeprefix("Value error, "))
        return cleaned


def initial(recipe: Recipe) -> dict[str, Any]:
    """A recipe as a form's initial values."""
    return {name: _plain(value) for name, value in recipe}


def _plain(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


def _group(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    return str(extra["group"]) if isinstance(extra, dict) else ESSENTIALS


def _form_field(name: str, field: FieldInfo) -> forms.Field:
    options: dict[str, Any] = {
        "label": field.title,
        "help_text": field.description,
        "required": False,
        "initial": _plain(field.default),
    }
    if field.annotation is bool:
        return forms.BooleanField(**options)
    if get_origin(field.annotation) is Literal:
        widget = BackboneSelect() if name == "backbone" else forms.Select()
        return forms.ChoiceField(choices=_choices(name, field), widget=widget, **options)
    if field.annotation not in (int, float):
        return forms.CharField(max_length=200, **options)
    lowest: Any = next((bound.ge for bound in field.metadata if isinstance(bound, Ge)), None)
    highest: Any = next((bound.le for bound in field.metadata if isinstance(bound, Le)), None)
    if field.annotation is int:
        whole = SizeInput() if name == "image_size" else forms.NumberInput()
        return forms.IntegerField(min_value=lowest, max_value=highest, widget=whole, **options)
    number = forms.NumberInput(attrs={"step": "any"})
    return forms.FloatField(min_value=lowest, max_value=highest, widget=number, **options)


def _choices(name: str, field: FieldInfo) -> list[tuple[str, str]]:
    if name == "backbone":
        return [(backbone.name, backbone.title) for backbone in BACKBONES.values()]
    return [(value, CHOICE_TITLES[value]) for value in get_args(field.annotation) if value not in NOT_OFFERED_VALUES]
