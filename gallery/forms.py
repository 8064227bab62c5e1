"""The studio's form: two pictures, each uploaded or already there, and a recipe."""

from typing import Any, ClassVar

from django import forms

from gallery import uploads
from gallery.access import Ownership
from gallery.models import Picture
from gallery.planning import refuse_what_cannot_be_done
from gallery.recipe_fields import RecipeForm
from gallery.uploads import Decoded
from transfer.errors import PlanError

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"


class StudioForm(RecipeForm):
    """`content` and `style` are files, or `content_id` and `style_id` name pictures that are there already.

    Nothing is stored before the whole form is valid.
    """

    ROLES: ClassVar[tuple[str, str]] = ("content", "style")

    content = forms.FileField(required=False, label="Content", widget=forms.FileInput(attrs={"accept": ACCEPTED}))
    style = forms.FileField(required=False, label="Style", widget=forms.FileInput(attrs={"accept": ACCEPTED}))
    content_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    style_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Decodes uploads and looks up pictures; what is wrong with one stands beside it."""
        cleaned = super().clean()
        for role in self.ROLES:
            if role not in self.errors:
                cleaned[role] = self._picture(role, cleaned)
        if not self.errors:
            self._refuse_what_cannot_be_done(cleaned)
        return cleaned

    def _refuse_what_cannot_be_done(self, cleaned: dict[str, Any]) -> None:
        try:
            refuse_what_cannot_be_done(self.recipe, *(_size(cleaned[role]) for role in self.ROLES))
        except PlanError as error:
            self.add_error("image_size", str(error))

    def _picture(self, role: str, cleaned: dict[str, Any]) -> Decoded | Picture | None:
        upload, known = cleaned.get(role), cleaned.get(f"{role}_id")
        try:
            if upload:
                return uploads.decode(upload)
            if known:
                return Picture.objects.get(pk=known)
        except Picture.DoesNotExist:
            self.add_error(role, "That picture is not here any more: choose another one.")
            return None
        except forms.ValidationError as error:
            self.add_error(role, error)
            return None
        if f"{role}_id" in self.errors:
            self.add_error(role, "That is not the id of a picture.")
        else:
            self.add_error(role, f"Choose a {role} picture.")
        return None

    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of content and style. Only for a valid form."""
        return [_size(self.cleaned_data[role]) for role in self.ROLES]

    def pictures(self, owner: Ownership) -> tuple[Picture, Picture]:
        """Content and style, stored if they were uploaded. Only for a valid form."""
        content, style = (
            uploads.store(found, owner) if isinstance(found, Decoded) else found
            for found in (self.cleaned_data[role] for role in self.ROLES)
        )
        return content, style


def _size(found: Decoded | Picture) -> tuple[int, int]:
    return found.picture.size if isinstance(found, Decoded) else (found.width, found.height)
