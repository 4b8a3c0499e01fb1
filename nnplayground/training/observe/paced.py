"""Work for somebody who looks: a few times a second while training, and once for every change at rest.

Only when the work is done depends on the clock, never what training does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.network import Network
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.run import Run

PAUSE_SECONDS = 0.25
MOST_SHARE = 0.1
"""The most of the training time that may go into one kind of this work."""

Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Paced(Generic[Asked, Found]):
    """Asks again and again about the run of one session; `forget` gives back the memory while nobody looks.

    `prepare` makes, for a run, the function that answers a question about its moment; it may keep buffers.
    """

    def __init__(
        self,
        prepare: Callable[[Run], Callable[[Asked], Found]],
        clock: Callable[[], float] = time.perf_counter,
        *,
        pause: float = PAUSE_SECONDS,
        most_share: float = MOST_SHARE,
    ) -> None:
        self._prepare, self._clock = prepare, clock
        self._pause, self._most_share = pause, most_share
        self._answer: Callable[[Asked], Found] | None = None
        self._network: Network | None = None  # the one that `_answer` has been prepared for
        self._next_due = 0.0
        # The last answer, and what it is an answer to.
        self._last: Found | None = None
        self._asked: Asked | None = None
        self._parameters: Floats | None = None
        self._training: TrainingSpec | None = None

    def make(self, run: Run, asked: Asked, *, training: bool) -> Found | None:
        """Return the answer of this moment, or `None` while `training` when the last one is younger than it should be.

        At rest there is one for every moment; when nothing has changed it is the last one again. Another question is
        answered at once.
        """
        if self._answer is None or self._network is not run.network:
            self.forget()
            self._answer, self._network = self._prepare(run), run.network
        start = self._clock()
        is_same_question = self._last is not None and self._asked == asked
        if is_same_question and self._is_of(run):
            return self._last
        if training and is_same_question and start < self._next_due:
            return None
        self._last, self._asked = self._answer(asked), asked
        self._parameters, self._training = run.network.parameters.copy(), run.project.training
        seconds = self._clock() - start
        self._next_due = start + max(self._pause, seconds / self._most_share)
        return self._last

    def forget(self) -> None:
        """Give back the memory; the next answer is due at once."""
        self._answer = self._network = None
        self._last = self._asked = self._parameters = self._training = None
        self._next_due = 0.0

    def _is_of(self, run: Run) -> bool:
        """Tell whether the last answer still holds: the weights and the penalties are what they were."""
        same = self._parameters is not None and np.array_equal(self._parameters, run.network.parameters)
        return same and self._training == run.project.training
