"""One size of the frames of a walk: what they are compared with, in the same way in each frame."""

from collections.abc import Generator, Sequence

from torch import Tensor

from transfer.engine.ladder import Rung
from transfer.variation.nearest import Matcher, voted
from transfer.variation.scene import Scene
from transfer.variation.transport import Directions

# Chosen: iterations that move distributions onto the picture's at the first size, at others before patches find their
# nearest, and after that; and how far the last of them goes.
FIRST, BEFORE, AFTER = 16, 3, 3
SHORTEST = 0.3
SEARCH = ((1, 3),)  # see `nearest.SEARCH`: where the last frame's patches came from is a good guess already


class Level:
    """Directions are drawn once: so frames differ by what moves, and not by chance."""

    def __init__(self, scene: Scene, rung: Rung) -> None:
        recipe, self.scene, self.rung = scene.recipe, scene, rung
        self.source = scene.source(rung)
        self.kept = scene.kept(rung, self.source)
        self.matcher = None if recipe.method == "distribution" else Matcher(self.source)
        before, after = (FIRST if rung.index == 0 else BEFORE), AFTER
        if recipe.method != "both":
            before, after = (0, 0) if recipe.method == "nearest" else (before + after, 0)
        drawn = scene.drawn(rung, 0)
        directions = [Directions(self.source, recipe.num_projections, drawn) for _ in range(before + after)]
        self.before, self.after = _settling(directions[:before]), _settling(directions[before:])

    def matched(
        self, image: Tensor, guesses: Sequence[Tensor], number: int
    ) -> Generator[None, None, tuple[Tensor, Tensor | None, float]]:
        """An image (1, 3, H, W) that has the picture's patches and is near to the given one, where its patches are
        from, and how far it was from them.

        `guesses` are fields; the first one is the best guess. `number` is that of the frame. Pauses now and then.
        """
        field, distance = None, 0.0
        for directions, share in self.before:
            image, distance = yield from directions.transported(image, share)
        if self.matcher is not None:
            drawn = self.scene.drawn(self.rung, 1 + number)
            field = yield from self.matcher.field(image, guesses, drawn, SEARCH)
            image = yield from voted(self.source, field)
        for directions, share in self.after:
            image, distance = yield from directions.transported(image, share)
        return (image if self.kept is None else self.kept.put(image)), field, distance


def _settling(directions: Sequence[Directions]) -> list[tuple[Directions, float]]:
    """With the share of the way that each goes: less and less."""
    count = len(directions)
    return [(each, max(SHORTEST, (count - place) / count)) for place, each in enumerate(directions)]
