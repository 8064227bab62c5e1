"""Asking for renders: plain values in, renders out, or the sentences of what is wrong, by field.

The studio's form, its sweeps, re-rendering and remixing all ask here, and so may a program: each rule is written, and
each sentence said, in one place. Nothing is stored before all is well.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image

from gallery.accounts.person import Person
from gallery.models import Picture, Render, Sweep
from gallery.pictures import clips, cropping, masks, passing, places, region_names, uploads
from gallery.pictures.uploads import Decoded
from gallery.queueing import previews, queue
from gallery.queueing.order import Order, OrderInput
from gallery.queueing.planning import refuse_what_cannot_be_done
from gallery.recipes.validation import Faults, recipe_of, what_is_missing
from gallery.studio import film_limits, going_round, slots
from gallery.studio.slots import Place
from gallery.studio.sweeps.axes import Axis
from transfer.cropping import Crop
from transfer.engine.ladder import PREVIEW
from transfer.errors import MaskError, PlanError
from transfer.inputs import Role
from transfer.kinds import Kind, Size, Sizes
from transfer.labels import LabelMap
from transfer.recipes.base import Recipe

MOST_PIXELS = 2 * uploads.LARGEST_AREA  # of all pictures that are decoded for one order: they are in memory together
MASKED = (Role.CONTENT, Role.STYLE)
Pictures = Mapping[Place, Decoded | Picture]


class Refused(Exception):
    """What was asked for cannot be done; `faults` says why."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(" ".join(sentence for sentences in faults.values() for sentence in sentences))
        self.faults = faults

    @classmethod
    def at(cls, name: str, sentence: str) -> "Refused":
        """For one reason."""
        return cls(Faults({name: [sentence]}))


@dataclass(frozen=True)
class Asked:
    """What somebody asks for. `values` are the recipe's, where those that are missing or empty have their default.

    `pictures` are uploads, stored pictures or finished renders, and `masks` uploads, both by the names of places
    (slots.py); so are `crops`, the parts of them that are meant. `weights` are of the pictures that the recipe has a
    weight for, by `blend_1`, `blend_2` and so on. Masks may instead be lent by an order for the same pictures.
    `region_names` says in JSON what regions of masks are called. With `by_name`, regions that nobody asked for
    otherwise are the places that all the pictures know. With `follows_content` the result wraps where the content does.
    With `preview` the recipe is that of the preview.
    """

    kind: Kind
    values: Mapping[str, Any]
    pictures: Mapping[str, UploadedFile | Picture | Render]
    weights: Mapping[str, float | None] = field(default_factory=dict)
    masks: Mapping[str, UploadedFile] = field(default_factory=dict)
    crops: Mapping[str, Crop] = field(default_factory=dict)
    lender: Order | None = None
    region_names: str = ""
    by_name: bool = False
    follows_content: bool = False
    preview: bool = False


@dataclass(frozen=True)
class Submission:
    """What was asked for and can be done: uploads are decoded, and nothing is stored yet.

    `pictures` are those that the recipe makes use of, in the kind's order; `wholes` are the whole ones of those of them
    that are parts; `painted` are their masks, if it uses masks.
    """

    recipe: Recipe
    pictures: Pictures
    wholes: Pictures
    painted: tuple[Image.Image, ...] = ()

    @property
    def notes(self) -> dict[str, tuple[str, ...]]:
        """What had to be changed in the uploads, a sentence each, by the names of places."""
        uploaded = {place.name: each for place, each in self.pictures.items() if isinstance(each, Decoded)}
        return {name: each.notes for name, each in uploaded.items() if each.notes}

    @property
    def sizes(self) -> Sizes:
        """Width and height of the pictures, by their roles."""
        found: dict[Role, list[Size]] = {}
        for place, picture in self.pictures.items():
            found.setdefault(place.takes.role, []).append(_size(picture))
        return found


def checked(asked: Asked, faults: Faults | None = None) -> Submission:
    """What is asked for, ready to be submitted. Raises Refused.

    `faults` are those that somebody has found already; there is no second word on what has some.
    """
    faults = Faults() if faults is None else faults
    recipe = recipe_of(asked.kind, asked.values, faults)
    pictures, wholes = _ready(asked, faults)
    if recipe is None or faults:
        raise Refused(faults)
    recipe = _weighed(recipe, pictures, asked)
    if asked.follows_content and Role.CONTENT not in asked.crops:
        recipe = going_round.followed(recipe, asked.pictures.get(Role.CONTENT))
    painted = _painted(recipe, pictures, asked)
    if painted:
        recipe = recipe.model_copy(update={"regions": "masks"})
    if asked.preview:
        recipe = recipe.previewed(PREVIEW)
    used = {place: picture for place, picture in pictures.items() if recipe.uses(place.takes.role)}
    found = Submission(recipe, used, {place: whole for place, whole in wholes.items() if place in used}, painted)
    refuse(found.recipe, found.sizes)
    return found


def has_no_regions(recipe: Recipe) -> bool:
    """Whether a recipe that could have regions asks for none, so that they may be found by name."""
    return getattr(recipe, "regions", "") == "none"


def refuse(recipe: Recipe, sizes: Sizes) -> None:
    """Raises Refused where no worker can paint by this recipe from pictures of these sizes, or this site lets none."""
    if faults := film_limits.faults(recipe, sizes):
        raise Refused(faults)
    if sentence := what_is_missing(recipe.network):
        raise Refused.at("backbone", sentence)
    try:
        refuse_what_cannot_be_done(recipe, sizes)
    except PlanError as error:
        raise Refused.at("image_size", str(error)) from error


def submit(submission: Submission, person: Person) -> Render:
    """A new waiting render of `person`'s."""
    pictures = _stored(submission, person)
    with transaction.atomic():  # so that nobody discards a mask before there is a row that needs it
        return queue.submit(_order(submission, pictures), person)


def ordered(submission: Submission, person: Person) -> Order:
    """What is asked for, its pictures stored. For one without masks: nothing needs these before there is a row."""
    return _order(submission, _stored(submission, person))


def preview(submission: Submission, person: Person, tab: str) -> tuple[Render, dict[str, Picture]]:
    """A preview for a tab of `person`'s studio, and pictures that are stored now, by their places' names.

    Of a part that is the whole one, since the page asks for the same part of it the next time.
    """
    pictures, wholes = (_rows(each, person, passes=True) for each in (submission.pictures, submission.wholes))
    passing.renew([*pictures.values(), *wholes.values()])
    with transaction.atomic():
        row = previews.begin(_order(submission, pictures), person, tab)
    return row, {place.name: each for place, each in (pictures | wholes).items() if not each.crop}


def submit_sweep(submission: Submission, axes: Sequence[Axis], recipes: Sequence[Recipe], person: Person) -> Sweep:
    """A new sweep of `person`'s over `axes`, whose cells are painted by these recipes, row by row."""
    pictures = _stored(submission, person)
    with transaction.atomic():
        return sweep_of(_order(submission, pictures), axes, recipes, person)


def sweep_of(order: Order, axes: Sequence[Axis], recipes: Sequence[Recipe], person: Person) -> Sweep:
    """The same, of what a render was asked for with."""
    return queue.submit_sweep([axis.as_json() for axis in axes], list(map(order.by, recipes)), person)


def again(render: Render, recipe: Recipe, person: Person) -> Render:
    """A new render of the pictures of another one, its parent, by another recipe and with its title. Raises Refused."""
    order = Order.of(render).by(recipe)
    refuse(order.recipe, order.sizes)
    with transaction.atomic():
        child = queue.submit(order, person, parent=render)
        child.title = render.title
        child.save(update_fields=["title"])
    return child


def _ready(asked: Asked, faults: Faults) -> tuple[Pictures, Pictures]:
    """The pictures by their places, decoded if they are not stored as pictures yet; and of parts, the whole ones."""
    found, wholes, pixels = dict[Place, Decoded | Picture](), dict[Place, Decoded | Picture](), 0
    for place in slots.places(asked.kind, slots.counts_in(asked.kind, asked.pictures)):
        given = asked.pictures.get(place.name)
        if place.name in faults:
            continue
        if given is None:
            faults |= _about_nothing(place, asked)
            continue
        try:
            found[place] = picture = _decoded(given, place)
            pixels += 0 if isinstance(picture, Picture) else math.prod(_size(picture))
            _refuse_too_many(pixels)
            if (crop := asked.crops.get(place.name)) and place.takes.clips:
                raise ValidationError("A film cannot be cropped: take all of it.")
            if crop:
                found[place], wholes[place] = cropping.cropped(picture, crop), picture
        except ValidationError as error:
            faults.add(place.name, " ".join(error.messages))
    return found, wholes


def _about_nothing(place: Place, asked: Asked) -> dict[str, list[str]]:
    """What there is to say where no picture was given."""
    if place.takes.role is Role.START and asked.values.get("init") == "picture":
        return {place.name: ["Choose a picture to start from."]}
    wanted = place.takes.title.lower()
    what = wanted if wanted in ("picture", "clip") else f"{wanted} picture"
    return {place.name: [f"Choose a {what}."]} if place.is_needed else {}


def _decoded(given: UploadedFile | Picture | Render, place: Place) -> Decoded | Picture:
    if place.takes.clips:
        return _clip(given)
    if isinstance(given, Picture):
        return given
    return uploads.decode_output(given) if isinstance(given, Render) else uploads.decode(given, place.takes.heights)


def _clip(given: UploadedFile | Picture | Render) -> Decoded | Picture:
    if isinstance(given, Picture):
        if not given.film:
            raise ValidationError("That is a picture: choose a film.")
        return given
    return clips.decode_output(given) if isinstance(given, Render) else clips.decode(given)


def _refuse_too_many(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise ValidationError(
            f"All uploads together have more than {MOST_PIXELS // 10**6} million pixels: scale this one down first."
        )


def _weighed(recipe: Recipe, pictures: Pictures, asked: Asked) -> Recipe:
    """The recipe with what stands beside pictures; weights that are all the same are none."""
    for takes in slots.several(asked.kind):
        name = slots.weights_of(asked.kind.recipe, takes.role)
        numbers = [place.number for place in pictures if place.takes.role == takes.role]
        weights = [asked.weights.get(f"blend_{number}") for number in numbers]
        told = tuple(1.0 if weight is None else weight for weight in weights)
        if name is None or len(told) < 2:
            continue
        if not any(told):
            raise Refused.at("blend_1", "At least one weight must be more than 0.")
        if len(set(told)) > 1:
            recipe = recipe.with_changes(**{name: told})
    return recipe


def _painted(recipe: Recipe, pictures: Pictures, asked: Asked) -> tuple[Image.Image, ...]:
    """The masks of the content and the styles, in this order, if there are any."""
    over = {place.name: picture for place, picture in pictures.items() if place.takes.role in MASKED}
    are_sent = any(name in asked.masks for name in over)
    if asked.kind.of(Role.MASK) is None:
        return ()
    if not (are_sent or recipe.uses(Role.MASK)):
        return _by_name(over.values()) if asked.by_name and has_no_regions(recipe) else ()
    try:
        found = _sent(asked.masks, over) if are_sent else _lent(asked.lender, over)
        found = region_names.corresponding(found, region_names.read(asked.region_names))
    except (ValidationError, MaskError) as error:
        sentence = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise Refused.at("masks" if are_sent else "regions", sentence) from error
    return found


def _by_name(over: Iterable[Decoded | Picture]) -> tuple[Image.Image, ...]:
    """The masks by the places that the pictures know; none where one of them knows none."""
    found = places.match_all([_labels(each) for each in over])
    return region_names.of_places(found) if found and found.takes else ()


def _labels(picture: Decoded | Picture) -> LabelMap | None:
    """What a picture knows of its places; that of a part is not stored yet."""
    if isinstance(picture, Decoded):
        return LabelMap.read(picture.labels) if picture.labels else places.labels_in(picture.known.labels or "")
    return places.labels_in(picture.labels_id or "")


def _sent(sent: Mapping[str, UploadedFile], over: Mapping[str, Decoded | Picture]) -> tuple[Image.Image, ...]:
    given = [(sent.get(name), _size(picture), name.replace("_", " ")) for name, picture in over.items()]
    found = [(upload, size, whose) for upload, size, whose in given if upload is not None]
    if without := [whose for upload, _, whose in given if upload is None]:
        raise ValidationError(f"The {without[0]} has no mask: paint regions over every picture, or over none.")
    return masks.read(found)


def _lent(lender: Order | None, over: Mapping[str, Decoded | Picture]) -> tuple[Image.Image, ...]:
    """The masks of what lends them, if they are of the same pictures."""
    hashes = [each.sha256 if isinstance(each, Picture) else "" for each in over.values()]
    if lender is None or [picture.sha256 for picture in lender.pictured()] != hashes:
        raise ValidationError("The regions were painted over other pictures: choose another way to find them.")
    return tuple(map(masks.stored, lender.masks))


def _stored(submission: Submission, person: Person) -> dict[Place, Picture]:
    """The pictures, stored if they were uploaded; and the wholes of parts, to be shown when these are used again."""
    _rows(submission.wholes, person)
    return _rows(submission.pictures, person)


def _rows(pictures: Pictures, person: Person, passes: bool = False) -> dict[Place, Picture]:
    return {
        place: uploads.store(each, person, passes) if isinstance(each, Decoded) else each
        for place, each in pictures.items()
    }


def _order(submission: Submission, pictures: Mapping[Place, Picture]) -> Order:
    """What is asked for, out of its stored pictures. Masks are stored now."""
    found = [OrderInput(role, place, picture) for role, place, picture in slots.numbered(pictures)]
    found += [OrderInput(Role.MASK, place, file=masks.store(mask)) for place, mask in enumerate(submission.painted)]
    return Order(submission.recipe, tuple(found))


def _size(found: Decoded | Picture) -> Size:
    return found.footage or found.picture.size if isinstance(found, Decoded) else found.footage
