"""What is painted: renders of different pictures and recipes, and what they are when nothing disturbs them."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from benchmarks.drawings import brush, coast, mosaic, village
from gallery.accounts.person import Person
from gallery.models import Picture, Render
from gallery.pictures import uploads
from gallery.queueing import queue
from gallery.queueing.order import Order
from transfer.devices import resolve
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

VARIANTS: tuple[dict[str, object], ...] = (
    {"image_size": 256},
    {"image_size": 96, "backbone": "vgg19", "content_layers": ("relu2_1",), "style_layers": ("relu1_1", "relu2_1")},
    {"image_size": 181, "strength": 0.8},
    {"image_size": 128, "init": "noise", "seed": 3},
    {"image_size": 200, "original_colors": True},
    {"image_size": 150, "optimizer": "lbfgs"},
    {"image_size": 64, "style_loss": "gram"},
    {"image_size": 256, "match_colors": True},
    {"image_size": 96, "normalize_gradients": True},
)
AGAIN_AT = {64: 128, 96: 181, 128: 181, 150: 128, 181: 256, 200: 256, 256: 200}  # px


@dataclass
class Job:
    """A render to make: its pictures, its recipe, and the digest of its pixels when nothing disturbs it."""

    content: Picture
    style: Picture
    recipe: StyleRecipe
    again: bool  # the previous job at another size
    pixels: str = ""


def jobs_of(renders: int, iterations: int) -> list[Job]:
    """Different pictures and recipes; every fifth is the one before it at another size."""
    contents = [_picture(village((320, 240)), "village"), _picture(coast((288, 216)), "coast")]
    styles = [_picture(brush((300, 240)), "brush"), _picture(mosaic((256, 256)), "mosaic")]
    jobs: list[Job] = []
    for number in range(renders):
        if number % 5 == 4:
            before = jobs[-1]
            size = AGAIN_AT[before.recipe.image_size]
            recipe = before.recipe.model_copy(update={"image_size": size})
            jobs.append(Job(before.content, before.style, recipe, again=True))
            continue
        variant = VARIANTS[number % len(VARIANTS)]
        # L-BFGS evaluates the picture several times in each iteration.
        many = iterations // 2 if variant.get("optimizer") == "lbfgs" else iterations
        recipe = StyleRecipe.model_validate({**variant, "num_iterations": many + number})
        jobs.append(Job(contents[number % 2], styles[number // 2 % 2], recipe, again=False))
    return jobs


def _picture(drawn: Image.Image, name: str) -> Picture:
    path = settings.DATA / f"{name}.png"
    drawn.save(path)
    upload = SimpleUploadedFile(path.name, path.read_bytes(), "image/png")
    return uploads.store(uploads.decode(upload), Person(None, "c" * 32))


def paint_undisturbed(jobs: list[Job], at_once: int) -> None:
    """Paints with the core alone, so many jobs at once: no queue, no checkpoints."""
    inputs = [StyleInputs(content=opened(job.content.file), styles=(opened(job.style.file),)) for job in jobs]

    def paint(job: Job, pictures: StyleInputs) -> str:
        steps = render(pictures, job.recipe, network_for(job.recipe, resolve()), settings.MEMORY)
        return digest(to_picture(result(steps).image))

    with ThreadPoolExecutor(at_once) as pool:
        for job, pixels in zip(jobs, pool.map(paint, jobs, inputs), strict=True):
            job.pixels = pixels


def submitted(jobs: list[Job]) -> list[Render]:
    """Submits them all; gives their rows."""
    rows: list[Render] = []
    for job in jobs:
        parent = rows[-1] if job.again else None
        order = Order.in_style(job.recipe, job.content, job.style)
        rows.append(queue.submit(order, Person(None, "c" * 32), parent=parent))
    return rows


def opened(stored: object) -> Image.Image:
    """A stored picture, fully read."""
    with stored.open("rb") as file, Image.open(file) as image:  # type: ignore[attr-defined]
        return image.convert("RGB")


def digest(picture: Image.Image) -> str:
    """A digest of the pixels alone: the metadata of two files may differ."""
    return hashlib.sha256(repr(picture.size).encode() + picture.tobytes()).hexdigest()
