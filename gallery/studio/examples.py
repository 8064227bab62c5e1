"""The example gallery: a dozen pictures that somebody can ask for, once, on a site where nothing has been painted.

They are that person's renders like any others, with a tag, and wait behind everybody else's.
"""

import time

from django.db import transaction

from gallery.accounts.person import Person
from gallery.models import Render, Tag
from gallery.models.querysets import RenderQuerySet
from gallery.studio.samples import ready_to_paint
from gallery.studio.starters import Example, starters
from gallery.studio.submission import submit

TAG = "example"
BEHIND = -1  # the priority: after everything else
SECONDS = 1.5  # after which a request that makes pictures answers, and the next one goes on


def there() -> RenderQuerySet:
    """What has been asked for, the first one first."""
    return Render.objects.filter(tags__name=TAG).order_by("created", "id")


def may_ask(person: Person) -> bool:
    """Whether this person may ask for what is missing: anybody may begin on an empty site, and who began may go on."""
    if there().exists():
        return there().belonging_to(person).exists() and bool(missing())
    return bool(missing()) and not Render.objects.in_gallery().exists()


def missing() -> list[Example]:
    """Those that nobody has asked for, in their order."""
    titles = set(there().values_list("title", flat=True))
    return [each for each in starters().examples if each.title not in titles]


def ask_for_more(person: Person) -> None:
    """Submits as many of the missing ones as their pictures can be made within a second or two, and at least one.

    Raises Refused where no worker can paint them, and `making.NotMade`.
    """
    until = time.monotonic() + SECONDS
    for example in missing():
        _ask(example, person)
        if time.monotonic() > until:
            break


def _ask(example: Example, person: Person) -> None:
    pictures = {role: sample.picture(person) for role, sample in example.pictures.items()}
    wanted = ready_to_paint(pictures, example.recipe)
    with transaction.atomic():
        if there().filter(title=example.title).exists():  # the button was pressed twice
            return
        row = submit(wanted, person)
        Render.objects.filter(pk=row.pk).update(title=example.title, priority=BEHIND)
        row.tags.add(Tag.objects.get_or_create(name=TAG)[0])
