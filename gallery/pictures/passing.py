"""Pictures that pass: what a preview in the studio has stored or cut, as long as nothing that stays is made of it.

They are on no list. Whoever renders, sweeps or makes with one, or uploads the same one for that, keeps it; the others
go a day after the last preview that used them.
"""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gallery.models import Picture
from gallery.pictures import blobs

WANTED_FOR = datetime.timedelta(days=1)  # the studio's script sends a file again that it stored half a day ago


def until() -> datetime.datetime:
    """When a picture passes that a preview uses now."""
    return timezone.now() + WANTED_FOR


def renew(pictures: Iterable[Picture]) -> None:
    """A preview uses these: those that pass are wanted for another day."""
    Picture.objects.passing().filter(pk__in=[each.pk for each in pictures]).update(wanted_until=until())


def keep(pictures: Iterable[Picture]) -> None:
    """Something that stays uses these, so they stay, and so do the wholes of parts, to be shown for a remix."""
    kept = Q(pk__in=())
    for each in pictures:
        kept |= Q(pk=each.pk)
        if each.origin_sha256:
            kept |= Q(sha256=each.origin_sha256, owner=each.owner_id, visitor=each.visitor)
    Picture.objects.passing().filter(kept).update(wanted_until=None)


def forget_unwanted() -> int:
    """Deletes pictures that have passed; gives their number."""
    passed = Picture.objects.passing().filter(wanted_until__lt=timezone.now(), uses=None)
    return sum(_forgotten(each) for each in list(passed.values_list("pk", flat=True)))


def _forgotten(key: uuid.UUID) -> bool:
    """Whether it still was to go. Whoever submits a render locks its pictures, so that each sees what the other did."""
    with transaction.atomic():
        rows = Picture.objects.passing().filter(pk=key, wanted_until__lt=timezone.now())
        picture = rows.select_for_update().first()
        if picture is None or picture.uses.exists():
            return False
        files = blobs.of(picture)
        picture.delete()
        transaction.on_commit(lambda: blobs.discard_unused(*files))
    return True
