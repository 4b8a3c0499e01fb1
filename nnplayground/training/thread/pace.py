"""How fast training goes: flat out in slices that leave the window room, or slowly enough to watch.

Only the number of steps per moment depends on the clock, never what a step does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

SLICE_SECONDS = 0.005
WINDOW_SECONDS = 0.5
FRAMES_PER_SECOND = 60.0


@dataclass(frozen=True)
class Pace:
    """So many batches or epochs a second; neither means flat out."""

    batches_per_second: float | None = None
    epochs_per_second: float | None = None


class Trainable(Protocol):
    """What the slicer needs to know of a session."""

    def advance(self, batches: int) -> int:
        """Train on up to this many batches and return how many were done."""
        ...

    @property
    def batches(self) -> int:
        """Batches in an epoch."""
        ...

    @property
    def steps(self) -> int:
        """Batches done since the first weights."""
        ...

    @property
    def is_stepping(self) -> bool:
        """Whether it trains only as far as a step goes; a step does not wait for the pace."""
        ...


class Slicer:
    """Cuts training into slices and measures how fast it goes."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._pace = Pace()
        self._next_due = 0.0
        self.reset()

    def reset(self) -> None:
        """Forget how long a batch takes: another network or batch size may take a thousand times longer."""
        self._fitting = 1
        self._window = (0.0, 0)
        self.epochs_per_second = 0.0

    def set_pace(self, pace: Pace) -> None:
        """Use another pace from the next slice on."""
        self._pace = pace
        self._next_due = 0.0

    @property
    def pause(self) -> float:
        """Seconds until the next slice is due; 0 flat out."""
        if self._pace == Pace():
            return 0.0
        return max(0.0, self._next_due - self._clock())

    def train(self, session: Trainable) -> None:
        """Train one slice."""
        if self._pace == Pace() or session.is_stepping:
            self._train_slice(session, self._fitting)
        else:
            self._train_paced(session)
        self._measure(session)

    def _train_slice(self, session: Trainable, batches: int) -> int:
        """Train so many batches, but no more than fit into a slice, judged by the slice before; returns how many."""
        start = self._clock()
        done = session.advance(min(batches, self._fitting))
        seconds = max(self._clock() - start, 1e-6)
        self._fitting = max(1, min(int(done * SLICE_SECONDS / seconds), 2 * self._fitting))
        return done

    def _train_paced(self, session: Trainable) -> None:
        """Train what is due in a frame's time; when the machine is slower than asked for, nothing is caught up."""
        per_second = self._pace.batches_per_second or (self._pace.epochs_per_second or 1.0) * session.batches
        due = max(1, round(per_second / FRAMES_PER_SECOND))
        # A frame's delay is made up for, so that the pace holds on the average; more is not.
        start = max(self._next_due, self._clock() - 1.0 / FRAMES_PER_SECOND)
        # What does not fit into the slice is trained after the orders that have come in meanwhile.
        self._next_due = start + self._train_slice(session, due) / per_second

    def _measure(self, session: Trainable) -> None:
        now = self._clock()
        since, steps = self._window
        if session.steps < steps or now - since > 4 * WINDOW_SECONDS:
            self._window = now, session.steps
        elif now - since > WINDOW_SECONDS:
            self.epochs_per_second = (session.steps - steps) / session.batches / (now - since)
            self._window = now, session.steps
