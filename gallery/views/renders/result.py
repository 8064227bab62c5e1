"""The page of a finished render: everything to look at, to compare with, to download and to continue from."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render as respond
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime

from gallery.accounts.person import Person
from gallery.browsing import family, loss_chart, printing
from gallery.browsing.marks import marks
from gallery.models import Render
from gallery.models.querysets import RenderQuerySet
from gallery.pictures.results import conversion, filenames, timelapse
from gallery.pictures.results.relief import Relief, wrap_of
from gallery.queueing.order import Order
from gallery.recipes import table
from gallery.recipes.table import changes
from gallery.studio import regions, rerender
from gallery.views.renders import sharing
from gallery.views.renders.masks import shown_masks
from gallery.views.request import Request
from transfer.inputs import Role
from transfer.recipes.base import ESSENTIALS, group_of
from transfer.synthesis.exports.files import RAW_SIDES

SIBLINGS, TILES = 24, 3


def page(request: Request, found: Render) -> HttpResponse:
    """The result's page."""
    order = Order.of(found)
    rows = table.rows(found, regions.in_words(order))
    visible = Render.objects.visible_to(request.person)
    prints, sides = printing.prints(found.size), rerender.next_sides(found)
    to_finish = {found.image_size} if rerender.is_unfinished(found) else set()
    wanted = sorted({*sides, *printing.missing_sides(prints), *to_finish})
    sizes = rerender.sizes(found, order, wanted, request.person)
    context = {
        "render": found,
        "recipe_rows": rows,
        "recipe_groups": table.groups(rows),
        "changed_rows": table.changed(rows),
        "recipe_json": found.recipe.model_dump_json(indent=2),
        "sources": order.inputs,
        "comparisons": _comparisons(found, order, _siblings(found, visible)),
        "masks": shown_masks(order),
        "stem": filenames.stem(found),
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "card": sharing.card(request, found),
        "convertible": conversion.is_convertible(found),
        "has_content": bool(order.pictures(Role.CONTENT)) and not found.film,
        "has_film": timelapse.is_there(found),
        "film": timelapse.size(found),
        "relief": Relief.of(found, next(iter(order.pictures(Role.CONTENT)), None)),
        "raw_sides": RAW_SIDES,
        "tiled": _tiled(found),
        "prints": [(each, [(page, sizes.get(page.side)) for page in each.pages]) for each in prints],
        "to_finish": sizes.get(found.image_size) if to_finish else None,
        "sizes": [sizes[side] for side in sides],
        "seed_matters": found.recipe.draws,
        "seed_is_essential": found.recipe.draws and group_of(type(found.recipe).model_fields["seed"]) == ESSENTIALS,
        **about(request.person, found),
        "curve": loss_chart.drawn([] if found.film else found.curve),
        "family": family.tree(found, request.person),
        **_neighbours(found, visible),
    }
    return respond(request, "renders/result.html", context)


def about(person: Person, found: Render) -> dict[str, Any]:
    """The context for people's own words about the render, and their marks."""
    return {"tags": found.tags.all(), "may_change": person.may_change(found), **marks(person, found)}


def _siblings(found: Render, visible: RenderQuerySet) -> list[Render]:
    if found.pair_id is None:
        return []
    of_pair = visible.finished().filter(pair=found.pair_id).exclude(pk__in=[found.pk, found.parent_id])
    siblings = list(of_pair[:SIBLINGS])
    for each in siblings:
        each.pair = found.pair
    return siblings


def _comparisons(found: Render, order: Order, siblings: list[Render]) -> list[tuple[str, str]]:
    """Addresses and names of pictures to compare with."""
    named = [
        (each.picture.file.url, f"{each.role.capitalize()}: {each.picture.title}")
        for each in order.inputs
        if each.picture
    ]
    if found.parent and found.parent.output:
        named.append((found.parent.output.url, f"Original: {_difference(found, found.parent)}"))
    return named + [(each.output.url, capfirst(_difference(found, each))) for each in siblings]


def _difference(found: Render, other: Render) -> str:
    """How another render differs, in a few words."""
    what = [f"{change.title.lower()} {change.after}" for change in changes(found, other)]
    more = f" and {len(what) - 2} more" if len(what) > 2 else ""
    return ", ".join(what[:2]) + more or f"the same settings, {date_format(localtime(other.created), 'j F H:i')}"


def _tiled(found: Render) -> tuple[int, int] | None:
    """How often it is laid beside itself, across and down, if it can be."""
    wrap = wrap_of(found)
    return (TILES if wrap.x else 1, TILES if wrap.y else 1) if wrap else None


def _neighbours(found: Render, visible: RenderQuerySet) -> dict[str, Any]:
    """The renders before and after this one in the gallery's newest order; hidden cells of sweeps do not count."""
    shown = visible.in_gallery()
    return {
        "newer": shown.newer_than(found.created, found.id).order_by("created", "id").first(),
        "older": shown.older_than(found.created, found.id).first(),
    }
