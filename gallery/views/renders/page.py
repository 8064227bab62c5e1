"""One render: its page while it is painted and afterwards, and what people can do with it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as respond
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gallery.models import Render, Status
from gallery.queueing import answers, deletion, forecast, queue
from gallery.queueing.order import Order
from gallery.recipes.table import changed, rows
from gallery.studio import regions
from gallery.views.lookup import changeable_or_403, visible_or_404
from gallery.views.renders import result
from gallery.views.renders.masks import shown_masks
from gallery.views.renders.watching import name_of, state_now
from gallery.views.request import Request


@require_safe
@never_cache
def page(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """The render as it is now: waiting, in progress, or over."""
    renders = Render.objects.with_pictures().select_related("owner").with_parent_for(request.person)
    found = visible_or_404(renders, request.person, render_id)
    if found.status == Status.COMPLETED:
        return result.page(request, found)
    order = Order.of(found)
    recipe_rows = rows(found, regions.in_words(order))
    context = {
        "render": found,
        "state": state_now(found),
        "recipe_rows": recipe_rows,
        "changed_rows": changed(recipe_rows),
        "sources": order.inputs,
        "masks": shown_masks(order),
        "films": found.kind.films,
        "rungs": found.kind.foresees.rungs(found.recipe),
        "may_change": request.person.may_change(found),
    }
    return respond(request, "renders/watching.html", context)


@require_POST
def cancel(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """Cancels the person's render, and goes back to where the button was."""
    return _act(request, render_id, queue.cancel, "That render was already over.")


@require_POST
def pause(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """Pauses the person's render, and goes back to where the button was."""
    return _act(request, render_id, queue.pause, "That render was already over.")


@require_POST
def resume(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """Resumes the person's paused render, and goes back to where the button was."""
    return _act(request, render_id, queue.resume, "That render was not paused.")


@require_POST
def keep(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """Stops the person's render, publishes what it shows, and goes back to where the button was."""
    return _act(
        request, render_id, queue.keep, "There is nothing to keep: nothing is painted yet, or it is already over."
    )


@require_POST
def retry(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """Retries the person's failed or cancelled render, and goes back to where the button was."""
    return _act(request, render_id, queue.retry, "That render is already waiting, or finished.")


@require_POST
def delete(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """Deletes the person's render."""
    deletion.delete_render(changeable_or_403(Render.objects.with_pictures(), request.person, render_id))
    answers.forget(name_of(render_id))
    messages.success(request, "The render is deleted.")
    return redirect("gallery")


def _act(request: Request, render_id: uuid.UUID, act: Callable[[Render], bool], otherwise: str) -> HttpResponse:
    found = changeable_or_403(Render.objects.with_pictures(), request.person, render_id)
    done = act(found)
    answers.forget(name_of(found.pk), forecast.NAME)
    if not done and not request.htmx:
        messages.info(request, otherwise)
    return redirect("queue" if request.POST.get("next") == "queue" else found)
