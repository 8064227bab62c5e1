"""From a result, people walk to its neighbours in the gallery, and never to renders that the gallery hides."""

from collections.abc import Callable

from django.test import Client

from gallery.models import Render, Sweep


def test_cells_that_a_sweep_hides_are_passed_over(client: Client, make_finished: Callable[..., Render]) -> None:
    sweep = Sweep.objects.create(axes=[{"field": "strength", "values": [0.0, 1.0]}])
    oldest = make_finished(seed=1)
    make_finished(seed=2, sweep=sweep)
    named = make_finished(seed=3, sweep=sweep, title="Kept")
    make_finished(seed=4, sweep=sweep)
    newest = make_finished(seed=5)

    def neighbours(render: Render) -> tuple[Render | None, Render | None]:
        context = client.get(f"/renders/{render.pk}/").context
        return context["older"], context["newer"]

    assert neighbours(named) == (oldest, newest)
    assert neighbours(oldest) == (None, named)
    assert neighbours(newest) == (named, None)
