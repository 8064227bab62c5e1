"""The files that lie beside a picture that was made."""

from transfer.synthesis.exports.rivers import RiverMap
from transfer.synthesis.made import Made, height_png


def beside(made: Made) -> dict[str, bytes]:
    """What is known of its places, as far as it is: the PNGs `elevation` and `labels`, the GeoJSON `rivers`."""
    found = {}
    if made.height is not None:
        found["elevation"] = height_png(made.height, made.sea)
    if made.labels is not None:
        found["labels"] = made.labels.png()
    if made.rivers:
        found["rivers"] = RiverMap.of(made).geojson().encode()
    return found
