"""The studio's form: the pictures that a kind of work takes, each uploaded or already there, and a recipe."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property

from gallery.accounts.person import Person
from gallery.models import Picture, Render
from gallery.pictures import uploads
from gallery.pictures.uploads import Decoded
from gallery.queueing.order import Order, OrderInput
from gallery.queueing.planning import refuse_what_cannot_be_done
from gallery.studio import recall, slots
from gallery.studio.mask_form import MaskForm
from transfer.engine.ladder import PREVIEW
from transfer.errors import PlanError
from transfer.inputs import Role
from transfer.kinds import Size, Sizes, Takes

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"
MOST_PIXELS = 2 * uploads.LARGEST_AREA  # of all uploads of one form, since they are in memory together
SHA256 = RegexValidator(r"^[0-9a-f]{64}\Z", "That is not the hash of a picture.")


@dataclass(frozen=True)
class Slot:
    """A place for a picture as it stands on the page; `role` is its name.

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
    """For each place of `slots`, `NAME` is a file, or `NAME_id` names a picture or a finished render that is there.

    Further places that are left empty do not count. A picture to start from is started from, unless a person chose
    another start since the form was shown. With `preview` the recipe is that of the preview. Nothing is stored before
    the whole form is valid. `strangers` are sentences on files that are not what a recalled recipe names.
    """

    def __init__(self, *args: Any, notices: dict[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.notices = notices or {}
        self.counts = slots.counts_in(self.kind, [*self.data, *self.files, *self.initial])
        self.places = slots.places(self.kind, self.counts)
        for place in self.places:
            self._add_slot(place)
        if self._may_start_from_a_picture:
            self.offer("init", "picture")
            self.fields["init"].show_hidden_initial = True  # tells what a person chose from what was there

    @property
    def _may_start_from_a_picture(self) -> bool:
        return "init" in self.offered and self.kind.of(Role.START) is not None

    def _add_slot(self, place: slots.Place) -> None:
        name, takes = place.name, place.takes
        is_one_of_several = self.counts.get(takes.role, 1) > 1
        label = f"{takes.title} {place.number}" if is_one_of_several else takes.title
        self.fields[name] = forms.FileField(
            required=False, label=label, widget=forms.FileInput(attrs={"accept": ACCEPTED})
        )
        self.fields[f"{name}_id"] = forms.UUIDField(required=False, widget=forms.HiddenInput)
        self.fields[f"{name}_expected"] = forms.CharField(required=False, validators=[SHA256], widget=forms.HiddenInput)
        if is_one_of_several and slots.weights_of(self.kind.recipe, takes.role):
            words = f"Weight of {takes.title.lower()} {place.number}"
            self.fields[f"blend_{place.number}"] = forms.FloatField(
                required=False,
                min_value=0,
                max_value=1000,
                initial=1,
                label=words,
                widget=forms.NumberInput(attrs={"step": "any", "aria-label": words}),
            )

    @property
    def picture_slots(self) -> list[Slot]:
        """The places for pictures, in the kind's order, but for the one to start from."""
        return [slot for slot in self._slots if slot is not self.start_slot]

    @property
    def start_slot(self) -> Slot | None:
        """The place for a picture to start from, if that stands beside the choice of a start."""
        if not self._may_start_from_a_picture:
            return None
        return next(slot for slot in self._slots if slot.role == Role.START)

    @cached_property
    def _slots(self) -> list[Slot]:
        here = slots.find(self.person, *(self[f"{place.name}_id"].value() for place in self.places))
        return [
            Slot(
                role=place.name,
                hint=place.takes.hint,
                file=self[place.name],
                known=self[f"{place.name}_id"],
                expected=self[f"{place.name}_expected"],
                weight=self._weight(place),
                chosen=here.get(str(self[f"{place.name}_id"].value())),
                notice=self.notices.get(place.name, ""),
            )
            for place in self.places
        ]

    def _weight(self, place: slots.Place) -> BoundField | None:
        name = f"blend_{place.number}"
        is_beside = slots.weights_of(self.kind.recipe, place.takes.role) is not None
        return self[name] if is_beside and name in self.fields else None

    @property
    def may_have_more(self) -> list[Takes]:
        """The roles of which there may be one more."""
        return [takes for takes in slots.several(self.kind) if self.counts[takes.role] < takes.most]

    @property
    def is_swappable(self) -> bool:
        """Whether the first two pictures may change places: a content and a style."""
        return {Role.CONTENT, Role.STYLE} <= {place.takes.role for place in self.places}

    def clean(self) -> dict[str, Any]:
        """Decodes uploads and looks up pictures; what is wrong with one stands beside it."""
        cleaned = super().clean()
        here = slots.find(self.person, *(cleaned.get(f"{place.name}_id") for place in self.places))
        self.strangers: list[str] = []
        self._pixels = 0
        for place in self.places:
            if place.name not in self.errors:
                cleaned[place.name] = self._picture(place.name, cleaned, here, needed=place.is_needed)
        self.filled = [place for place in self.places if cleaned.get(place.name)]
        if self._may_start_from_a_picture:
            self._choose_the_start(cleaned)
        if not self.errors:
            self._weigh(cleaned)
        if not self.errors:
            masked = [place for place in self.filled if place.takes.role in (Role.CONTENT, Role.STYLE)]
            self.take_masks({place.name: _size(cleaned[place.name]) for place in masked})
        if not self.errors:
            if "preview" in self.data:
                self.recipe = self.recipe.with_changes(image_size=min(PREVIEW, self.recipe.image_size))
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
        asked_for, name = cleaned.get("init") == "picture", Role.START.value
        if not cleaned.get(name):
            if asked_for and name not in self.errors:
                self.add_error(name, "Choose a picture to start from.")
        elif not self.errors and not asked_for and "init" not in self.changed_data:
            self.recipe = self.recipe.with_changes(init="picture")

    def _weigh(self, cleaned: dict[str, Any]) -> None:
        """Makes what stands beside pictures the recipe's; weights that are all the same are none."""
        for role in self.counts:
            name = slots.weights_of(self.kind.recipe, role)
            numbers = [place.number for place in self.filled if place.takes.role == role]
            weights = [cleaned.get(f"blend_{number}") for number in numbers]
            told = tuple(1.0 if weight is None else weight for weight in weights)
            if name is None or len(told) < 2:
                continue
            if not any(told):
                self.add_error("blend_1", "At least one weight must be more than 0.")
            elif len(set(told)) > 1:
                self.recipe = self.recipe.with_changes(**{name: told})

    def _refuse_what_cannot_be_done(self) -> None:
        try:
            refuse_what_cannot_be_done(self.recipe, self.sizes())
        except PlanError as error:
            self.add_error("image_size", str(error))

    @property
    def _used(self) -> list[slots.Place]:
        """The places that are filled and that the recipe makes use of."""
        return [place for place in self.filled if self.recipe.uses(place.takes.role)]

    def sizes(self) -> Sizes:
        """Width and height of the pictures, by their roles. Only for a valid form."""
        found: dict[Role, list[Size]] = {}
        for place in self._used:
            found.setdefault(place.takes.role, []).append(_size(self.cleaned_data[place.name]))
        return found

    def pictures(self, person: Person) -> tuple[Picture, ...]:
        """The pictures, stored if they were uploaded. Only for a valid form."""
        found = (self.cleaned_data[place.name] for place in self._used)
        return tuple(uploads.store(each, person) if isinstance(each, Decoded) else each for each in found)

    def order(self, pictures: Sequence[Picture]) -> Order:
        """What is asked for, out of its stored pictures. Masks are stored now. Only for a valid form."""
        found: list[OrderInput] = []
        for place, picture in zip(self._used, pictures, strict=True):
            role, first = place.takes.role, place.takes.places[0]
            number = sum(each.role == role for each in found)  # without gaps, though places may be empty
            found.append(OrderInput(role, first + number, picture))
        found += [OrderInput(Role.MASK, place, file=name) for place, name in enumerate(self.stored_masks())]
        return Order(self.recipe, tuple(found))


def _size(found: Decoded | Picture) -> Size:
    return found.picture.size if isinstance(found, Decoded) else (found.width, found.height)
