"""The pictures along a sweep's axis: files, pictures and finished renders that are here, or a whole collection."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from gallery.accounts.person import Person
from gallery.models import Collection, Picture, Render
from gallery.pictures import uploads
from gallery.pictures.uploads import Decoded
from gallery.studio import slots
from gallery.studio.sweeps.axes import MOST_CELLS, SweepError
from transfer.inputs import Role
from transfer.kinds import Kind, Size, Takes

ROLES = (Role.CONTENT, Role.STYLE)
Source = UploadedFile | Decoded | Picture | Render


@dataclass(frozen=True)
class Subject:
    """A picture that varies; `source` is None while only a plan is made. `notes` say what is changed in a file."""

    name: str
    size: Size
    source: Source | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, source: Picture | Render | Decoded) -> "Subject":
        """A picture that was checked already."""
        if isinstance(source, Decoded):
            return cls(source.name, source.picture.size, source, source.notes)
        called = source.title or source.name if isinstance(source, Render) else str(source)
        return cls(called, (source.width, source.height), source)

    def stored(self, person: Person) -> Picture:
        """The picture as a row, made where there is none. Raises ValidationError where it went away meanwhile."""
        if isinstance(self.source, Picture):
            return self.source
        if isinstance(self.source, Decoded):
            return uploads.store(self.source, person)
        if isinstance(self.source, Render):
            return uploads.store(uploads.decode_output(self.source), person)
        if self.source is None:
            raise ValueError("A picture of which only the size is known cannot be stored.")
        self.source.seek(0)
        return uploads.store(uploads.decode(self.source), person)


def roles(kind: Kind) -> dict[str, Takes]:
    """The roles whose pictures may vary, by the names of their fields."""
    takes = (each for each in map(kind.of, ROLES) if each is not None and not each.clips)
    return {each.role.value: each for each in takes if each.role.value not in kind.recipe.model_fields}


def chosen(person: Person, identifiers: Sequence[str], collection: Collection | None) -> list[Subject]:
    """What is here already: the pictures and renders of these ids, then a collection's renders.

    Raises SweepError where one of them is gone.
    """
    wanted = [str(slots.as_uuid(each) or "") for each in dict.fromkeys(identifiers)][: MOST_CELLS + 1]
    here = slots.find(person, *wanted)
    if any(each not in here for each in wanted):
        raise SweepError("One of the pictures is not here any more: choose another one.")
    found: list[Picture | Render] = [here[each] for each in wanted]
    if collection is not None:
        entries = collection.entries.visible_to(person).order_by("added", "id").values_list("render", flat=True)
        renders = Render.objects.visible_to(person).finished().with_pictures().in_bulk(list(entries))
        found += [renders[each] for each in entries if each in renders and str(each) not in wanted]
    subjects = list(map(Subject.of, found))
    for subject in subjects:
        if isinstance(subject.source, Render) and (complaint := _about_output(subject.source)):
            raise SweepError(f"{subject.name}: {complaint}")
    return subjects


def _about_output(render: Render) -> str:
    """Why what came of a render cannot go into another one, in one sentence; empty where it can."""
    if not default_storage.exists(str(render.output)):
        return "Its picture is not here any more: leave it out."
    return uploads.about_size(render.width, render.height)


def uploaded(files: Iterable[UploadedFile]) -> tuple[list[Subject], list[str]]:
    """Files that are pictures, and what is wrong with the others. Each is decoded, and let go again."""
    found, complaints = [], []
    for file in files:
        try:
            decoded = uploads.decode(file)
        except ValidationError as error:
            complaints.extend(error.messages)
        else:
            found.append(Subject(decoded.name, decoded.picture.size, file, decoded.notes))
    return found, complaints
