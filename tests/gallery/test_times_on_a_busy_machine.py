"""Where a machine is busy with other programs, people are told both times: now, and when it is free."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client

from gallery.models import Render, Worker
from gallery.queueing.planning import planned
from transfer.inputs import Role
from transfer.recipes.style import StyleRecipe

SPEED = {"iteration": 0.01, "look": 2e-7, "paint": 1e-6}
SIZES = {Role.CONTENT: [(512, 384)], Role.STYLE: [(512, 512)]}
BOTH = "when the machine is free"


def facts(slowed: float) -> dict[str, object]:
    return {"width": 2, "speeds": {"vgg19-lite": SPEED}, "slowed": slowed}


@pytest.mark.django_db
@pytest.mark.parametrize(("slowed", "tells_both"), [(1.0, False), (1.5, False), (1.75, True), (3.0, True)])
def test_a_plan_says_both_where_they_differ_much(
    slowed: float, tells_both: bool, make_worker: Callable[..., Worker]
) -> None:
    make_worker(facts=facts(slowed))

    plan = planned(StyleRecipe(), SIZES)
    page = render_to_string("studio/_plan.html", {"planned": plan})

    assert (BOTH in page) == (" now, " in page) == tells_both
    if tells_both:
        assert plan.seconds is not None
        assert plan.when_free == pytest.approx(plan.seconds / slowed)


@pytest.mark.parametrize(("slowed", "tells_both"), [(1.0, False), (2.0, True)])
def test_so_do_larger_sizes(
    slowed: float,
    tells_both: bool,
    client: Client,
    make_finished: Callable[..., Render],
    make_worker: Callable[..., Worker],
) -> None:
    make_worker(facts=facts(slowed))

    page = client.get(f"/renders/{make_finished().id}/").content.decode()

    assert ("on a free machine" in page) == tells_both
