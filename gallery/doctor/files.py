"""Stored files, those that rows refer to and those that none does, and the weights of the networks."""

import datetime
import shlex
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from gallery.doctor.findings import Finding, ok, problem, warning
from gallery.models import StoredFile
from gallery.models.files import DERIVED, KINDS
from gallery.pictures import blobs
from gallery.pictures.results import derived
from gallery.processes.pasted import manage
from transfer import words
from transfer.features.registry import BACKBONES
from transfer.recipes.style import StyleRecipe

LITTLE, NEXT_TO_NOTHING = 2**30, 100 * 2**20
YOUNG = datetime.timedelta(hours=1)  # a file is stored before its row refers to it


def storage() -> Finding:
    """What is written can be read and deleted, and there is room for more."""
    place = getattr(default_storage, "location", default_storage.__class__.__name__)
    try:
        _try_storage()
    except OSError as error:
        quoted = shlex.quote(str(place))
        return problem(f"{place} cannot be written to: {error}", f"ls -ld {quoted}; df -h {quoted}")
    if not isinstance(place, str) or not Path(place).is_dir():
        return ok(f"{place} can be written to and read")
    free = shutil.disk_usage(place).free
    sentence = f"{place} can be written to and read, {words.memory(free)} are free"
    if free < NEXT_TO_NOTHING:
        return problem(sentence, f"make room: du -sh {shlex.quote(place)}/*")
    return warning(sentence, f"make room: du -sh {shlex.quote(place)}/*") if free < LITTLE else ok(sentence)


def _try_storage() -> None:
    """Writes, reads and deletes a file. Raises OSError if that fails."""
    name = default_storage.save(f"health/{uuid.uuid4().hex}", ContentFile(b"ok"))
    try:
        with default_storage.open(name) as file:
            if file.read() != b"ok":
                raise OSError("what was written is not what was read")
    finally:
        default_storage.delete(name)


def weights() -> Finding:
    """The networks that recipes can name."""
    default = BACKBONES[StyleRecipe.model_fields["backbone"].default]
    if not default.available:
        return problem(f"{default.name}, which recipes use by default, is not here", default.remedy)
    here = ", ".join(each.name for each in BACKBONES.values() if each.available)
    elsewhere = "; ".join(f"for {each.name}, {each.remedy}" for each in BACKBONES.values() if not each.available)
    return ok(f"here: {here}" + (f". Not here: {elsewhere}" if elsewhere else ""))


def missing() -> Finding:
    """Files that rows refer to are there."""
    lost = sorted(_referred_to() - set(_stored()))
    if not lost:
        return ok("none")
    sentence = f"{words.counted(len(lost), 'file')} that rows refer to, such as {lost[0]}"
    return problem(sentence, "restore the media folder from a backup, or delete those rows in /admin/")


def orphaned() -> Finding:
    """Files that no row refers to only take up room."""
    names = list(orphans())
    if not names:
        return ok("none")
    room = sum(default_storage.size(name) for name in names)
    sentence = f"{words.counted(len(names), 'file')} that no row refers to, {words.memory(room)}"
    return warning(sentence, f"{manage('doctor', '--orphans')} | xargs -r -d '\\n' rm")


def orphans() -> Iterator[str]:
    """The names of stored files that no row refers to, but for those that were stored just now."""
    before = timezone.now() - YOUNG
    referred_to = _referred_to()
    outputs = {derived.key(name) for name in referred_to}
    for name in sorted(_stored()):
        is_derived = name.startswith(f"{DERIVED.folder}/")
        needed = derived.key(name) in outputs if is_derived else blobs.original(name) in referred_to
        if not needed and default_storage.get_modified_time(name) < before:
            yield name


def _referred_to() -> set[str]:
    return set(StoredFile.objects.used().values_list("name", flat=True))


def _stored() -> Iterator[str]:
    for folder in KINDS:
        yield from _files_in(folder)


def _files_in(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names)
    for inner in folders:
        yield from _files_in(f"{folder}/{inner}")
