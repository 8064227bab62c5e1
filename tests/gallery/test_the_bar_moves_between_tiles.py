"""The bar moves between the tiles of a large iteration; the picture stays that of the last step."""

import time
from collections.abc import Callable, Iterator

import pytest
import redis

from gallery.models import Render, Status
from gallery.painting import following
from gallery.painting.checkpoints import Stored
from gallery.painting.following import Following
from gallery.processes.parts import Part
from gallery.queueing import progress
from gallery.queueing.progress import Progress
from tests.gallery.kept_rungs import keep_rung_below
from tests.pictures import painting, photograph
from transfer.devices import resolve
from transfer.engine.keeper import Keeper
from transfer.engine.step import Step, Tick
from transfer.inputs import Input, Inputs, Role
from transfer.kinds import kind_of
from transfer.planning.time_left import TimeLeft

pytestmark = pytest.mark.slow

Make = Callable[..., Render]


class TenSeconds(TimeLeft):
    """It always takes ten more seconds."""

    seconds = 10.0

    def __init__(self) -> None:
        super().__init__([])

    def note(self, *_: object) -> None:
        """Ignores the work done so far."""


@pytest.fixture
def render(clean_queue: redis.Redis, make_finished: Make) -> Render:
    """A render of one rung that is being painted."""
    return make_finished(status=Status.IN_PROGRESS, output="")


@pytest.fixture
def steps(render: Render) -> Iterator[Step | Tick]:
    """The three steps of the render."""
    pictures = Input(Role.CONTENT, 0, photograph((96, 72))), Input(Role.STYLE, 1, painting((80, 80)))
    return kind_of(render.recipe).painter_of(Inputs(pictures), render.recipe, resolve()).steps()


def follow(render: Render, steps: Iterator[Step | Tick]) -> None:
    """Shows these steps."""
    Following(render, Keeper(Stored(), "key"), lambda: None, TenSeconds()).to_the_end(steps)


def shown_at_ticks(render: Render, steps: Iterator[Step | Tick]) -> list[tuple[Step, Tick, Progress]]:
    """The progress shown after each of two ticks that follow every step but the last."""
    found = []

    def with_ticks() -> Iterator[Step | Tick]:
        for step in steps:
            yield step
            if step.ends_render:
                return
            for share in (0.1, 0.2):
                tick = Tick(step.fraction + share)
                yield tick
                found.append((step, tick, progress.read(render.pk)))

    follow(render, with_ticks())
    return found


def test_the_fraction_and_the_time_left_move_on_and_the_rest_stays(
    render: Render, steps: Iterator[Step | Tick], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "SHOW_EVERY", 0.0)

    for step, tick, shown in shown_at_ticks(render, steps):
        assert shown.fraction == tick.fraction
        assert shown.eta_seconds == pytest.approx(10 * (1 - tick.fraction) / (1 - step.fraction), abs=0.06)
        assert (shown.iteration, shown.frame) == (step.iteration, step.number)
    assert progress.read(render.pk).fraction == 1.0


def test_no_more_is_shown_than_between_steps(render: Render, steps: Iterator[Step | Tick]) -> None:
    first = next(steps)

    def hasty() -> Iterator[Step | Tick]:
        time.sleep(following.SHOW_EVERY)
        yield first
        yield Tick(first.fraction + 0.1)
        assert progress.read(render.pk).fraction == first.fraction
        yield from steps

    follow(render, hasty())


def test_before_the_first_step_what_was_shown_last_moves_on(
    render: Render, steps: Iterator[Step | Tick], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "SHOW_EVERY", 0.0)
    progress.publish(render.pk, Progress(fraction=0.1, rung=64, iteration=1, eta_seconds=7.0, frame=3), b"frame")

    def resumed() -> Iterator[Step | Tick]:
        yield Tick(0.2)
        shown = progress.read(render.pk)
        assert (shown.fraction, shown.eta_seconds, shown.rung, shown.frame) == (0.2, None, 64, 3)
        assert progress.read_frame(render.pk) == b"frame"
        yield from steps

    follow(render, resumed())


def test_where_nothing_was_shown_there_is_nothing_before_the_first_step(
    render: Render, steps: Iterator[Step | Tick], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "SHOW_EVERY", 0.0)

    def begun() -> Iterator[Step | Tick]:
        yield Tick(0.1)
        assert progress.read(render.pk) is None
        yield from steps

    follow(render, begun())


@pytest.mark.usefixtures("one_thread")
def test_whoever_watches_a_large_render_sees_it_move_within_an_iteration(
    start_worker: Callable[[], Part], make_render: Make, status_of: Callable[..., dict], until: Callable[..., None]
) -> None:
    render = make_render(image_size=2048, num_iterations=4)
    keep_rung_below(render)
    start_worker()
    seen: dict[int, set[float]] = {}

    def has_moved() -> bool:
        now = status_of(render.id)["progress"]
        if now["iteration"]:
            seen.setdefault(now["iteration"], set()).add(now["fraction"])
        return any(len(fractions) > 2 for fractions in seen.values())

    until(has_moved, "three fractions are seen within an iteration")
