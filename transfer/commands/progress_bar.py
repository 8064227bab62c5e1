"""How far a render is, on a terminal or in a log."""

import sys
import time
from typing import Never, Self

from tqdm import tqdm

from transfer import words
from transfer.engine.step import Step

BAR = "{desc} {percentage:3.0f}%|{bar}| {elapsed}<{remaining}{postfix}"


class ProgressBar:
    """A bar on a terminal, one line a rung elsewhere, and what `print_iter` asks for; all on stderr."""

    def __init__(self, long_side: int) -> None:
        self.first: tuple[float, float] | None = None  # when it was shown, and what part was done by then
        self.bar: tqdm[Never] | None = None
        if sys.stderr.isatty():
            self.bar = tqdm(total=1.0, bar_format=BAR, desc=f"{long_side} px", leave=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def show(self, step: Step) -> None:
        """Takes note of a step."""
        self.first = self.first or (time.monotonic(), step.fraction)
        if step.prints:
            terms = ", ".join(f"{name} {value:.5f}" for name, value in step.losses.items())
            tqdm.write(f"iteration {step.number} ({step.rung.long_side} px): {terms}", file=sys.stderr)
        if self.bar is not None:
            self.bar.set_postfix_str(f" rung {step.rung.long_side} px, loss {step.losses['total']:.3f}", refresh=False)
            self.bar.update(step.fraction - self.bar.n)
        elif step.ends_rung:
            print(
                f"rung {step.rung.index + 1}/{step.rungs}: {step.rung.long_side} px, {step.iteration} iterations, "
                f"loss {step.losses['total']:.4f}, {step.fraction:.0%}{self._left(step.fraction)}",
                file=sys.stderr,
                flush=True,
            )

    def _left(self, fraction: float) -> str:
        """What is left at the pace so far, in words; empty at the end, and while there is no pace."""
        began, before = self.first or (0.0, fraction)
        if not before < fraction < 1:
            return ""
        return f", {words.roughly((time.monotonic() - began) * (1 - fraction) / (fraction - before))} left"
