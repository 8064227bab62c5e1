"""A render that nothing disturbs: the core paints it alone, without a queue or checkpoints."""

from django.conf import settings
from PIL import Image

from gallery.models import Picture, Render
from transfer.devices import resolve
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.instant.render import render
from transfer.style.inputs import StyleInputs


def pixels(row: Render) -> tuple[tuple[int, int], bytes]:
    """The pixels of a render's output; the metadata of two equal pictures may differ."""
    with row.output.open("rb") as file, Image.open(file) as image:
        return image.size, image.convert("RGB").tobytes()


def pixels_undisturbed(row: Render) -> tuple[tuple[int, int], bytes]:
    """The pixels that a render's output should have."""
    inputs = StyleInputs(content=_opened(row.pair.content), styles=(_opened(row.pair.style),))
    picture = to_picture(result(render(inputs, row.recipe, network_for(row.recipe, resolve()), settings.MEMORY)).image)
    return picture.size, picture.tobytes()


def _opened(picture: Picture) -> Image.Image:
    with picture.file.open("rb") as file, Image.open(file) as image:
        return image.convert("RGB")
