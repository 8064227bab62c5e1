"""Deleting renders and pictures, with the files that nobody needs any more."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gallery.accounts.person import Person
from gallery.models import Pair, Picture, Render, Sweep
from gallery.models.segments import SegmentQuerySet
from gallery.pictures import blobs
from gallery.queueing import progress


class InUse(Exception):
    """A picture cannot be deleted because other people's renders use it."""


def delete_render(render: Render, shown_on: bool = False) -> None:
    """Deletes a render and its files; a worker that paints it notices that its row is gone and stops.

    With `shown_on`, its last progress is still there for a while.
    """
    identifier, files = render.id, blobs.of(render, *render.inputs.all(), *render.frames.all(), *render.segments.all())
    with transaction.atomic():
        Render.objects.select_for_update().filter(pk=identifier).exists()  # before its lease, as everybody locks them
        pair = render.pair
        render.delete()
        if pair is not None and not pair.renders.exists():
            pair.delete()
        transaction.on_commit(lambda: blobs.discard_unused(*files))
    if not shown_on:
        progress.forget(identifier)


def delete_segments(segments: SegmentQuerySet) -> None:
    """Deletes segments of films, with what was painted of them."""
    if not segments.exists():  # most of the time, and then nobody else's write is to wait
        return
    with transaction.atomic():
        rows = list(segments.select_for_update(of=("self",)))
        segments.model.objects.filter(pk__in=[row.pk for row in rows]).delete()
        transaction.on_commit(lambda: blobs.discard_unused(*blobs.of(*rows)))


def delete_sweep(sweep: Sweep) -> int:
    """Deletes a sweep with those of its renders that nobody made anything of; gives the number of those that stay.

    One after another, so that nobody else's write waits for long. What is interrupted is gone on with by asking again.
    """
    for pk in list(sweep.renders.expendable().values_list("pk", flat=True)):
        render = sweep.renders.expendable().select_related("pair").filter(pk=pk).first()
        if render is not None:
            delete_render(render)
    staying = sweep.renders.count()
    sweep.delete()
    return staying


def delete_picture(person: Person, picture: Picture) -> None:
    """Deletes a picture with all of its owner's renders that use it, one after another.

    Raises PermissionDenied for somebody else's picture, and InUse when other people's renders use it. Whoever submits a
    render locks its pictures too (queue.py), so that each sees what the other did.
    """
    if not person.may_change(picture):
        raise PermissionDenied
    files = blobs.of(picture)
    while True:
        with transaction.atomic():
            if not Picture.objects.select_for_update().filter(pk=picture.pk).exists():
                return
            renders = list(Render.objects.of_picture(picture).select_related("pair"))
            others = [render for render in renders if not person.may_change(render)]
            if others:
                raise InUse("Other people's renders use this picture, so it stays.")
            if not renders:
                Pair.objects.of(picture).delete()
                picture.delete()
                transaction.on_commit(lambda: blobs.discard_unused(*files))
                return
        for render in renders:
            delete_render(render)
