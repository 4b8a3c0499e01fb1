"""Long work beside the training and the window: it gives way to both, and ends soon when it is cancelled."""

from __future__ import annotations

import time

from nnplayground.data.progress import Progress

SLICE_SECONDS = 0.002
LEAST_REST, MORE_REST = 0.25, 4.0
"""How long the work rests, as a share of the time a slice took: at least, and more for the share of it spent waiting.

Who had to wait for the interpreter shares it with others, and these have a window to draw.
"""
LONGEST_REST = 0.03


class CooperativeYield:
    """Called after every few steps of the work; `share` is how far it has come.

    It offers the interpreter each time and rests after each slice of some milliseconds: without a rest three threads
    that compute would leave the window a third of the time. Raises `CancelledError` when `progress` was cancelled.
    """

    def __init__(self, progress: Progress) -> None:
        self.share = 0.0
        self._progress = progress
        self._begin()

    def __call__(self) -> None:
        """Give way, and tell how far the work has come."""
        self._progress.at(self.share)
        took = time.perf_counter() - self._since
        if took < SLICE_SECONDS:
            time.sleep(0)
            return
        waited = max(0.0, 1.0 - (time.thread_time() - self._worked) / took)
        time.sleep(min((LEAST_REST + MORE_REST * waited) * took, LONGEST_REST))
        self._begin()

    def _begin(self) -> None:
        """Begin a slice."""
        self._since, self._worked = time.perf_counter(), time.thread_time()
