"""Long work tells how far it is, gives way, and ends when it is cancelled."""

from __future__ import annotations

import pytest

from nnplayground.data.progress import CancelledError, Progress
from nnplayground.training.many import cooperative_yield as module
from nnplayground.training.many.cooperative_yield import LEAST_REST, LONGEST_REST, MORE_REST, CooperativeYield


class Clock:
    """A clock that goes on only when told to: `wall` by itself, `worked` for what the thread has computed."""

    def __init__(self) -> None:
        self.wall = self.worked = 0.0
        self.rests: list[float] = []

    def perf_counter(self) -> float:
        return self.wall

    def thread_time(self) -> float:
        return self.worked

    def sleep(self, seconds: float) -> None:
        self.rests.append(seconds)


@pytest.fixture(name="clock")
def _clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def test_between_two_steps_the_interpreter_is_offered(clock: Clock) -> None:
    turns = CooperativeYield(Progress())
    turns()
    assert clock.rests == [0.0]


def test_after_a_slice_the_work_rests_the_longer_the_more_it_had_to_wait(clock: Clock) -> None:
    turns = CooperativeYield(Progress())
    clock.wall, clock.worked = 0.004, 0.004
    turns()
    clock.wall, clock.worked = 0.008, 0.006
    turns()
    clock.wall = 10.0
    turns()
    alone, shared = 0.004 * LEAST_REST, 0.004 * (LEAST_REST + 0.5 * MORE_REST)
    assert clock.rests == pytest.approx([alone, shared, LONGEST_REST])


def test_it_tells_how_far_the_work_is_and_ends_it_when_it_is_cancelled(clock: Clock) -> None:
    progress = Progress()
    turns = CooperativeYield(progress)
    turns.share = 0.25
    turns()
    assert progress.share == 0.25
    progress.cancel()
    with pytest.raises(CancelledError):
        turns()
