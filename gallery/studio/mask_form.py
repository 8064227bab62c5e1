"""The part of the studio's form that takes painted regions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.storage import default_storage
from PIL import Image

from gallery.accounts.person import Person
from gallery.models import Picture, Render
from gallery.pictures import masks
from gallery.pictures.masks import Size
from gallery.queueing.order import Order
from gallery.recipes.fields import RecipeForm
from gallery.studio import slots
from transfer.errors import MaskError
from transfer.inputs import Role
from transfer.recipes.style import MOST_STYLES
from transfer.style.regions import check_labels

# The file that goes with each place for a picture.
MASKS = {"content": "content_mask", "style": "style_mask_1"}
MASKS |= {f"style_{number}": f"style_mask_{number}" for number in range(2, MOST_STYLES + 1)}


class MaskForm(RecipeForm):
    """Takes `content_mask`, `style_mask_1`, `style_mask_2`... as files; with them, regions are by masks.

    `masks_from` names a render whose masks are taken where regions are by masks and none are sent, as without a script.
    The field `masks` has no value: it is where complaints about them stand.
    """

    masks = forms.Field(required=False, widget=forms.HiddenInput)
    masks_from = forms.UUIDField(required=False, widget=forms.HiddenInput)
    painted: tuple[Image.Image, ...] = ()

    def __init__(self, person: Person, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        self._lender = _with_masks(self["masks_from"].value(), person)
        if self._lender is not None:
            self.offer("regions", "masks")

    @property
    def takes_masks(self) -> bool:
        """Whether the kind of work has regions."""
        return self.kind.of(Role.MASK) is not None

    def take_masks(self, sizes: Mapping[str, Size]) -> None:
        """Reads the masks of pictures of these sizes, by place, the content first. To be called by `clean`."""
        are_sent = any(MASKS[name] in self.files for name in sizes)
        if not self.takes_masks or not (are_sent or self.recipe.uses(Role.MASK)):
            return
        beside = "masks" if are_sent else "regions"
        try:
            self.painted = tuple(self._mask(*each) for each in sizes.items()) if are_sent else self._lent(sizes)
            check_labels(self.painted[0], self.painted[1:])
        except forms.ValidationError as error:
            self.add_error(beside, error)
        except MaskError as error:
            self.add_error(beside, str(error))
        else:
            self.recipe = self.recipe.model_copy(update={"regions": "masks"})

    def stored_masks(self) -> tuple[str, ...]:
        """The names under which the masks are stored now. Only for a valid form."""
        return tuple(map(masks.store, self.painted))

    def _lent(self, roles: Iterable[str]) -> tuple[Image.Image, ...]:
        """The masks of the render that lends them, if they are of the same pictures."""
        chosen = [self.cleaned_data[role] for role in roles]
        hashes = [each.sha256 if isinstance(each, Picture) else "" for each in chosen]
        if self._lender is None or [picture.sha256 for picture in self._lender.pictured()] != hashes:
            raise forms.ValidationError(
                "The regions were painted over other pictures: choose another way to find them."
            )
        return tuple(map(masks.stored, self._lender.masks))

    def _mask(self, role: str, size: Size) -> Image.Image:
        whose = role.replace("_", " ")
        upload = self.files.get(MASKS[role])
        if upload is None:
            raise forms.ValidationError(f"The {whose} has no mask: paint regions over every picture, or over none.")
        return masks.read(upload, size, whose)


def _with_masks(identifier: object, person: Person) -> Order | None:
    """What a render was asked for with, if this person may see it and it has masks."""
    named = slots.as_uuid(identifier)
    source = Render.objects.visible_to(person).filter(pk=named).first() if named else None
    order = Order.of(source) if source else None
    return order if order and order.masks else None


def masks_of(order: Order) -> dict[str, dict[str, str]]:
    """Where an order's masks are, by role, with the picture that each was painted over."""
    return {
        role: {"picture": str(picture.pk), "address": default_storage.url(name)}
        for role, picture, name in zip(MASKS, order.pictured(), order.masks, strict=False)
    }
