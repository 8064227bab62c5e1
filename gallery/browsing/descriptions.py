"""What the owner of a render says about it: title, description and tags."""

from typing import Any

from django import forms
from django.db import transaction

from gallery.browsing import tags
from gallery.browsing.search import note_words
from gallery.browsing.writing import Lines, OneLine
from gallery.models import Render, Tag
from gallery.models.community import LONGEST_TAG

MOST_TAGS = 10


class DescriptionForm(forms.ModelForm):
    """Title, description, and tags separated by commas."""

    tags = forms.CharField(
        required=False,
        max_length=MOST_TAGS * (LONGEST_TAG + 2),
        help_text=f"At most {MOST_TAGS}, between commas.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )

    class Meta:
        model = Render
        fields = ["title", "description"]
        widgets = {"title": OneLine, "description": Lines(attrs={"rows": 4})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tags"].initial = ", ".join(tag.name for tag in self.instance.tags.all())

    def clean_tags(self) -> list[str]:
        """The tags in their normal form, without duplicates."""
        names = tags.written(self.cleaned_data["tags"])
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(f"These are {len(names)} tags: leave at most {MOST_TAGS}.")
        for name in names:
            tags.check(name)
        return names

    def save_to_row(self) -> None:
        """Saves title, description and tags, and no other column. Deletes tags that nobody uses any more."""
        render = self.instance
        with transaction.atomic():
            Render.objects.filter(pk=render.pk).update(title=render.title, description=render.description)
            before = list(render.tags.values_list("pk", flat=True))
            render.tags.set(Tag.objects.get_or_create(name=name)[0] for name in self.cleaned_data["tags"])
            Tag.objects.filter(pk__in=before, renders=None).delete()
            note_words(render)
