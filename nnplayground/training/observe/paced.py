"""The pace of most observations: a few answers a second while training, and one for every change at rest.

Only when there is an answer depends on the clock, never what training does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.observe.observation import Subject

PAUSE_SECONDS = 0.25
MOST_SHARE = 0.1
"""The most of the training time that may go into one observation."""

Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Paced(Generic[Asked, Found]):
    """An observer with `pause` seconds between answers, or more where they would take over `most_share` of the time.

    `prepare` returns, for a subject, the function that answers a request at the moment when it is called; that may keep
    buffers. It is prepared anew for another network and another start.
    """

    def __init__(
        self,
        prepare: Callable[[Subject], Callable[[Asked], Found | None]],
        clock: Callable[[], float] = time.perf_counter,
        *,
        pause: float = PAUSE_SECONDS,
        most_share: float = MOST_SHARE,
    ) -> None:
        self._prepare, self._clock = prepare, clock
        self._pause, self._most_share = pause, most_share
        self._answer: Callable[[Asked], Found | None] | None = None
        self._subject: Subject | None = None  # what `_answer` has been prepared for
        self._network: object = None  # its network then
        self._next_due = 0.0
        # The last answer, and what it is an answer to.
        self._last: Found | None = None
        self._asked: Asked | None = None
        self._parameters: Floats | None = None
        self._training: TrainingSpec | None = None

    def observe(self, request: Asked, subject: Subject, *, busy: bool) -> Found | None:
        """Return the answer of this moment, or `None` while `busy` when the last one is younger than it should be.

        At rest there is one for every moment; when nothing has changed it is the last one again. Another request is
        answered at once.
        """
        answer = self._prepared(subject)
        start = self._clock()
        is_same_request = self._last is not None and self._asked == request
        if is_same_request and self._is_of(subject):
            return self._last
        if busy and is_same_request and start < self._next_due:
            return None
        run = subject.run
        self._last, self._asked = answer(request), request
        self._parameters, self._training = run.network.parameters.copy(), run.project.training
        seconds = self._clock() - start
        self._next_due = start + max(self._pause, seconds / self._most_share)
        return self._last

    def _prepared(self, subject: Subject) -> Callable[[Asked], Found | None]:
        """Return what answers for a subject; for another one than before, the next answer is due at once."""
        before, network = self._subject, subject.run.network
        is_same = before is not None and before.start is subject.start and self._network is network
        if self._answer is None or not is_same:
            self._answer = self._last = None  # gives back the memory before more is taken
            self._answer, self._subject, self._network = self._prepare(subject), subject, network
        return self._answer

    def _is_of(self, subject: Subject) -> bool:
        """Tell whether the last answer still holds: the weights and the penalties are what they were."""
        same = self._parameters is not None and np.array_equal(self._parameters, subject.run.network.parameters)
        return same and self._training == subject.run.project.training


def paced(
    prepare: Callable[[Subject], Callable[[Asked], Found | None]],
    *,
    pause: float = PAUSE_SECONDS,
    most_share: float = MOST_SHARE,
) -> Callable[[], Paced[Asked, Found]]:
    """Return what makes observers of this pace, for an entry of `OBSERVATIONS`."""
    return partial(Paced, prepare, pause=pause, most_share=most_share)
