"""Form fields made from a kind's recipe, so that titles, bounds, defaults and descriptions live in one place."""

from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from pydantic.fields import FieldInfo

from gallery.recipes.validation import Faults, is_at_hand, recipe_of
from transfer.engine.ladder import LOWEST
from transfer.features.registry import BACKBONES
from transfer.kinds import STYLE, Kind
from transfer.recipes.base import ESSENTIALS, REPORTING, Recipe, beside, group_of
from transfer.recipes.style import BALANCE, BESIDE, NETWORK, OPTIMISATION, REGIONS

CHOICE_TITLES = {
    "w2": "Gaussian W2 (cleaner)",
    "gram": "Gram matrix (classic)",
    "content": "the content picture",
    "noise": "noise",
    "picture": "a picture of your own",
    "names": "by name",
    "masks": "painted",
    "none": "none",
    "automatic": "Automatic",
    "avg": "average",
    "max": "maximum",
    "adam": "Adam",
    "lbfgs": "L-BFGS",
    "same": "as the picture",
    "both": "both",
    "distribution": "how often each occurs",
    "nearest": "the nearest of each",
}
TITLES_OF = {  # where a value means something else in this field
    "init": {"instant": "its instant picture"},
    "regions": {"automatic": "found by colour"},
    "wrap": {"x": "across", "y": "down", "both": "across and down"},
}
GROUP_TITLES = {
    ESSENTIALS: "",
    REGIONS: "Regions",
    BALANCE: "Weights",
    NETWORK: "Network",
    OPTIMISATION: "Painting",
    BESIDE: "Extra files",
}
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


# Lowest, highest, step: the part of a number's range that most people want.
SLIDERS = {
    "image_size": (128, 2048, 128),
    "strength": (0, 1, 0.05),
    "style_scale": (0.1, 2.5, 0.1),
    "region_count": (2, 8, 1),
    "content_weight": (0, 4, 0.1),
    "style_weight": (0, 4, 0.1),
    "texture_weight": (0, 10, 0.25),
    "tv_weight": (0, 10, 0.25),
    "num_iterations": (10, 400, 5),
    "early_stopping": (0, 0.1, 0.005),
    "octave_iter": (1, 40, 1),
    "step_size": (0.25, 6, 0.25),
    "lap_scale": (0, 6, 1),
    "natural_colors": (0, 1, 0.05),
    "jitter": (0, 64, 4),
    "extent": (0.25, 4, 0.25),
    "variety": (0, 1, 0.05),
    "patch_size": (3, 11, 1),
    "pyramid": (1, 4, 1),
    "num_projections": (8, 128, 8),
    "frames": (12, 240, 12),
    "stations": (2, 12, 1),
    "seconds": (0.5, 6, 0.5),
    "zoom": (0.9, 1.2, 0.01),
    "rate": (6, 60, 1),
    "turn": (-5, 5, 0.25),
    "pan_x": (-0.05, 0.05, 0.005),
    "pan_y": (-0.05, 0.05, 0.005),
}


@dataclass(frozen=True)
class Setting:
    """A field of the recipe as the page shows it."""

    field: BoundField

    @property
    def default(self) -> str:
        """The field's default, as a browser would send it."""
        value = self.field.field.initial
        return ("on" if value else "") if isinstance(value, bool) else str(value)

    @property
    def default_in_words(self) -> str:
        """The default in words."""
        name, value = self.field.name, self.field.field.initial
        if isinstance(value, bool):
            return "on" if value else "off"
        if isinstance(self.field.field, forms.ChoiceField):
            return str(dict(self.field.field.choices)[value])  # type: ignore[arg-type,index]
        if value == "":
            return "all" if name == "channels" else "all the same" if name.endswith("weights") else "the network's own"
        return self.default

    @property
    def is_changed(self) -> bool:
        """Whether the field holds anything but the default; empty means the default."""
        value = self.field.value()
        if value in (None, ""):
            return False
        try:
            return float(value) != float(self.field.field.initial)
        except (TypeError, ValueError):
            return bool(value != self.field.field.initial)

    @property
    def slider(self) -> tuple[float, float, float] | None:
        """The bounds and step of the field's slider, if it has one."""
        return SLIDERS.get(self.field.name)


@dataclass(frozen=True)
class FieldGroup:
    """Fields that belong together on the page."""

    name: str
    title: str
    fields: list[BoundField]

    @property
    def settings(self) -> list[Setting]:
        """The fields, with what the page says about each."""
        return [Setting(field) for field in self.fields]

    @property
    def changed(self) -> int:
        """How many fields differ from their default."""
        return sum(setting.is_changed for setting in self.settings)

    @property
    def has_errors(self) -> bool:
        """Whether a field of this group has an error."""
        return any(field.errors for field in self.fields)


class RecipeForm(forms.Form):
    """A form with a field for every parameter that a kind's recipe offers; `recipe` is the result."""

    recipe: Recipe

    def __init__(self, *args: Any, kind: Kind = STYLE, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.offered = offered(kind.recipe)
        for name, field in self.offered.items():
            self.fields[name] = _form_field(name, field)

    def offer(self, name: str, value: str) -> None:
        """Also offers a value that needs extra pictures, if the recipe has the field."""
        if name in self.fields:
            field: Any = self.fields[name]
            field.choices = [*field.choices, (value, CHOICE_TITLES[value])]

    def groups(self) -> list[FieldGroup]:
        """The recipe's fields by group, in order."""
        found: dict[str, list[BoundField]] = {}
        for name, field in self.offered.items():
            found.setdefault(group_of(field), []).append(self[name])
        return [
            FieldGroup(group, GROUP_TITLES.get(group, group.capitalize()), fields) for group, fields in found.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Lets the recipe check everything; each of its complaints goes to the field that it is about."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check(cleaned)
        return cleaned

    def check(self, cleaned: dict[str, Any]) -> None:
        """Turns the values into `recipe`, or complains about them."""
        faults = self.faults()
        if recipe := recipe_of(self.kind, self.values(cleaned), faults):
            self.recipe = recipe
        self.complain(faults)

    def values(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The recipe's values among those of the form; regions by name are no value of a recipe."""
        found = {name: cleaned[name] for name in self.offered if name in cleaned}
        return found | ({"regions": "none"} if found.get("regions") == BY_NAME else {})

    def faults(self) -> Faults:
        """The fields that already have errors; the form shows these."""
        return Faults({name: [] for name in self.errors})

    def complain(self, faults: Faults) -> None:
        """Adds sentences to their fields."""
        for name, sentences in faults.items():
            for sentence in sentences:
                self.add_error(name, sentence)


def initial(recipe: Recipe) -> dict[str, Any]:
    """A recipe as initial values for a form."""
    return {name: _plain(value) for name, value in recipe}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _form_field(name: str, field: FieldInfo) -> forms.Field:
    options: dict[str, Any] = {
        "label": field.title,
        "help_text": field.description,
        "required": False,
        "initial": _plain(field.default),
    }
    if field.annotation is bool:
        return forms.BooleanField(**options)
    if _literals(field.annotation):
        widget = BackboneSelect() if name == "backbone" else forms.Select()
        return forms.ChoiceField(choices=_choices(name, field), widget=widget, **options)
    if field.annotation not in (int, float):
        return forms.CharField(max_length=200, **options)
    lowest: Any = next((bound.ge for bound in field.metadata if isinstance(bound, Ge)), None)
    highest: Any = next((bound.le for bound in field.metadata if isinstance(bound, Le)), None)
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


def choice_title(name: str, value: str) -> str:
    """The value of a field with choices, as people read it."""
    return (CHOICE_TITLES | TITLES_OF.get(name, {})).get(value, value)


def _choices(name: str, field: FieldInfo) -> list[tuple[str, str]]:
    if name == "backbone":
        return [(value, BACKBONES[value].title) for value in _literals(field.annotation)]
    values = (value for value in _literals(field.annotation) if value not in NOT_OFFERED_VALUES)
    return [(value, choice_title(name, value)) for value in values]


def _literals(annotation: Any) -> tuple[str, ...]:
    """The values of a Literal, or of a union of several; none of what is neither."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    parts = [_literals(each) for each in get_args(annotation)] if get_origin(annotation) in (Union, UnionType) else []
    return tuple(value for part in parts for value in part) if all(parts) else ()
