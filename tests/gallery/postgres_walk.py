"""What test_postgresql.py runs in a process of its own, whose DATABASE_URL names a PostgreSQL database."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from gallery.browsing.search import note_words  # noqa: E402
from gallery.models import Pair, Picture, Render, Status, StoredFile  # noqa: E402
from gallery.painting import claiming  # noqa: E402
from gallery.pictures import blobs  # noqa: E402
from transfer.recipes.style import StyleRecipe  # noqa: E402


def make(size: int, status: str = Status.PENDING, **fields: object) -> Render:
    """A render's row, whose pictures have no files."""
    StoredFile.objects.get_or_create(name="p")
    pictures = [Picture.objects.create(sha256=f"{n:064}", file="p", width=64, height=64, name="x") for n in range(2)]
    pair = Pair.objects.create(content=pictures[0], style=pictures[1])
    recipe = StyleRecipe(image_size=size).model_dump(mode="json")
    render = Render.objects.create(pair=pair, recipe_json=recipe, status=status, width=size, height=size, **fields)
    for place, picture in enumerate(pictures):
        render.inputs.create(role=("content", "style")[place], place=place, picture=picture)
    return render


def claimed_sizes() -> list[int]:
    """The sizes of the renders that a worker claims, in order."""
    found = []
    while row := claiming.claim("w"):
        found.append(row.image_size)
    return found


def main() -> None:
    """Runs everything that depends on the database's abilities."""
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    assert connection.vendor == "postgresql"

    for size, priority in ((1024, 0), (256, 0), (512, 1)):
        make(size, priority=priority)
    assert claimed_sizes() == [512, 256, 1024]

    file = blobs.store("renders", b"picture", ".png")
    blobs.discard_unused(file)
    assert not blobs.default_storage.exists(file)

    finished = make(128, Status.COMPLETED, title="Sea")
    other = make(128, Status.COMPLETED, likes=3)
    note_words(other)
    by_style = f"style={other.pair.style_id}&content={other.pair.content_id}"
    for query in ("", f"sort=liked&tag=&size=small&backbone=vgg19-lite&within=day&{by_style}", "q=x&sort=largest"):
        page = Client().get(f"/?{query}", follow=True)
        assert page.context["page"].renders[0] == other, query
    for query in ("q=sea", "by=nobody", "only=mine", "only=favourites", "tag=x", "author=x&licence=y"):
        assert Client().get(f"/?{query}").status_code == 200, query
    assert Client().get("/?since=2020-01-01&until=2100-01-01").status_code == 200
    newest = f"{other.created.isoformat()}_{other.pk}"
    assert Client().get("/", {"after": newest}).context["page"].renders == [finished]


if __name__ == "__main__":
    main()
