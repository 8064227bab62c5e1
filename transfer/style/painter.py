"""The painter of a content picture in the manner of styles."""

from transfer.engine.painter import GoalPainter
from transfer.engine.step import Step
from transfer.style.goal import StyleGoal
from transfer.style.height import height_map


class StylePainter(GoalPainter):
    """The painter towards a `StyleGoal`."""

    goal: StyleGoal

    def beside(self, last: Step) -> dict[str, bytes]:
        """See `Painter`: the height map, where the recipe asks for it."""
        return {"elevation": height_map(last.image)} if self.goal.recipe.height_map else {}
