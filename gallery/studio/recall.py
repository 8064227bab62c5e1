"""A finished picture's recipe, read back from its file, to fill in the studio. Nothing that it says is trusted."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from gallery.accounts.person import Person
from gallery.models import Picture
from gallery.pictures import blobs, cropping, names
from gallery.pictures.uploads import LARGEST_FILE, Decoded
from gallery.recipes.fields import initial
from gallery.studio import going_round, slots
from transfer.inputs import Role
from transfer.kinds import UNKNOWN, Kind, kind_of
from transfer.metadata import FORMATS, Provenance, Source, UsedSource, found_in
from transfer.reading.formats import format_of
from transfer.synthesis.recipes.base import MadeRecipe

READABLE = frozenset(FORMATS.values())
SHORT = 12  # digits of a hash that tell two pictures apart


@dataclass(frozen=True)
class Recalled:
    """`values` for a kind's form, a notice for each place whose picture is not here, and what else there is to say.

    `makes` is the recipe where a generator made the picture out of numbers alone.
    """

    kind: Kind
    values: dict[str, Any]
    notices: dict[str, str]
    remarks: list[str]
    makes: MadeRecipe | None = None


def recall(upload: UploadedFile, person: Person) -> Recalled:
    """The recipe in an upload, with its pictures where they are here.

    The beginning of a file will do, as far as the metadata stands there. Raises ValidationError with one sentence.
    """
    made = _provenance(upload)
    kind = kind_of(made.recipe)
    if kind is UNKNOWN:
        raise ValidationError(" ".join(made.remarks))
    sources = {
        place.name: made.of(place.takes.role)[place.number - 1]
        for place in slots.all_places(kind)
        if place.number <= len(made.of(place.takes.role)) and made.recipe.uses(place.takes.role)
    }
    hashes = {each for source in sources.values() for each in (source.sha256, source.origin_sha256) if each}
    here = _stored(hashes, person)
    values, notices = initial(made.recipe) | slots.weights(made.recipe), {}
    values |= {name: kind.recipe.model_fields[name].default for name in _left_out(made)}
    for name, source in sources.items():
        filled = _filled_in(source, here, person)
        values |= {f"{name}_{what}": value for what, value in filled.items()}
        if "expected" in filled:
            notices[name] = _about_missing(source)
    content = made.of(Role.CONTENT)
    values = going_round.as_filled_in(values, here.get(content[0].sha256) if content else None)
    makes = made.recipe if isinstance(made.recipe, MadeRecipe) and not kind.takes else None
    return Recalled(kind, values, notices, _remarks(made, len(notices)), makes)


def is_it(upload: UploadedFile, decoded: Decoded, sha256: str) -> bool:
    """Whether an upload is the picture of that hash: of its file, as the command line has it, or of what is stored."""
    upload.seek(0)
    if hashlib.file_digest(upload, "sha256").hexdigest() == sha256:  # type: ignore[arg-type]
        return True
    return blobs.digest(decoded.as_file()) == sha256


def about_stranger(name: str, sha256: str) -> str:
    """What to say of a picture that is not the one that a recipe names."""
    called = _short(name) or "This"
    return f"{called} is not the picture that the recipe names ({sha256[:SHORT]}…): expect another result."


def _provenance(upload: UploadedFile) -> Provenance:
    content, called = upload.read(LARGEST_FILE), names.called(upload.name or "")
    if format_of(content) not in READABLE:
        raise ValidationError(f"{called} is not a PNG, JPEG, WebP or AVIF picture, so there is no recipe in it.")
    found = found_in(content)
    if found is None:
        raise ValidationError(
            f"There is no recipe in {called} that can be read: it was not made by a Stylesite, or its metadata "
            "was lost on the way. To paint with it, choose it as content or as style."
        )
    return found


def _stored(hashes: set[str], person: Person) -> dict[str, Picture]:
    """Pictures by their hash, this person's own before anybody else's."""
    here = Picture.objects.visible_to(person).filter(sha256__in=hashes)
    return {each.sha256: each for pictures in (here, here.belonging_to(person)) for each in pictures}


def _filled_in(source: UsedSource, here: Mapping[str, Picture], person: Person) -> dict[str, Any]:
    """What a place has of a picture: its `id`, which `crop` of it is meant, and what is `expected` where it is gone."""
    picture = here.get(source.sha256)
    whole = cropping.whole_of(picture, person) if picture else here.get(source.origin_sha256)
    found = (whole or picture) if source.crop else picture
    values: dict[str, Any] = {"id": found.pk if found else None}
    if source.crop and found is whole:
        values["crop"] = source.crop
    if found is None:
        values["expected"] = source.origin_sha256 if source.crop else source.sha256
    return values


def _about_missing(source: UsedSource) -> str:
    if source.crop:
        return f"The whole of {_called(source)} is not here: choose it, and it is cropped as it was."
    return f"{_called(source)} is not here: choose it to get the same result."


def _called(source: Source) -> str:
    facts = f"{source.sha256[:SHORT]}…, {source.width} × {source.height} px"
    name = _short(source.name)
    return f"{name} ({facts})" if name else f"The picture {facts}"


def _short(name: str) -> str:
    """A name in quotes; empty for none."""
    name = names.short(name)
    return f"“{name}”" if name else ""


def _remarks(made: Provenance, missing: int) -> list[str]:
    said = ["The recipe is filled in" + (", and so are its pictures." if not missing else ".")]
    without = _left_out(made)
    if "regions" in without:
        said.append("It was made with painted regions, which are not in the file: paint them again.")
    if "init" in without:
        said.append("It started from a picture of its own, which is not in the file: it will start from the content.")
    return [*said, *made.remarks]


def _left_out(made: Provenance) -> list[str]:
    """The fields whose value needs a picture that cannot be filled in: masks, and a start that is not named."""
    recipe = dict(made.recipe)
    starts_from_nothing = recipe.get("init") == "picture" and not made.of(Role.START)
    needing = {"regions": recipe.get("regions") == "masks", "init": starts_from_nothing}
    return [name for name, is_needing in needing.items() if is_needing]
