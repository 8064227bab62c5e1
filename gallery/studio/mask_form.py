"""The part of the studio's form that takes painted regions."""

from typing import Any

from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from gallery.accounts.person import Person
from gallery.models import Render
from gallery.pictures import region_names
from gallery.queueing.order import Order
from gallery.recipes.fields import BY_NAME
from gallery.recipes.form import RecipeForm
from gallery.recipes.settings import FieldGroup
from gallery.studio import slots
from transfer.inputs import Role
from transfer.recipes.style import MOST_STYLES, REGIONS

# The file that goes with each place for a picture.
MASKS = {"content": "content_mask", "style": "style_mask_1"}
MASKS |= {f"style_{number}": f"style_mask_{number}" for number in range(2, MOST_STYLES + 1)}


HELP = (
    "Each region of the content takes its style only from the same region of a style: the sea from the sea, the sky "
    "from the sky."
)


class MaskForm(RecipeForm):
    """Takes `content_mask`, `style_mask_1`, `style_mask_2`... as files; with them, regions are by masks.

    `masks_from` names a render whose masks are taken where regions are by masks and none are sent, as without a script.
    The field `masks` has no value: it is where complaints about them stand.
    """

    masks = forms.Field(required=False, widget=forms.HiddenInput)
    masks_from = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, person: Person, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        self.lender = _with_masks(self["masks_from"].value(), person)
        if self.takes_masks:
            self._offer_regions()

    def _offer_regions(self) -> None:
        """By name, unless a person chooses otherwise: it changes nothing where pictures do not know their places."""
        self.offer("regions", BY_NAME)
        field: Any = self.fields["regions"]
        field.choices = [field.choices[-1], *field.choices[:-1]]
        field.initial = BY_NAME
        field.help_text = HELP
        if self.initial.get("regions") == "none":
            self.initial["regions"] = BY_NAME
        if self.lender is not None:
            self.offer("regions", "masks")

    @property
    def takes_masks(self) -> bool:
        """Whether the kind of work has regions."""
        return self.kind.of(Role.MASK) is not None and "regions" in self.offered

    @property
    def asks_by_name(self) -> bool:
        """Whether regions that nobody painted may be the places that all pictures know. Only once it is clean."""
        regions = self.cleaned_data.get("regions")
        asked = regions == BY_NAME or (self.cleaned_data.get("by_name") and regions in ("", "none"))
        return bool(asked) and not self.sent_masks()

    @property
    def region_group(self) -> FieldGroup:
        """The recipe's fields on regions, which have a section of their own."""
        return next(group for group in super().groups() if group.name == REGIONS)

    def groups(self) -> list[FieldGroup]:
        """The recipe's fields by group, but for those on regions."""
        return [group for group in super().groups() if group.name != REGIONS or not self.takes_masks]

    def sent_masks(self) -> dict[str, UploadedFile]:
        """The masks that came along, by the place of what they were painted over."""
        sent = ((place, self.files.get(name)) for place, name in MASKS.items())
        return {place: upload for place, upload in sent if isinstance(upload, UploadedFile)}


def _with_masks(identifier: object, person: Person) -> Order | None:
    """What a render was asked for with, if this person may see it and it has masks."""
    named = slots.as_uuid(identifier)
    source = Render.objects.visible_to(person).filter(pk=named).first() if named else None
    order = Order.of(source) if source else None
    return order if order and order.masks else None


def masks_of(order: Order) -> dict[str, dict[str, Any]]:
    """Where an order's masks are, by role, with the picture of each, and the names of its regions if they have any."""
    found: dict[str, dict[str, Any]] = {}
    for role, picture, name in zip(MASKS, order.pictured(), order.masks, strict=False):
        found[role] = {"picture": str(picture.pk), "address": default_storage.url(name)}
        if names := region_names.stored(name):
            found[role]["names"] = names
    return found
