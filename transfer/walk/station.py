"""A station of a walk: a variation, as it is at each of its sizes."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.engine.step import Step
from transfer.film.kept import in_order, numbered
from transfer.inputs import Inputs
from transfer.variation.painter import VariationPainter
from transfer.variation.recipe import VariationRecipe


@dataclass(frozen=True)
class Station:
    """`pictures` (1, 3, H, W), lowest first, in colours as they are compared, and where their patches are from: fields
    (2, rows, columns) for each of them, or none at all."""

    pictures: tuple[Tensor, ...]
    fields: tuple[Tensor, ...]

    def tensors(self, name: str) -> dict[str, Tensor]:
        """All of it, for a state, where nothing else has such a name."""
        return numbered(f"{name}_picture", self.pictures) | numbered(f"{name}_field", self.fields)

    @classmethod
    def restored(cls, tensors: Mapping[str, Tensor], name: str) -> "Station | None":
        """That of a state, if it is in there."""
        pictures = tuple(in_order(tensors, f"{name}_picture"))
        return cls(pictures, tuple(in_order(tensors, f"{name}_field"))) if pictures else None


def made(inputs: Inputs, recipe: VariationRecipe, device: torch.device) -> Generator[float, None, Station]:
    """The station that this variation is; pauses with the part that is done. Raises what a variation raises."""
    pictures, fields = list[Tensor](), list[Tensor]()
    for found in VariationPainter(inputs, recipe, device).steps():
        if isinstance(found, Step) and found.ends_rung:
            pictures.append(found.canvas.picture)
            if found.canvas.field is not None:
                fields.append(found.canvas.field.int())
        yield found.fraction
    return Station(tuple(pictures), tuple(fields))
