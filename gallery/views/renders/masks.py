"""The masks of a render, as its pages show them beside its pictures."""

from dataclasses import dataclass

from gallery.pictures import shown_masks as drawn
from gallery.pictures.shown_masks import Region, ShownMask
from gallery.queueing.order import Order
from transfer.inputs import Role


@dataclass(frozen=True)
class Masks:
    """Each mask with the name of the picture that it belongs to, and all regions that occur, each once."""

    masks: list[tuple[str, ShownMask]]
    regions: list[Region]


def shown_masks(order: Order) -> Masks | None:
    """Those of an order; None where it has none."""
    found = [(_whose(each.place), drawn.shown(each.file)) for each in order.inputs if each.role == Role.MASK]
    masks = [(whose, mask) for whose, mask in found if mask is not None]
    regions = dict.fromkeys(region for _, mask in masks for region in mask.regions)
    return Masks(masks, list(regions)) if masks else None


def _whose(place: int) -> str:
    return {0: "Content", 1: "Style"}.get(place, f"Style {place}")
