"""The studio's form: a content, one style or several, perhaps a picture to start from, and a recipe.

Each picture is uploaded or already there.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property

from gallery.accounts.access import Ownership
from gallery.models import Picture, Render
from gallery.pictures import uploads
from gallery.pictures.uploads import Decoded
from gallery.queueing.planning import refuse_what_cannot_be_done
from gallery.studio import recall, slots
from gallery.studio.mask_form import MaskForm
from transfer.engine.ladder import PREVIEW
from transfer.errors import PlanError
from transfer.recipes.style import MOST_STYLES, StyleRecipe

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"
MOST_PIXELS = 2 * uploads.LARGEST_AREA  # of all uploads of one form, since they are in memory together
NEEDED = {slots.CONTENT, slots.style(1)}
HINTS = {
    slots.CONTENT: "The picture whose shapes are kept",
    slots.START: "The picture that the painting starts from",
}
SHA256 = RegexValidator(r"^[0-9a-f]{64}\Z", "That is not the hash of a picture.")


@dataclass(frozen=True)
class Slot:
    """A place for a picture as it stands on the page.

    `expected` holds the hash that a recalled recipe names, `weight` the style's share among several.
    """

    role: str
    hint: str
    file: BoundField
    known: BoundField
    expected: BoundField
    weight: BoundField | None
    chosen: slots.Known | None
    notice: str

    @property
    def is_asked_for(self) -> bool:
        """Whether the page says that a picture is missing, or what is wrong with the one that was given."""
        return bool(self.notice or self.file.errors)


class StudioForm(MaskForm):
    """For each role of `slots`, `ROLE` is a file, or `ROLE_id` names a picture or a finished render that is there.

    Further styles that are left empty do not count. A picture to start from is started from, unless a person chose
    another start since the form was shown. With `preview` the recipe is that of the preview. Nothing is stored before
    the whole form is valid. `strangers` are sentences on files that are not what a recalled recipe names.
    """

    def __init__(self, *args: Any, notices: dict[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.notices = notices or {}
        self.styles = slots.styles_in([*self.data, *self.files, *self.initial])
        self.roles = slots.roles(self.styles)
        self._add_slot(slots.CONTENT, "Content")
        for number, role in enumerate(self.roles[1:], 1):
            self._add_slot(role, "Style" if self.styles == 1 else f"Style {number}")
            if self.styles > 1:
                self._add_weight(number)
        self._add_slot(slots.START, "Start")
        self.offer("init", "picture")
        self.fields["init"].show_hidden_initial = True  # tells what a person chose from what was there

    def _add_slot(self, role: str, label: str) -> None:
        self.fields[role] = forms.FileField(
            required=False, label=label, widget=forms.FileInput(attrs={"accept": ACCEPTED})
        )
        self.fields[f"{role}_id"] = forms.UUIDField(required=False, widget=forms.HiddenInput)
        self.fields[f"{role}_expected"] = forms.CharField(required=False, validators=[SHA256], widget=forms.HiddenInput)

    def _add_weight(self, number: int) -> None:
        self.fields[f"blend_{number}"] = forms.FloatField(
            required=False,
            min_value=0,
            max_value=1000,
            initial=1,
            label=f"Weight of style {number}",
            widget=forms.NumberInput(attrs={"step": "any", "aria-label": f"Weight of style {number}"}),
        )

    @property
    def picture_slots(self) -> list[Slot]:
        """The places for content and styles, the content's first."""
        return self._slots[:-1]

    @property
    def start_slot(self) -> Slot:
        """The place for a picture to start from."""
        return self._slots[-1]

    @cached_property
    def _slots(self) -> list[Slot]:
        roles = (*self.roles, slots.START)
        here = slots.find(*(self[f"{role}_id"].value() for role in roles))
        return [
            Slot(
                role=role,
                hint=HINTS.get(role, "The picture whose manner is taken"),
                file=self[role],
                known=self[f"{role}_id"],
                expected=self[f"{role}_expected"],
                weight=self[f"blend_{number}"] if f"blend_{number}" in self.fields else None,
                chosen=here.get(str(self[f"{role}_id"].value())),
                notice=self.notices.get(role, ""),
            )
            for number, role in enumerate(roles)
        ]

    @property
    def may_have_more_styles(self) -> bool:
        """Whether there may be one more."""
        return self.styles < MOST_STYLES

    def clean(self) -> dict[str, Any]:
        """Decodes uploads and looks up pictures; what is wrong with one stands beside it."""
        cleaned = super().clean()
        roles = (*self.roles, slots.START)
        here = slots.find(*(cleaned.get(f"{role}_id") for role in roles))
        self.strangers: list[str] = []
        self._pixels = 0
        for role in roles:
            if role not in self.errors:
                cleaned[role] = self._picture(role, cleaned, here, needed=role in NEEDED)
        self.filled = [role for role in self.roles if cleaned.get(role)]
        self._choose_the_start(cleaned)
        if not self.errors:
            self._weigh(cleaned)
        if not self.errors:
            self.take_masks(dict(zip(self.filled, self.sizes(), strict=True)))
        if not self.errors:
            if "preview" in self.data:
                self.recipe = _changed(self.recipe, image_size=min(PREVIEW, self.recipe.image_size))
            self._refuse_what_cannot_be_done()
        return cleaned

    def _picture(
        self, role: str, cleaned: dict[str, Any], here: dict[str, slots.Known], needed: bool
    ) -> Decoded | Picture | None:
        upload, identifier = cleaned.get(role), cleaned.get(f"{role}_id")
        known = here.get(str(identifier))
        try:
            if upload:
                decoded = self._counted(uploads.decode(upload))
                self._compare(upload, decoded, cleaned.get(f"{role}_expected"))
                return decoded
            if isinstance(known, Render):
                return self._counted(uploads.decode_output(known))
        except forms.ValidationError as error:
            self.add_error(role, error)
            return None
        if known is None and f"{role}_id" in self.errors:
            self.add_error(role, "That is not the id of a picture.")
        elif known is None and identifier:
            self.add_error(role, "That picture is not here any more: choose another one.")
        elif known is None and needed:
            self.add_error(role, f"Choose a {role} picture.")
        return known

    def _counted(self, decoded: Decoded) -> Decoded:
        self._pixels += decoded.picture.width * decoded.picture.height
        if self._pixels > MOST_PIXELS:
            raise forms.ValidationError(
                f"All uploads together have more than {MOST_PIXELS // 10**6} million pixels: scale this one down first."
            )
        return decoded

    def _compare(self, upload: UploadedFile, decoded: Decoded, expected: str | None) -> None:
        if expected and not recall.is_it(upload, decoded, expected):
            self.strangers.append(recall.about_stranger(decoded.name, expected))

    def _choose_the_start(self, cleaned: dict[str, Any]) -> None:
        """A picture that was given is started from, unless a person chose something else."""
        asked_for = cleaned.get("init") == "picture"
        if not cleaned.get(slots.START):
            if asked_for and slots.START not in self.errors:
                self.add_error(slots.START, "Choose a picture to start from.")
        elif not self.errors and not asked_for and "init" not in self.changed_data:
            self.recipe = _changed(self.recipe, init="picture")

    def _weigh(self, cleaned: dict[str, Any]) -> None:
        """Makes the styles' weights the recipe's; weights that are all the same are none."""
        weights = []
        for role in self.filled[1:]:
            weight = cleaned.get(f"blend_{self.roles.index(role)}")
            weights.append(1.0 if weight is None else weight)
        if len(weights) > 1 and not any(weights):
            self.add_error("blend_1", "At least one weight must be more than 0.")
        elif len(set(weights)) > 1:
            self.recipe = _changed(self.recipe, style_blend_weights=tuple(weights))

    def _refuse_what_cannot_be_done(self) -> None:
        try:
            refuse_what_cannot_be_done(self.recipe, *self.sizes())
        except PlanError as error:
            self.add_error("image_size", str(error))

    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of the content and of each style. Only for a valid form."""
        return [_size(self.cleaned_data[role]) for role in self.filled]

    def pictures(self, owner: Ownership) -> tuple[Picture, ...]:
        """Content and styles, stored if they were uploaded. Only for a valid form."""
        return tuple(_stored(self.cleaned_data[role], owner) for role in self.filled)

    def start(self, owner: Ownership) -> Picture | None:
        """The picture that the recipe starts from, stored if it was uploaded. Only for a valid form."""
        return _stored(self.cleaned_data[slots.START], owner) if self.recipe.init == "picture" else None


def _changed(recipe: StyleRecipe, **fields: object) -> StyleRecipe:
    return StyleRecipe.model_validate({**recipe.model_dump(), **fields})


def _stored(found: Decoded | Picture, owner: Ownership) -> Picture:
    return uploads.store(found, owner) if isinstance(found, Decoded) else found


def _size(found: Decoded | Picture) -> tuple[int, int]:
    return found.picture.size if isinstance(found, Decoded) else (found.width, found.height)
