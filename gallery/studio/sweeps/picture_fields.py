"""The part of a sweep's form that takes pictures: files, ids, a whole collection; for a plan, sizes alone."""

import json
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gallery.accounts.person import Person
from gallery.models import Collection
from gallery.pictures import blobs, uploads
from gallery.studio import stated
from gallery.studio.sweeps.axes import SweepError
from gallery.studio.sweeps.picture_axis import Subject, chosen, roles, uploaded
from transfer.kinds import Kind

ACCEPTED = "image/*,.heic,.heif,.avif"
OFFERED = 50  # collections, the latest


class ManyFiles(forms.FileInput):
    """An input of several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        """All of them."""
        return list(files.getlist(name)) if isinstance(files, MultiValueDict) else []


class FilesField(forms.FileField):
    """Any number of files, as a list; empty ones are complained of with the others, by their names."""

    widget = ManyFiles

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        """Each is checked by itself."""
        given = data if isinstance(data, list) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given if each]


class PictureFields(forms.Form):
    """For each axis, `pictures_1` are files, `pictures_1_id` ids of pictures and finished renders, and `collection_1` a
    collection whose renders are taken.

    With `plans`, which submits nothing, `pictures_1_size`, as in 640x480, stands for files that a browser still has.
    """

    def __init__(self, *args: Any, kind: Kind, person: Person | None, plans: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind, self.person, self.plans = kind, person, plans
        if not roles(kind) or person is None:
            return
        visible = Collection.objects.visible_to(person)
        newest = visible.filter(pk__in=visible.values("pk")[:OFFERED])
        for number in ("1", "2"):
            self.fields[f"pictures_{number}"] = FilesField(
                required=False,
                label="Pictures",
                widget=ManyFiles(attrs={"accept": ACCEPTED}),
                help_text="Choose or drop as many as you like. What is chosen above comes first.",
            )
            self.fields[f"collection_{number}"] = forms.ModelChoiceField(
                newest, required=False, label="and a whole collection", empty_label="none"
            )

    @property
    def limits(self) -> str:
        """The bounds of what may be uploaded, for a script."""
        return json.dumps(uploads.LIMITS)

    def pictures(self, number: str) -> list[Subject]:
        """The pictures of an axis, each once; what is wrong with some of them stands beside them."""
        if self.person is None:
            return []
        files = _different(self.cleaned_data.get(f"pictures_{number}") or [])
        found, complaints = uploaded(files)
        try:
            here = chosen(self.person, _listed(self.data, f"pictures_{number}_id"), self._collection(number))
        except SweepError as error:
            here = []
            complaints.append(str(error))
        for sentence in complaints:
            self.add_error(f"pictures_{number}", sentence)
        return [*found, *here, *(self._stated(number) if self.plans else ())]

    def _collection(self, number: str) -> Collection | None:
        found: Collection | None = self.cleaned_data.get(f"collection_{number}")
        return found

    def _stated(self, number: str) -> list[Subject]:
        """Pictures of which a browser tells the size alone."""
        return [Subject("", size) for size in map(stated.size, _listed(self.data, f"pictures_{number}_size")) if size]


def _listed(data: Any, name: str) -> list[str]:
    return data.getlist(name) if isinstance(data, QueryDict) else []


def _different(files: list[UploadedFile]) -> list[UploadedFile]:
    """Equal files once."""
    found: dict[str, UploadedFile] = {}
    for file in files:
        file.seek(0)
        found.setdefault(blobs.digest(file.read()), file)
        file.seek(0)
    return list(found.values())
