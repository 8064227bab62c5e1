"""Regions that were found by the names of places: what took what, and how a recipe's table says so."""

from collections.abc import Mapping

from gallery.pictures import places
from gallery.queueing.order import Order

REGIONS = "regions"


def places_of(order: Order) -> Mapping[str, str]:
    """What takes what, by names, where the regions are the places that the pictures know; else nothing."""
    names = tuple(picture.labels_id or "" for picture in order.pictured())
    return places.by_name(order.masks, names)


def in_words(order: Order) -> dict[str, str]:
    """What a recipe's table says of the regions, where they were found by name."""
    found = places_of(order)
    told = (name if name == other else f"{name} from {other}" for name, other in found.items())
    return {REGIONS: f"by name: {', '.join(told)}"} if found else {}
