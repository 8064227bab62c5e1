"""The map of a land, and what is known of it."""

from transfer.synthesis.looks import drawn
from transfer.synthesis.made import Made
from transfer.synthesis.terrain import Terrain


def pictured(land: Terrain, look: str, seed: int) -> Made:
    """The map of a land, and what is known of it."""
    height, sea = land.elevation()
    return Made(
        picture=drawn(land, look, seed),
        height=height,
        sea=sea,
        labels=land.labels,
        rivers=land.rivers,
        facts=facts(land),
        wraps=land.wraps,
    )


def facts(land: Terrain) -> tuple[str, ...]:
    """What is known of a land, in words."""
    width = land.height.shape[1]
    share = int((land.height >= 0).sum()) / land.height.size
    rivers = sum(bool(0 <= each.points[0, 0] < width) for each in land.rivers)
    counted = ((rivers, "river", "rivers"), (len(land.cities), "city", "cities"))
    named = (f"{count} {one if count == 1 else more}" for count, one, more in counted if count)
    return (f"{share:.0%} land", *named, f"highest point {float(land.height.max()):.0f}\N{NO-BREAK SPACE}m")
