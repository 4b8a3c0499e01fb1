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


class Slicer:
    """Cuts training into slices and measures how fast it goes."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._pace = Pace()
        self._guess = 1
        self._next_due = 0.0
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
        if self._pace == Pace():
            self._train_flat_out(session)
        else:
            self._train_paced(session)
        self._measure(session)

    def _train_flat_out(self, session: Trainable) -> None:
        """Train about as many batches as fit into a slice, judged by the slice before."""
        start = self._clock()
        done = session.advance(self._guess)
        seconds = max(self._clock() - start, 1e-6)
        fitting = int(done * SLICE_SECONDS / seconds)
        self._guess = max(1, min(fitting, 2 * self._guess))

    def _train_paced(self, session: Trainable) -> None:
        """Train what is due in a frame's time; when slower than asked for, nothing is caught up."""
        per_second = self._pace.batches_per_second or (self._pace.epochs_per_second or 1.0) * session.batches
        interval = max(1.0 / per_second, 1.0 / 60.0)
        session.advance(max(1, round(per_second * interval)))
        now = self._clock()
        self._next_due = max(self._next_due + interval, now)

    def _measure(self, session: Trainable) -> None:
        now = self._clock()
        since, steps = self._window
        if session.steps < steps or now - since > 4 * WINDOW_SECONDS:
            self._window = now, session.steps
        elif now - since > WINDOW_SECONDS:
            self.epochs_per_second = (session.steps - steps) / session.batches / (now - since)
            self._window = now, session.steps
