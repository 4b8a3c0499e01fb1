"""Reports for somebody who looks at them: a few a second while training, and one for every change at rest."""

from __future__ import annotations

import time
from collections.abc import Callable

from nnplayground.training.observe.paced import MOST_SHARE, PAUSE_SECONDS, Paced
from nnplayground.training.observe.reports import Report, Reporter
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.run import Run

__all__ = ["MOST_SHARE", "PAUSE_SECONDS", "PacedReports"]


class PacedReports:
    """Makes the reports of one session; `forget` gives back the memory while nobody looks."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._paced: Paced[Checkpoint | None, Report] = Paced(_reports_of, clock)

    def make(self, run: Run, *, training: bool, start: Checkpoint | None = None) -> Report | None:
        """Return the report of this moment, or `None` while `training` when the last one is younger than it should be.

        At rest there is one for every moment; when nothing has changed it is the last one again. With `start` it tells
        as well how the layers were then.
        """
        return self._paced.make(run, start, training=training)

    def forget(self) -> None:
        """Give back the memory; the next report is due at once."""
        self._paced.forget()


def _reports_of(run: Run) -> Callable[[Checkpoint | None], Report]:
    """Return what makes the reports of a run."""
    reporter = Reporter(run)

    def report(start: Checkpoint | None) -> Report:
        reporter.begin_at(start)
        return reporter.report()

    return report
