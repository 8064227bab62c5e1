"""What tests write into pictures: everything that made one, most of it made up."""

from transfer.metadata import Provenance, Source
from transfer.recipes.style import StyleRecipe

CONTENT = Source(sha256="ab" * 32, width=96, height=72, name="house.jpg")
STYLE = CONTENT.model_copy(update={"name": "strokes.png"})
OTHERWISE = {
    "recipe": StyleRecipe(image_size=64, seed=42),
    "width": 64,
    "height": 48,
    "weights_sha256": "cd" * 32,
    "versions": {"stylesite": "0.1.0", "torch": "2.0"},
    "device": "cpu: 2 threads",
    "losses": {"total": 1.5, "style": 0.25},
}


def made_up(**facts: object) -> Provenance:
    """A Provenance with these facts. Without `inputs` it is of a content and a style."""
    pictures = {} if "inputs" in facts else {"content": CONTENT, "styles": (STYLE,)}
    return Provenance(**(OTHERWISE | pictures | facts))
