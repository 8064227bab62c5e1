"""Deleting renders and pictures, with the files that nobody needs any more."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gallery.accounts.person import Person
from gallery.models import Pair, Picture, Render, Sweep
from gallery.pictures import blobs
from gallery.queueing import progress


class InUse(Exception):
    """A picture cannot be deleted because other people's renders use it."""


def delete_render(render: Render) -> None:
    """Deletes a render and its files; a worker that paints it notices that its row is gone and stops."""
    identifier, files = render.id, blobs.of(render, *render.inputs.all(), *render.frames.all())
    with transaction.atomic():
        Render.objects.select_for_update().filter(pk=identifier).exists()  # before its lease, as everybody locks them
        pair = render.pair
        render.delete()
        if pair is not None and not pair.renders.exists():
            pair.delete()
        transaction.on_commit(lambda: blobs.discard_unused(*files))
    progress.forget(identifier)


def delete_sweep(sweep: Sweep) -> int:
    """Deletes a sweep with those of its renders that nobody made anything of; gives the number of those that stay."""
    with transaction.atomic():
        for render in sweep.renders.expendable().select_related("pair"):
            delete_render(render)
        staying = sweep.renders.count()
        sweep.delete()
    return staying


def delete_picture(person: Person, picture: Picture) -> None:
    """Deletes a picture with all of its owner's renders that use it.

    Raises PermissionDenied for somebody else's picture, and InUse when other people's renders use it.
    """
    if not person.may_change(picture):
        raise PermissionDenied
    files = blobs.of(picture)
    with transaction.atomic():
        renders = list(Render.objects.of_picture(picture).select_related("pair"))
        others = [render for render in renders if not person.may_change(render)]
        if others:
            raise InUse(f"{len(others)} renders by other people use this picture, so it stays.")
        for render in renders:
            delete_render(render)
        Pair.objects.of(picture).delete()
        picture.delete()
        transaction.on_commit(lambda: blobs.discard_unused(*files))
