"""Slices follow a clock, steps do not: tested with a clock of our own."""

from __future__ import annotations

import pytest

from nnplayground.training.thread.pace import SLICE_SECONDS, Pace, Slicer


class Clock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class FakeSession:
    """Takes `seconds` for each batch."""

    def __init__(self, clock: Clock, *, seconds: float) -> None:
        self.batches = 10
        self._clock, self._seconds = clock, seconds
        self.steps = 0
        self.is_stepping = False
        self.slices: list[int] = []

    def advance(self, batches: int) -> int:
        self._clock.now += batches * self._seconds
        self.steps += batches
        self.slices.append(batches)
        return batches


def test_flat_out_slices_grow_to_the_length_of_a_slice() -> None:
    clock = Clock()
    slicer, session = Slicer(clock), FakeSession(clock, seconds=SLICE_SECONDS / 100.5)
    for _ in range(12):
        slicer.train(session)
        assert slicer.pause == 0.0
    assert session.slices[:4] == [1, 2, 4, 8]
    assert session.slices[-1] == 100


def test_a_slow_network_gets_slices_of_one_batch() -> None:
    clock = Clock()
    slicer, session = Slicer(clock), FakeSession(clock, seconds=0.3)
    for _ in range(3):
        slicer.train(session)
    assert session.slices == [1, 1, 1]


@pytest.mark.parametrize(
    ("pace", "steps"),
    [(Pace(batches_per_second=1.0), 10), (Pace(epochs_per_second=1.0), 100), (Pace(epochs_per_second=60.0), 6000)],
)
def test_a_pace_is_kept(pace: Pace, steps: int) -> None:
    clock = Clock()
    slicer, session = Slicer(clock), FakeSession(clock, seconds=1e-6)
    slicer.set_pace(pace)
    start = clock.now
    while clock.now < start + 10.0:
        slicer.train(session)
        clock.now += slicer.pause
    assert session.steps == pytest.approx(steps, rel=0.11)
    assert slicer.epochs_per_second == pytest.approx(steps / 100.0, rel=0.6)


def test_a_pace_beyond_the_machine_never_makes_a_slice_longer() -> None:
    clock = Clock()
    slicer, session = Slicer(clock), FakeSession(clock, seconds=0.001)
    session.batches = 16_000
    slicer.set_pace(Pace(epochs_per_second=60.0))
    for _ in range(50):
        start = clock.now
        slicer.train(session)
        assert clock.now - start <= 3 * SLICE_SECONDS


def test_another_network_starts_with_one_batch_again() -> None:
    clock = Clock()
    slicer, session = Slicer(clock), FakeSession(clock, seconds=1e-6)
    for _ in range(12):
        slicer.train(session)
    slicer.reset()
    slow = FakeSession(clock, seconds=0.5)
    slicer.train(slow)
    assert slow.slices == [1]
