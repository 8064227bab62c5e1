"""What a sweep is asked for with, beside pictures and a recipe: one or two axes, and the size of the previews."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from pydantic import ValidationError

from gallery.studio.submission import Refused, refuse
from gallery.studio.sweeps import (
    LARGEST,
    Axis,
    SweepError,
    Value,
    changes_nothing,
    description,
    fields,
    grid,
    label,
    speaks_against,
    suggestion,
)
from transfer.engine.ladder import PREVIEW
from transfer.kinds import STYLE, Kind, Sizes
from transfer.recipes.base import Recipe

AXES = ("1", "2")
HELP = "Such as 0.5, 1, 2 or 0..1 x5. Left empty, values that are worth trying."
COMPLAINTS = 3  # about one axis, at most: the others would be alike


class FieldSelect(forms.Select):
    """Offers the fields that may vary, each with what is worth trying."""

    recipe: type[Recipe]

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        """An option that tells it to a script."""
        option: dict[str, Any] = super().create_option(name, value, *args, **options)
        if value:
            option["attrs"]["data-suggestion"] = suggestion(self.recipe, str(value))
        return option


def _axis_field(recipe: type[Recipe], label: str, nothing: str, **options: Any) -> forms.ChoiceField:
    varying = fields(recipe).items()
    choices = [("", nothing), *((name, f"{field.title} ({description(recipe, name)})") for name, field in varying)]
    widget = FieldSelect()
    widget.recipe = recipe
    return forms.ChoiceField(choices=choices, label=label, widget=widget, **options)


def _values_field(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"})
    return forms.CharField(required=False, max_length=200, label=label, help_text=HELP, widget=widget)


class SweepForm(forms.Form):
    """`axis_1` and `axis_2` name fields of the recipe, `values_1` and `values_2` what they take; sweeps.py says how."""

    use_required_attribute = False

    values_1 = _values_field("Values of the columns")
    values_2 = _values_field("Values of the rows")
    sweep_size = forms.IntegerField(
        min_value=64,
        max_value=LARGEST,
        required=False,
        initial=PREVIEW,
        label="Preview size",
        help_text="Long side of each picture, in pixels.",
    )

    def __init__(self, *args: Any, kind: Kind = STYLE, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        varying = fields(kind.recipe)
        first = "strength" if "strength" in varying else next(iter(varying), "")
        required = {"required": "Choose what to vary."}
        self.fields["axis_1"] = _axis_field(
            kind.recipe, "Columns", "choose a setting", initial=first, error_messages=required
        )
        self.fields["axis_2"] = _axis_field(kind.recipe, "Rows", "nothing more", required=False)
        self.order_fields(["axis_1", "values_1", "axis_2", "values_2", "sweep_size"])

    def clean(self) -> dict[str, Any]:
        """Reads the values; what is wrong with them stands beside them."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.axes: list[Axis] = []
        for number in AXES:
            name = cleaned.get(f"axis_{number}")
            if not name or f"values_{number}" in self.errors:
                continue
            if any(axis.field == name for axis in self.axes):
                self.add_error(f"axis_{number}", "That is the other axis already: choose another setting.")
                continue
            try:
                self.axes.append(Axis.of(self.kind.recipe, name, cleaned[f"values_{number}"]))
            except SweepError as error:
                self.add_error(f"values_{number}", str(error))
        return cleaned

    def recipes(self, base: Recipe, sizes: Sizes) -> list[Recipe]:
        """`base` as each cell varies it, row by row, for pictures of these sizes.

        Only for a valid form, which may turn invalid by this.
        """
        self._refuse_idle_axes(base)
        preview = base.with_changes(image_size=self.cleaned_data["sweep_size"] or PREVIEW)
        complaints: dict[tuple[str | None, str], None] = {}
        found = []
        for change in grid(self.axes):
            try:
                found.append(_possible(preview, change, sizes))
            except ValidationError as error:
                for each in error.errors():
                    sentence = each["msg"].removeprefix("Value error, ")
                    complaints[self._beside(change, str(each["loc"][0]), sentence)] = None
            except Refused as refused:
                for name, sentences in refused.faults.items():
                    complaints |= {self._beside(change, name, sentence): None for sentence in sentences}
            for name, value in change.items():
                if complaint := speaks_against(name, value):
                    complaints[self._beside(change, name, complaint)] = None
        for place, sentence in complaints:
            if len(self.errors.get(place or NON_FIELD_ERRORS, ())) < COMPLAINTS:
                self.add_error(place, sentence)
        return found

    def _beside(self, change: dict[str, Value], field: str, sentence: str) -> tuple[str | None, str]:
        """Where the form says what was said of `field` in the cell that makes this change, and in which words.

        What is said of a field that does not vary is due to the network, on which others depend, or to the size.
        """
        for number, axis in zip(AXES, self.axes, strict=False):
            if axis.field == field or (axis.field == "backbone" and field not in change):
                return f"values_{number}", f"{label(change[axis.field])}: {sentence}"
        return "sweep_size" if field == "image_size" else None, sentence

    def _refuse_idle_axes(self, base: Recipe) -> None:
        for number, axis in zip(AXES, self.axes, strict=False):
            if sentence := changes_nothing(axis.field, base, self.axes):
                self.add_error(f"axis_{number}", sentence)


def _possible(base: Recipe, change: dict[str, Value], sizes: Sizes) -> Recipe:
    """Raises ValidationError and Refused."""
    recipe = base.with_changes(**change)
    refuse(recipe, sizes)
    return recipe
