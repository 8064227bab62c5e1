"""Which kinds of work there are, and which one a recipe is of. Free of torch.

STYLESITE_KINDS names further kinds, separated by commas: `package.module:NAME` is a `Kind` in a module of one's own.
"""

import functools
import os
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from transfer.dream.recipe import DreamRecipe
from transfer.errors import KindError
from transfer.film.recipe import FilmRecipe
from transfer.inputs import Role
from transfer.inputs import Size as Size
from transfer.inputs import Sizes as Sizes
from transfer.instant.recipe import InstantRecipe
from transfer.kind import Kind as Kind
from transfer.kind import Takes as Takes
from transfer.recipes.base import KIND, VERSION, Recipe
from transfer.recipes.stored import Mended, UnknownRecipe, mended
from transfer.recipes.style import MOST_STYLES, StyleRecipe
from transfer.synthesis.generators import GENERATORS, OWN_MAP
from transfer.texture.recipe import TextureRecipe
from transfer.variation.recipe import VariationRecipe
from transfer.walk.recipe import WalkRecipe
from transfer.zoom.recipe import ZoomRecipe

STYLE = Kind(
    title="Style transfer",
    recipe=StyleRecipe,
    takes=(
        Takes(Role.CONTENT, 1, 1, "Content", "Your photo or map: what to paint", use="Use as content"),
        Takes(Role.STYLE, 1, MOST_STYLES, "Style", "The artwork: how to paint it", use="Use as style"),
        Takes(Role.MASK, 0, 1 + MOST_STYLES, "Regions"),
        Takes(Role.START, 0, 1, "Start", "A picture to start the painting from"),
    ),
    makes="{content} in the style of {style}",
    painter="transfer.instant.beginning:painter",
    planner="transfer.style.planner",
    says="Paint your picture the way another one is painted.",
)
DREAM = Kind(
    title="Dream",
    recipe=DreamRecipe,
    takes=(
        Takes(Role.CONTENT, 1, 1, "Content", "Your photo: where the dream begins", use="Dream it"),
        Takes(Role.GUIDE, 0, 1, "Guide", "Optional: a picture to dream of"),
    ),
    makes="a dream of {content}",
    painter="transfer.dream.painter:painter",
    planner="transfer.dream.planner",
    says="Bring out what a network sees in your picture.",
)
ZOOM = Kind(
    title="Zoom film",
    recipe=ZoomRecipe,
    takes=(replace(DREAM.takes[0], hint="Your photo: where the film begins", use="Zoom into it"), DREAM.takes[1]),
    makes="a zoom into {content}",
    painter="transfer.zoom.painter:painter",
    planner="transfer.zoom.planner",
    says="A film that goes deeper and deeper into a dream.",
    films=True,
)
VARIATION = Kind(
    title="Variation",
    recipe=VariationRecipe,
    takes=(
        Takes(Role.CONTENT, 1, 1, "Picture", "A map, a level, a landscape: what to vary", use="Vary it"),
        Takes(Role.GUIDE, 0, 1, "What stays", "Optional: the same picture, what must stay in white, the rest black"),
    ),
    makes="a variation of {content}",
    painter="transfer.variation.painter:painter",
    planner="transfer.variation.planner",
    says="New maps, levels or landscapes like yours.",
)
WALK = Kind(
    title="Walk film",
    recipe=WalkRecipe,
    takes=(replace(VARIATION.takes[0], use="Film its variations"), VARIATION.takes[1]),
    makes="a film of a walk through variations of {content}",
    painter="transfer.walk.painter:painter",
    planner="transfer.walk.planner",
    says="A film from one variation of your picture to the next.",
    films=True,
)
TEXTURE = Kind(
    title="Texture",
    recipe=TextureRecipe,
    takes=(
        Takes(
            Role.STYLE,
            1,
            MOST_STYLES,
            "Style",
            "An artwork, a map, a photo of a wall: what the texture looks like",
            use="Make a texture of it",
        ),
    ),
    makes="a texture of {style}",
    painter="transfer.texture.painter:painter",
    planner="transfer.texture.planner",
    says="Your picture's strokes as a surface that can tile.",
)
INSTANT = Kind(
    title="Instant",
    recipe=InstantRecipe,
    takes=tuple(replace(each, use="") for each in STYLE.takes if each.role != Role.START),
    makes="{content} in the style of {style}, at once",
    painter="transfer.instant.painter:painter",
    planner="transfer.instant.planner",
    says="The same in a second or two: rougher, in one pass.",
)
FILM = Kind(
    title="Film",
    recipe=FilmRecipe,
    takes=(
        Takes(Role.CONTENT, 1, 1, "Clip", "Your film: what to paint", clips=True, use="Film it in a style"),
        replace(STYLE.takes[1], use=""),
    ),
    makes="{content} in the style of {style}, as a film",
    painter="transfer.film.painter:painter",
    planner="transfer.film.planner",
    says="Every frame of your clip in the style of a picture.",
    films=True,
)
MAP = Takes(Role.CONTENT, 1, 1, "Map", "A heightmap, or a map in colours", heights=True)
SYNTHESIS = tuple(
    Kind(
        title=each.title,
        recipe=each.recipe,
        takes=(MAP,) if each.takes_map else (),
        makes="a map of {content}" if each.takes_map else each.title.lower(),
        painter="transfer.synthesis.painter:painter",
        planner="transfer.synthesis.planner",
        says="Give a heightmap rivers, a climate and relief." if each.takes_map else "",
    )
    for each in (*GENERATORS.values(), OWN_MAP)
)
KINDS = (
    STYLE,
    INSTANT,
    FILM,
    DREAM,
    ZOOM,
    VARIATION,
    WALK,
    TEXTURE,
    *SYNTHESIS,
)  # the first one's form is the studio's
UNKNOWN = Kind(
    title="Unknown",
    recipe=UnknownRecipe,
    takes=(),
    makes="a picture of an unknown kind",
    painter="transfer.unknown:painter",
    planner="transfer.unknown",
)


@functools.cache
def known() -> Mapping[str, Kind]:
    """All kinds by their names; raises KindError where STYLESITE_KINDS names what is none."""
    found = {kind.name: kind for kind in KINDS}
    for path in filter(None, map(str.strip, os.environ.get("STYLESITE_KINDS", "").split(","))):
        kind = _at(path)
        if kind.name in found:
            raise KindError(f"{path} is a second kind of work called {kind.name}.")
        found[kind.name] = kind
    return found


def uses() -> Iterator[tuple[Kind, Takes]]:
    """Each kind of work, and each place in it, that a picture from elsewhere may be offered to."""
    return ((kind, takes) for kind in known().values() for takes in kind.takes if takes.use)


def kind_named(name: str) -> Kind:
    """Raises KindError for a kind that is not known here."""
    if name not in known():
        raise KindError(f"There is no kind of work called {name}: there is {', '.join(known())}.")
    return known()[name]


def kind_of(recipe: Recipe) -> Kind:
    """The kind of a recipe; for one that was stored and is not known here, a kind that refuses to be painted."""
    return UNKNOWN if isinstance(recipe, UnknownRecipe) else known()[recipe.kind]


def asked(values: Mapping[str, Any]) -> Recipe:
    """The recipe that is asked for; one that names no kind is of style.

    Raises KindError for a kind that is not known here, and pydantic's ValidationError for anything that is not right.
    """
    return kind_named(_name_in(values)).recipe.model_validate(values)


def stored(values: Any) -> Mended[Recipe]:
    """The recipe that was stored, mended where that is necessary. Never raises."""
    kind = known().get(_name_in(values))
    if kind is not None:
        return mended(kind.recipe, values)
    recipe = UnknownRecipe.of(values)
    return Mended(recipe, (f"This installation does not know the kind of work {recipe.named}.",))


def from_file(values: Any) -> Mended[Recipe]:
    """The recipe in a file that anybody may have written.

    One that claims to be of this version has to be right: pydantic's ValidationError is raised where it is not. One of
    another version, or of a kind that is not known here, is read as `stored` reads it.
    """
    kind = known().get(_name_in(values))
    if kind is not None and (not isinstance(values, Mapping) or values.get(VERSION, 1) == kind.recipe.version):
        return Mended(kind.recipe.model_validate(values))
    return stored(values)


def _name_in(values: Any) -> str:
    return str(values.get(KIND, STYLE.name)) if isinstance(values, Mapping) else STYLE.name


def _at(path: str) -> Kind:
    try:
        found = pkgutil.resolve_name(path)
    except Exception as error:  # the module may be anybody's
        raise KindError(f"There is no kind of work at {path}: {error or type(error).__name__}.") from error
    if not isinstance(found, Kind):
        raise KindError(f"{path} is no kind of work.")
    return found
