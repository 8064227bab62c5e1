"""A recipe's fields as a form's page shows them: each with its default and its slider, in groups."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField

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
