"""The part of the studio's form that takes painted regions."""

from collections.abc import Mapping

from django import forms
from django.core.files.storage import default_storage
from PIL import Image

from gallery.pictures import masks
from gallery.pictures.masks import Size
from gallery.queueing.order import Order
from gallery.recipes.fields import RecipeForm
from transfer.errors import MaskError
from transfer.inputs import Role
from transfer.recipes.style import MOST_STYLES
from transfer.style.regions import check_labels

# The file that goes with each place for a picture.
MASKS = {"content": "content_mask", "style": "style_mask_1"}
MASKS |= {f"style_{number}": f"style_mask_{number}" for number in range(2, MOST_STYLES + 1)}


class MaskForm(RecipeForm):
    """Takes `content_mask`, `style_mask_1`, `style_mask_2`... as files; with them, regions are by masks.

    The field `masks` has no value: it is where complaints about them stand.
    """

    masks = forms.Field(required=False, widget=forms.HiddenInput)
    painted: tuple[Image.Image, ...] = ()

    @property
    def takes_masks(self) -> bool:
        """Whether the kind of work has regions."""
        return self.kind.of(Role.MASK) is not None

    def take_masks(self, sizes: Mapping[str, Size]) -> None:
        """Reads the masks of pictures of these sizes, by place, the content first. To be called by `clean`."""
        if not self.takes_masks or not any(MASKS[name] in self.files for name in sizes):
            return
        try:
            self.painted = tuple(self._mask(role, size) for role, size in sizes.items())
            check_labels(self.painted[0], self.painted[1:])
        except forms.ValidationError as error:
            self.add_error("masks", error)
        except MaskError as error:
            self.add_error("masks", str(error))
        else:
            self.recipe = self.recipe.model_copy(update={"regions": "masks"})

    def stored_masks(self) -> tuple[str, ...]:
        """The names under which the masks are stored now. Only for a valid form."""
        return tuple(map(masks.store, self.painted))

    def _mask(self, role: str, size: Size) -> Image.Image:
        whose = role.replace("_", " ")
        upload = self.files.get(MASKS[role])
        if upload is None:
            raise forms.ValidationError(f"The {whose} has no mask: paint regions over every picture, or over none.")
        return masks.read(upload, size, whose)


def masks_of(order: Order) -> dict[str, dict[str, str]]:
    """Where an order's masks are, by role, with the picture that each was painted over."""
    pictures = (*order.pictures(Role.CONTENT), *order.styles)
    return {
        role: {"picture": str(picture.pk), "address": default_storage.url(name)}
        for role, picture, name in zip(MASKS, pictures, order.masks, strict=False)
    }
