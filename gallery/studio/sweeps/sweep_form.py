"""What a sweep is asked for with, beside pictures and a recipe: one or two axes, and the size of its renders."""

from collections.abc import Callable
from typing import Any

from django import forms
from pydantic import ValidationError

from gallery.accounts.person import Person
from gallery.studio.submission import Refused, refuse
from gallery.studio.sweeps.axes import (
    MOST_CELLS,
    Axis,
    Change,
    SweepError,
    changes_nothing,
    description,
    fields,
    grid,
    label,
    settings_in,
    suggestion,
)
from gallery.studio.sweeps.picture_axis import Subject, roles
from gallery.studio.sweeps.picture_fields import PictureFields
from transfer.engine.ladder import PREVIEW
from transfer.kinds import STYLE, Kind, Sizes
from transfer.recipes.base import Recipe, complaint_of

AXES = ("1", "2")
HELP = "Such as 0.5, 1, 2 or 0..1 x5. Leave empty for good defaults."
COMPLAINTS = 3  # about one axis, at most: the others would be alike
SMALLEST, LARGEST = 64, 16_384
AT_PREVIEW, AT_CHOSEN, AT_OTHER = "preview", "chosen", "other"


class FieldSelect(forms.Select):
    """Offers what may vary: pictures, and the fields of a recipe, each of these with what is worth trying."""

    recipe: type[Recipe]

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        """An option that tells it to a script."""
        option: dict[str, Any] = super().create_option(name, value, *args, **options)
        if value in fields(self.recipe):
            option["attrs"]["data-suggestion"] = suggestion(self.recipe, str(value))
        return option


def _axis_field(kind: Kind, label: str, nothing: str, **options: Any) -> forms.ChoiceField:
    pictured = [(name, f"{takes.title}: several pictures") for name, takes in roles(kind).items()]
    varying = fields(kind.recipe).items()
    described = [(name, f"{field.title} ({description(kind.recipe, name)})") for name, field in varying]
    widget = FieldSelect()
    widget.recipe = kind.recipe
    choices = [("", nothing), *([("Pictures", pictured)] if pictured else []), ("Settings", described)]
    return forms.ChoiceField(choices=choices, label=label, widget=widget, **options)


def _values_field() -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"})
    return forms.CharField(required=False, max_length=200, label="Values", help_text=HELP, widget=widget)


class SweepForm(PictureFields):
    """`axis_1` and `axis_2` name fields of the recipe, `values_1` and `values_2` what they take; axes.py says how.

    Or they name the content or the style, whose pictures picture_fields.py reads. `sweep_at` says how large the cells
    are: previews, as large as what they share, or `sweep_size` px.
    """

    use_required_attribute = False

    values_1 = _values_field()
    values_2 = _values_field()
    sweep_at = forms.ChoiceField(
        choices=[
            (AT_PREVIEW, f"{PREVIEW} px (previews)"),
            (AT_CHOSEN, "the chosen size"),
            (AT_OTHER, "another size"),
        ],
        required=False,
        initial=AT_PREVIEW,
        label="Size of each",
    )
    sweep_size = forms.IntegerField(
        min_value=SMALLEST,
        max_value=LARGEST,
        required=False,
        initial=PREVIEW,
        label="Long side, in pixels",
    )

    def __init__(self, *args: Any, kind: Kind = STYLE, person: Person | None = None, **options: Any) -> None:
        super().__init__(*args, kind=kind, person=person, **options)
        varying = fields(kind.recipe)
        first = "strength" if "strength" in varying else next(iter(varying), "")
        required = {"required": "Choose what to vary."}
        self.fields["axis_1"] = _axis_field(kind, "Vary", "choose what", initial=first, error_messages=required)
        self.fields["axis_2"] = _axis_field(kind, "and also (optional)", "nothing more", required=False)

    def clean(self) -> dict[str, Any]:
        """Reads values and pictures; what is wrong with them stands beside them."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.axes: list[Axis] = []
        self.subjects: dict[str, list[Subject]] = {}
        for number in AXES:
            name = cleaned.get(f"axis_{number}")
            if not name:
                continue
            if any(axis.field == name for axis in self.axes):
                self.add_error(f"axis_{number}", "That is the other axis already: choose something else.")
            elif name in roles(self.kind):
                self.subjects[name] = self.pictures(number)
                self._place_pictures(name)
            elif f"values_{number}" not in self.errors:
                self._read_values(number, name)
        return cleaned

    def _read_values(self, number: str, name: str) -> None:
        try:
            self.axes.append(Axis.of(self.kind.recipe, name, self.cleaned_data[f"values_{number}"]))
        except SweepError as error:
            self.add_error(f"values_{number}", str(error))

    def _place_pictures(self, name: str) -> None:
        """Pictures have no ids before they are stored: their numbers stand for them."""
        found = self.subjects[name]
        axis = Axis(name, tuple(map(str, range(len(found)))), roles(self.kind)[name].title, tuple(_names(found)))
        others = [each for each in self.axes if each.field != name]
        self.axes = sorted([*others, axis], key=self.number_of)

    def number_of(self, axis: Axis) -> str:
        """Which of the axes it is."""
        return next(number for number in AXES if self.cleaned_data.get(f"axis_{number}") == axis.field)

    def put_first(self, name: str, subjects: list[Subject]) -> None:
        """The pictures that are chosen already come first on the axis of their role, each picture once."""
        self.subjects[name] = [*subjects, *self.subjects[name]]
        self._place_pictures(name)

    def miss_pictures(self, name: str) -> None:
        """Complains that an axis of pictures has none."""
        axis = next(axis for axis in self.axes if axis.field == name)
        sentence = f"Choose at least one {axis.title.lower()} picture."
        if not self.errors.get(f"pictures_{self.number_of(axis)}"):
            self.add_error(f"pictures_{self.number_of(axis)}", sentence)

    def size(self, base: Recipe) -> int:
        """The long side of the cells, but for those whose size varies. Only for a valid form."""
        at, size = self.cleaned_data["sweep_at"], self.cleaned_data["sweep_size"]
        if at == AT_CHOSEN:
            return base.image_size
        return PREVIEW if at == AT_PREVIEW or not size else int(size)

    def recipes(self, base: Recipe, sizes_of: Callable[[Change], Sizes]) -> list[Recipe]:
        """`base` as each cell varies it, row by row, for pictures of these sizes.

        Only for a valid form, which may turn invalid by this.
        """
        if self._refuse_idle_axes(base) or self._refuse_too_many():
            return []
        sized = base.with_changes(image_size=self.size(base))
        complaints: dict[tuple[str, str], None] = {}
        found = []
        for change in grid(self.axes):
            settings = settings_in(change, self.axes)
            try:
                found.append(_possible(sized, settings, sizes_of(change)))
            except ValidationError as error:
                for each in error.errors():
                    complaints[self._beside(settings, str(each["loc"][0]), complaint_of(each))] = None
            except Refused as refused:
                for name, sentences in refused.faults.items():
                    complaints |= {self._beside(settings, name, sentence): None for sentence in sentences}
        for place, sentence in complaints:
            if len(self.errors.get(place, ())) < COMPLAINTS:
                self.add_error(place, sentence)
        return found

    def _beside(self, change: Change, field: str, sentence: str) -> tuple[str, str]:
        """Where the form says what was said of `field` in the cell that makes this change, and in which words.

        What is said of a field that does not vary is due to the network, on which others depend, or to the size.
        """
        for axis in self.axes:
            if axis.field in change and (axis.field == field or (axis.field == "backbone" and field not in change)):
                return f"values_{self.number_of(axis)}", f"{label(change[axis.field])}: {sentence}"
        return "sweep_size" if field == "image_size" else "sweep_at", sentence

    def _refuse_idle_axes(self, base: Recipe) -> bool:
        for axis in self.axes:
            if sentence := changes_nothing(axis.field, base, self.axes):
                self.add_error(f"axis_{self.number_of(axis)}", sentence)
        return bool(self.errors)

    def _refuse_too_many(self) -> bool:
        count = len(grid(self.axes))
        if count > MOST_CELLS:
            last = max(self.axes, key=lambda axis: len(axis.values))
            place = f"{'pictures' if last.is_of_pictures else 'values'}_{self.number_of(last)}"
            self.add_error(place, f"That makes {count} renders, and {MOST_CELLS} are the most: take fewer.")
        return bool(self.errors)


def _names(subjects: list[Subject]) -> list[str]:
    return [subject.name or "picture" for subject in subjects]


def _possible(base: Recipe, settings: Change, sizes: Sizes) -> Recipe:
    """Raises ValidationError and Refused."""
    recipe = base.with_changes(**settings)
    refuse(recipe, sizes)
    return recipe
