"""What is known of an installation that make_installation.py has made: about.json. For revision 7229ad5 alone.

`cookie` names the cookie of a session, and `people` has everybody's. `ids` are those of all rows, by the names that
addresses give them; `renders` has some by what they are. `files` are, for every render and picture, the hashes that its
files are named by; `pictures` are those of each render. `stand` says after how many steps a render's last checkpoint
was made, and `paused` what the paused one is painted from and the pixels that it would have had. `addresses` has the
status that each address answers to whom, and `machine` what decides on pixels beside what is rendered.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import torch
from django.conf import settings
from django.contrib import admin
from django.core.files.storage import default_storage
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from gallery.order import Order
from PIL import Image
from transfer.checkpoint import State, key, load
from transfer.render import render as steps_of
from transfer.step import result

from gallery import blobs, urls
from gallery.models import Collection, Pair, Picture, Render, Sweep
from transfer.devices import describe, resolve
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.inputs import Inputs

GO_ON = ("to be made larger", "paused", "in progress")  # whose checkpoints are still needed
NOT_ALWAYS_THE_SAME = ("health",)
SHELF = Path(settings.DATA) / "checkpoints"


def about(renders: dict[str, Render], browsers: dict[str, Client]) -> dict[str, Any]:
    """Everything. Nobody changes the installation meanwhile."""
    kinds: dict[str, type[models.Model]] = {
        "render_id": Render, "sweep_id": Sweep, "collection_id": Collection, "pair_id": Pair, "picture_id": Picture,
    }  # fmt: skip
    ids = {name: [str(pk) for pk in kind._default_manager.values_list("pk", flat=True)] for name, kind in kinds.items()}
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "people": {name: browser.cookies[settings.SESSION_COOKIE_NAME].value for name, browser in browsers.items()},
        "machine": machine(),
        "ids": ids,
        "renders": {name: str(render.pk) for name, render in renders.items()},
        "files": {str(row.pk): hashes(row) for kind in (Render, Picture) for row in kind.objects.all()},
        "pictures": {str(each.pk): pictures_of(each) for each in Render.objects.all()},
        "stand": {name: stand(renders[name]).number for name in GO_ON},
        "paused": paused(renders["paused"]),
        "addresses": what_they_answer(ids, browsers),
    }


def write(facts: dict[str, Any], path: Path) -> None:
    """To a file."""
    path.write_text(json.dumps(facts, indent=1))


def machine() -> dict[str, Any]:
    """What decides on the pixels beside what is rendered."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    processor = dict(reversed([[part.strip() for part in line.split(":", 1)] for line in lines if ":" in line]))
    return {
        "device": describe(resolve()),
        "threads": torch.get_num_threads(),
        "processor": " ".join(processor[name] for name in ("vendor_id", "cpu family", "model")),
        "torch": torch.__version__,
    }


def hashes(row: Render | Picture) -> list[str]:
    """What the names of all files of a row begin with, also of those that are made of them."""
    rows = [row, *row.masks.all(), *row.frames.all()] if isinstance(row, Render) else [row]
    return sorted({PurePosixPath(name).name[:64] for name in blobs.of(*rows)})


def pictures_of(render: Render) -> list[str]:
    """The pictures that went into a render."""
    order = Order.of(render)
    return [str(picture.pk) for picture in (order.content, *order.styles)]


def shelf() -> list[Path]:
    """All checkpoints."""
    return sorted(SHELF.glob("*/[0-9]*"))


def inputs_of(render: Render) -> Inputs:
    """The pictures and masks that go into a render."""
    order = Order.of(render)
    content, *styles = (opened(str(picture.file), "RGB") for picture in (order.content, *order.styles))
    masks = [opened(name, "L") for name in order.masks]
    return Inputs(content, tuple(styles), content_mask=masks[0] if masks else None, style_masks=tuple(masks[1:]))


def opened(name: str, mode: str) -> Image.Image:
    """A stored picture."""
    with default_storage.open(name) as stored, Image.open(stored) as image:
        return image.convert(mode)


def key_of(render: Render) -> str:
    """The key of a render's checkpoints."""
    return key(inputs_of(render), render.recipe, network_for(render.recipe, resolve()).sha256)


def last_checkpoint(render: Render) -> Path:
    """The one where a render would go on."""
    return max(path for path in shelf() if path.parent.name == key_of(render))


def stand(render: Render) -> State:
    """What is in it."""
    path = last_checkpoint(render)
    return load(path, path.parent.name)


def paused(render: Render) -> dict[str, Any]:
    """What the paused render is painted from, and the pixels of its output had nobody paused it."""
    state = stand(render)
    assert not state.finished, "it was paused between two rungs: make it again"
    assert state.long_side == render.recipe.image_size, "it was paused on the first rung: make it again"
    order, recipe, inputs = Order.of(render), render.recipe, inputs_of(render)
    network = network_for(recipe, resolve())
    undisturbed = to_picture(result(steps_of(inputs, recipe, network, settings.MEMORY)).image)
    resumed = to_picture(result(steps_of(inputs, recipe, network, settings.MEMORY, state)).image)
    assert undisturbed.tobytes() == resumed.tobytes()
    return {
        "recipe": render.recipe_json,
        "content": str(order.content.file),
        "styles": [str(picture.file) for picture in order.styles],
        "masks": list(order.masks),
        "memory": settings.MEMORY,
        "checkpoint": str(last_checkpoint(render).relative_to(SHELF)),
        "iteration": state.iteration,
        "pixels_sha256": hashlib.sha256(undisturbed.tobytes()).hexdigest(),
    }


def what_they_answer(ids: dict[str, list[str]], browsers: dict[str, Client]) -> dict[str, dict[str, int]]:
    """The status of every address, by who asks; without those that take no GET."""
    visitor, members, everybody = ("visitor",), ("alice", "charlie"), tuple(browsers)
    asked = [
        (everybody, (*pages(ids), *filtered(ids))),
        (members, in_the_admin()),
        (visitor, (*filled_in(ids), *files())),
    ]
    found = {
        address: {name: browsers[name].get(address).status_code for name in names}
        for names, addresses in asked
        for address in dict.fromkeys(addresses)
    }
    return {address: statuses for address, statuses in found.items() if set(statuses.values()) != {405}}


def pages(ids: dict[str, list[str]]) -> Iterator[str]:
    """Every address of the site, for every row that it can be asked for."""
    ids = {**ids, "identifier": [*ids["picture_id"], *ids["render_id"]]}
    for pattern in urls.urlpatterns:
        parameters = list(pattern.pattern.converters)
        if not parameters and pattern.name not in NOT_ALWAYS_THE_SAME:
            yield reverse(pattern.name)
        elif len(parameters) == 1 and parameters[0] in ids:
            yield from (reverse(pattern.name, args=[each]) for each in ids[parameters[0]])


def filtered(ids: dict[str, list[str]]) -> Iterator[str]:
    """The gallery by what it can be asked for, and what is new in sweeps."""
    gallery = reverse("gallery")
    for query in (
        "q=hafen", "q=strokes", "sort=oldest", "sort=liked", "sort=largest", "tag=sea", "by=alice", "only=mine",
        "only=favourites", "size=small", "backbone=vgg19-lite", "within=week", "likes=1",
        *(f"{role}={picture}" for role in ("style", "content") for picture in ids["picture_id"]),
    ):  # fmt: skip
        yield f"{gallery}?{query}"
    yield from (f"{reverse('sweep_cells', args=[each])}?since=2000-01-01T00:00:00" for each in ids["sweep_id"])


def filled_in(ids: dict[str, list[str]]) -> Iterator[str]:
    """Forms that begin with what is there, and what they ask for."""
    studio, sweep = reverse("new"), reverse("new_sweep")
    for render in ids["render_id"]:
        yield from (f"{studio}?from={render}", f"{studio}?recipe={render}", f"{sweep}?from={render}")
    for picture in ids["picture_id"]:
        query = urlencode({"content_id": picture, "style_id": picture, "image_size": 512})
        yield from (f"{studio}?content={picture}&style={picture}&styles=2", f"{reverse('new_plan')}?{query}")
    yield f"{reverse('new_choose')}?for=style"


def in_the_admin() -> Iterator[str]:
    """Lists, and of every row its page, its history and the question whether to delete it."""
    yield from (
        reverse("admin:index"),
        reverse("admin:password_change"),
        f"{reverse('admin:index')}django_rq/dashboard/",
    )
    for model in (each for each in admin.site._registry if each._meta.managed):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        for pk in model._default_manager.values_list("pk", flat=True):
            yield from (reverse(f"{name}_{page}", args=[pk]) for page in ("change", "delete", "history"))


def files() -> Iterator[str]:
    """Every stored file; what was made of outputs has no address of its own."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield f"{settings.MEDIA_URL}{path.relative_to(root)}"
