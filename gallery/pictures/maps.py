"""What is known of the places in a picture, as stored files."""

from collections.abc import Mapping

from gallery.pictures import blobs

ENDINGS = {"elevation": ".png", "labels": ".png", "rivers": ".geojson"}  # by the fields of `Mapped`


def stored(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Stores these contents by the fields of `Mapped`; gives their names in the storage by the same fields."""
    return {field: blobs.store("maps", content, ENDINGS[field]) for field, content in contents.items()}
