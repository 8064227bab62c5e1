"""A gallery of very many renders, as skewed as real ones: a few styles, tags and people make up most of it."""

import datetime
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.utils import timezone

from gallery.browsing.search import plain
from gallery.models import Favourite, Pair, Picture, Render, RenderInput, StoredFile, Tag
from gallery.pictures import blobs
from transfer.recipes.style import StyleRecipe

PEOPLE, STYLES, CONTENTS, TAGS, FAVOURITES = 400, 300, 4000, 300, 3000
BATCH = 2000
SYLLABLES = ("ka", "ro", "mi", "sel", "ton", "ber", "lu", "nai", "ver", "sto", "fi", "gra", "mo", "den", "ly")
Thing = TypeVar("Thing", bound=Any)


def fill(renders: int) -> User:
    """Makes that many finished renders; returns the person who owns most of them."""
    chance = random.Random(5)  # noqa: S311
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))) for _ in range(800)]
    people = User.objects.bulk_create(User(username=f"person{number}") for number in range(PEOPLE))
    tags = Tag.objects.bulk_create(Tag(name=f"{chance.choice(words)}{number}") for number in range(TAGS))
    styles = Picture.objects.bulk_create(
        _with_files(_picture(number, chance.choice(words)) for number in range(STYLES))
    )
    contents = Picture.objects.bulk_create(
        _with_files(_picture(10**6 + number, chance.choice(words)) for number in range(CONTENTS))
    )
    keys = {(_skewed(chance, contents), _skewed(chance, styles)) for _ in range(renders // 4)}
    pairs = Pair.objects.bulk_create((Pair(content=content, style=style) for content, style in keys), BATCH)
    Render._meta.get_field("created").auto_now_add = False  # type: ignore[attr-defined]
    recipes = [
        StyleRecipe(image_size=size, backbone=backbone).model_dump(mode="json")
        for size in (256, 512, 512, 512, 768, 1024, 2048)
        for backbone in ("vgg19-lite",) * 5 + ("vgg19",)
    ]
    for start in range(0, renders, BATCH):
        rows = [_render(chance, number, pairs, people, recipes, words) for number in range(start, start + BATCH)]
        tagged = list(_tagged(chance, rows, tags))
        Render.objects.bulk_create(_with_files(rows))
        RenderInput.objects.bulk_create(
            RenderInput(render=row, role=role, place=place, picture=picture)
            for row in rows
            for role, place, picture in zip(("content", "style"), (0, 1), row.main_pictures, strict=True)
        )
        Render.tags.through.objects.bulk_create(tagged)
    latest = Render.objects.order_by("-created")[:FAVOURITES]
    Favourite.objects.bulk_create((Favourite(owner=people[0], render=render) for render in latest.only("pk")), BATCH)
    return people[0]


def _with_files(rows: Iterable[Thing]) -> list[Thing]:
    """The same, after the files that they need have rows."""
    rows = list(rows)
    names = {name for row in rows for name in blobs.of(row)}
    StoredFile.objects.bulk_create((StoredFile(name=name) for name in names), BATCH, ignore_conflicts=True)
    return rows


def _skewed(chance: random.Random, things: Sequence[Thing]) -> Thing:
    """A random choice that prefers the first to the last by far."""
    return things[int(len(things) * chance.random() ** 3)]


def _picture(number: int, name: str) -> Picture:
    return Picture(sha256=f"{number:064x}", file_id=f"pictures/{number}.png", width=640, height=480, name=f"{name}.jpg",
                   **_small(number))  # fmt: skip


def _small(number: int) -> dict[str, object]:
    """Values as long as a thumbnail's fields."""
    return {
        "thumbnail": f"thumbnails/ab/{number:064x}.webp",
        "thumbnail_width": 640,
        "thumbnail_height": 480,
        "thumbnail_widths": "128 320 640 1280",
        "placeholder": "data:image/webp;base64," + "A" * 200,
    }


def _render(
    chance: random.Random, number: int, pairs: list[Pair], people: list[User], recipes: list[dict], words: list[str]
) -> Render:
    pair, recipe = _skewed(chance, pairs), chance.choice(recipes)
    width, height = recipe["image_size"], recipe["image_size"] * chance.choice((48, 64, 75)) // 64
    title = " ".join(chance.choices(words, k=3)) if chance.random() < 0.6 else ""
    moment = timezone.now() - datetime.timedelta(days=700 * chance.random())
    return Render(
        pair=pair, recipe_json=recipe, status="completed", output_id=f"renders/{number}.png", created=moment,
        output_sha256=f"{number:064x}", width=width, height=height, owner=_skewed(chance, people), started=moment,
        finished=moment, likes=int(chance.random() ** -0.7) - 1, title=title, provenance={"of": "x" * 900},
        curve=[[step, 0.5] for step in range(60)], words=plain(f"{title} {pair.content.name} {pair.style.name}"),
        **_small(number),
    )  # fmt: skip


def _tagged(chance: random.Random, rows: list[Render], tags: list[Tag]) -> Iterator[Any]:
    for row in rows:
        for tag in {_skewed(chance, tags) for _ in range(chance.randint(0, 3))}:
            row.words += f" {tag.name}"
            yield Render.tags.through(render=row, tag=tag)
