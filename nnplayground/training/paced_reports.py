"""Reports for somebody who looks at them: a few a second while training, and one for every change at rest.

Only when a report is made depends on the clock, never what training does.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.reporting import Reporter
from nnplayground.training.reports import Report
from nnplayground.training.run import Run

PAUSE_SECONDS = 0.25
MOST_SHARE = 0.1
"""The most of the training time that may go into reports."""


class PacedReports:
    """Makes the reports of one session; `forget` gives back the memory while nobody looks."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._reporter: Reporter | None = None
        self._next_due = 0.0
        # The last report, and what it is a report of.
        self._last: Report | None = None
        self._parameters: Floats | None = None
        self._training: TrainingSpec | None = None

    def make(self, run: Run, *, training: bool) -> Report | None:
        """Return the report of this moment, or `None` while `training` when the last one is younger than it should be.

        At rest there is one for every moment; when nothing has changed it is the last one again.
        """
        if self._reporter is None or self._reporter.run is not run:
            self.forget()
            self._reporter = Reporter(run)
        start = self._clock()
        if self._last is not None and self._is_of(run):
            return self._last
        if training and start < self._next_due:
            return None
        self._last = self._reporter.report()
        self._parameters, self._training = run.network.parameters.copy(), run.project.training
        seconds = self._clock() - start
        self._next_due = start + max(PAUSE_SECONDS, seconds / MOST_SHARE)
        return self._last

    def forget(self) -> None:
        """Give back the memory; the next report is due at once."""
        self._reporter = self._last = self._parameters = self._training = None
        self._next_due = 0.0

    def _is_of(self, run: Run) -> bool:
        """Tell whether the last report still holds: the weights and the penalties are what they were."""
        same = self._parameters is not None and np.array_equal(self._parameters, run.network.parameters)
        return same and self._training == run.project.training
