"""The studio's form: the pictures that a kind of work takes, each uploaded or already there, and a recipe."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property

from gallery.models import Picture, Render
from gallery.pictures import clips, cropping, uploads
from gallery.pictures.uploads import Decoded
from gallery.recipes.validation import Faults
from gallery.studio import going_round, recall, slots
from gallery.studio.crop_field import CropField, in_percent
from gallery.studio.mask_form import MaskForm
from gallery.studio.submission import Asked, Refused, checked
from transfer.cropping import Crop
from transfer.inputs import Role
from transfer.kinds import Takes

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,.heic,.heif,image/gif,image/bmp"
Pictures = dict[str, UploadedFile | Picture | Render]  # by the names of places
SHA256 = RegexValidator(r"^[0-9a-f]{64}\Z", "That is not the hash of a picture.")


@dataclass(frozen=True)
class Slot:
    """A place for a picture as it stands on the page; `role` is its name.

    `limits` are the bounds of what may be uploaded, for a script. `expected` holds the hash that a recalled recipe
    names, `crop` which part of the picture is meant, `weight` the style's share among several.
    """

    role: str
    hint: str
    file: BoundField
    known: BoundField
    expected: BoundField
    crop: BoundField
    weight: BoundField | None
    chosen: slots.Known | None
    notice: str
    limits: str
    is_of_clip: bool

    @property
    def is_asked_for(self) -> bool:
        """Whether the page says that a picture is missing, or what is wrong with the one that was given."""
        return bool(self.notice or self.file.errors)

    @property
    def plain_crop(self) -> dict[str, Any]:
        """The crop's values for fields without a script."""
        return in_percent(self.crop.value())


def _accepted(takes: Takes) -> str:
    """What a browser offers to choose."""
    return clips.ACCEPTED if takes.clips else f"{ACCEPTED},image/tiff" if takes.heights else ACCEPTED


class StudioForm(MaskForm):
    """For each place of `slots`, `NAME` is a file, or `NAME_id` names a picture or a finished render that is there.

    `NAME_crop` says which part of it is meant.

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
        if self.may_go_round:
            self.fields["seam"] = forms.BooleanField(required=False, label="Leave the seam")
        if self.takes_masks:
            self.fields["by_name"] = forms.BooleanField(required=False)  # for programs

    @property
    def may_go_round(self) -> bool:
        """Whether the result can wrap where its content does."""
        return "wrap" in self.offered and self.kind.of(Role.CONTENT) is not None

    @property
    def goes_round(self) -> bool:
        """Whether the content does, as it is chosen on the page."""
        content = next((slot for slot in self._slots if slot.role == Role.CONTENT), None)
        return content is not None and not content.crop.value() and going_round.wrap_of(content.chosen) != "none"

    @property
    def _may_start_from_a_picture(self) -> bool:
        return "init" in self.offered and self.kind.of(Role.START) is not None

    def _add_slot(self, place: slots.Place) -> None:
        name, takes = place.name, place.takes
        is_one_of_several = self.counts.get(takes.role, 1) > 1
        label = f"{takes.title} {place.number}" if is_one_of_several else takes.title
        self.fields[name] = forms.FileField(
            required=False,
            label=label,
            widget=forms.FileInput(attrs={"accept": _accepted(takes)}),
        )
        self.fields[f"{name}_id"] = forms.UUIDField(required=False, widget=forms.HiddenInput)
        self.fields[f"{name}_expected"] = forms.CharField(required=False, validators=[SHA256], widget=forms.HiddenInput)
        self.fields[f"{name}_crop"] = CropField(required=False)
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
                crop=self[f"{place.name}_crop"],
                weight=self._weight(place),
                chosen=here.get(str(self[f"{place.name}_id"].value())),
                notice=self.notices.get(place.name, ""),
                limits=json.dumps(clips.limits() if place.takes.clips else uploads.LIMITS),
                is_of_clip=place.takes.clips,
            )
            for place in self.places
        ]

    def _weight(self, place: slots.Place) -> BoundField | None:
        name = f"blend_{place.number}"
        is_beside = slots.weights_of(self.kind.recipe, place.takes.role) is not None
        return self[name] if is_beside and name in self.fields else None

    @property
    def extendable(self) -> list[Takes]:
        """The roles of which there may be one more."""
        return [takes for takes in slots.several(self.kind) if self.counts[takes.role] < takes.most]

    @property
    def is_swappable(self) -> bool:
        """Whether the first two pictures may change places: a content and a style."""
        return {Role.CONTENT, Role.STYLE} <= {place.takes.role for place in self.places if not place.takes.clips}

    def check(self, cleaned: dict[str, Any]) -> None:
        """Makes `submission` of what the form holds; what is wrong with a picture stands beside it."""
        faults = self.faults()
        for role in self._not_taken():
            faults.add(NON_FIELD_ERRORS, f"{self.kind.title} takes no {role} picture: leave it out.")
        pictures, crops = self._parts(self._pictures(cleaned, faults), cleaned)
        asked = Asked(
            kind=self.kind,
            values=self._started(self.values(cleaned)),
            pictures=pictures,
            weights={name: value for name, value in cleaned.items() if name.startswith("blend_")},
            masks=self.sent_masks(),
            crops=crops,
            lender=self.lender,
            region_names=str(self.data.get("region_names", "")),
            by_name=self.asks_by_name,
            follows_content=not cleaned.get("seam"),
            preview="preview" in self.data,
        )
        try:
            self.submission = checked(asked, faults)
        except Refused as refused:
            self.complain(refused.faults)
        else:
            self.strangers = list(self._strangers(cleaned))

    def _not_taken(self) -> Iterator[Role]:
        """The roles of pictures that were given, and that are nothing to this kind of work."""
        for role in Role:
            if self.kind.of(role) is None and (role.value in self.files or self.data.get(f"{role.value}_id")):
                yield role

    def _started(self, values: dict[str, Any]) -> dict[str, Any]:
        """A picture that was given is started from, unless a person chose something else."""
        is_given = self._may_start_from_a_picture and self._is_filled(Role.START.value)
        return values | ({"init": "picture"} if is_given and "init" not in self.changed_data else {})

    def _is_filled(self, name: str) -> bool:
        return bool(self.cleaned_data.get(name) or self.cleaned_data.get(f"{name}_id"))

    def _pictures(self, cleaned: dict[str, Any], faults: Faults) -> Pictures:
        """What was uploaded, and what is here already, by the names of places."""
        here = slots.find(self.person, *(cleaned.get(f"{place.name}_id") for place in self.places))
        found: Pictures = {}
        for name in (place.name for place in self.places if place.name not in faults):
            identifier = cleaned.get(f"{name}_id")
            if given := cleaned.get(name) or here.get(str(identifier)):
                found[name] = given
            elif f"{name}_id" in faults:
                faults.add(name, "That is not the id of a picture.")
            elif identifier:
                faults.add(name, "That picture is not here any more: choose another one.")
        return found

    def _parts(self, pictures: Pictures, cleaned: dict[str, Any]) -> tuple[Pictures, dict[str, Crop]]:
        """The same pictures, with those parts that are here already in place of wholes, and the crops that are left."""
        crops = {name: crop for name in pictures if (crop := cleaned.get(f"{name}_crop"))}
        found = dict(pictures)
        for name, crop in list(crops.items()):
            whole = pictures[name]
            if isinstance(whole, Picture) and (part := cropping.there(whole, crop, self.person)):
                found[name] = part
                del crops[name]
        return found, crops

    def _strangers(self, cleaned: dict[str, Any]) -> Iterator[str]:
        for place, picture in self.submission.pictures.items():
            upload, expected = cleaned.get(place.name), cleaned.get(f"{place.name}_expected")
            if not (upload and expected and isinstance(picture, Decoded)) or picture.known.origin_sha256 == expected:
                continue
            if not recall.is_it(upload, picture, expected):
                yield recall.about_stranger(picture.name, expected)
