"""A render's family: its ancestors, its descendants, and what changed at each step."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from gallery.accounts.person import Person
from gallery.models import Render
from gallery.models.querysets import RenderQuerySet
from gallery.recipes.table import Change, changes

MOST, DEEPEST = 50, 6


@dataclass
class Member:
    """A render in its family tree. `changes` lists a few changes since its parent; `further` counts the rest."""

    render: Render
    is_self: bool = False
    changes: list[Change] = field(default_factory=list)
    further: int = 0
    other_pictures: bool = False
    children: list["Member"] = field(default_factory=list)


def tree(render: Render, person: Person) -> Member | None:
    """The tree from the oldest ancestor down: at most MOST renders, and DEEPEST levels each way. None without family.

    It stops at renders that `person` may not see.
    """
    visible = Render.objects.visible_to(person).with_pictures()
    line = [render]
    while len(line) <= DEEPEST and (parent := _parent(line[-1], visible)) is not None:
        line.append(parent)
    members = {each.pk: Member(each, is_self=each == render) for each in line}
    level = list(members)
    for _ in range(DEEPEST):
        found = visible.filter(parent__in=level).exclude(pk__in=list(members))
        children = list(found.order_by("created", "id")[: MOST - len(members)]) if level else []
        level = [child.pk for child in children]
        members |= {child.pk: Member(child) for child in children}
    if len(members) == 1:
        return None
    _join(members)
    return members[line[-1].pk]


def _parent(render: Render, among: RenderQuerySet) -> Render | None:
    return among.filter(pk=render.parent_id).first() if render.parent_id else None


def _join(members: dict[uuid.UUID, Member]) -> None:
    """Puts each member under its parent, oldest first, and notes what changed."""
    by_parent: defaultdict[uuid.UUID | None, list[Member]] = defaultdict(list)
    for member in members.values():
        by_parent[member.render.parent_id].append(member)
    for pk, member in members.items():
        member.children = sorted(by_parent[pk], key=lambda child: (child.render.created, str(child.render.pk)))
        for child in member.children:
            found = changes(member.render, child.render)
            child.changes, child.further = found[:2], max(0, len(found) - 2)
            child.other_pictures = child.render.pair_id != member.render.pair_id
