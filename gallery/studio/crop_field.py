"""The field that says which part of a picture is meant: one value for scripts, plain numbers for people without."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from transfer.cropping import Crop
from transfer.errors import PictureError

EDGES = ("left", "top", "right", "bottom")
WHOLE = {"left": "0", "top": "0", "right": "100", "bottom": "100"}


class CropInput(forms.HiddenInput):
    """Takes `NAME`, a crop as `transfer.cropping` reads it; or `NAME_left`, `_top`, `_right` and `_bottom`.

    Those are percents, and go with `NAME_turn`, the number of quarter turns, and `NAME_flip`. Where they are sent, as
    browsers without scripts do, they count.
    """

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The crop as text."""
        if f"{name}_left" not in data:
            return data.get(name)
        edges = [_fraction(data.get(f"{name}_{edge}") or WHOLE[edge]) for edge in EDGES]
        turn = data.get(f"{name}_turn") or "0"
        flip = ";flip" if data.get(f"{name}_flip") else ""
        return f"{','.join(edges)};{90 * int(turn) if turn in '0123' else turn}{flip}"

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether neither was sent."""
        return name not in data and f"{name}_left" not in data


class CropField(forms.CharField):
    """Its value is a `Crop`, or None for the whole picture as it is."""

    widget = CropInput

    def to_python(self, value: Any) -> Crop | None:  # type: ignore[override]
        """The crop that the text says. Raises ValidationError with one sentence."""
        if isinstance(value, Crop) or not value:
            return value or None
        try:
            crop = Crop.read(str(value))
        except PictureError as error:
            raise ValidationError(str(error)) from error
        return None if crop.is_whole else crop

    def validate(self, value: Any) -> None:
        """Every crop that can be read will do."""

    def run_validators(self, value: Any) -> None:
        """There are none."""


def in_percent(text: object) -> dict[str, Any]:
    """A crop as the plain fields show it; that of a whole picture where the text is none."""
    try:
        crop = Crop.read(str(text or "")) if text else Crop()
    except PictureError:
        crop = Crop()
    edges = {edge: f"{100 * value:.3f}".rstrip("0").rstrip(".") for edge, value in zip(EDGES, crop.edges, strict=True)}
    return {**edges, "turn": crop.turn // 90, "flip": crop.flip}


def _fraction(percent: str) -> str:
    """A percent as a fraction; what is no number stays as it is, to be complained of."""
    try:
        return f"{float(percent) / 100:.6f}"
    except ValueError:
        return percent
