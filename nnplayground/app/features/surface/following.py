"""When a cost surface is computed anew by itself: when training pauses, and now and then while it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.observe.surface import Surface

PAUSE = 3.0
"""Seconds between two maps while training goes on, at least."""
SHARE = 0.1
"""The share of the time, at most, that goes into maps while training goes on."""


class Following:
    """Keeps in mind when the last map was begun and how long it took; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = self._ended = -np.inf

    def begin(self) -> None:
        """Note that a map has been asked for."""
        self._begun = self._clock()

    def end(self) -> None:
        """Note that it has come, or will not."""
        self._ended = self._clock()

    def is_due(self, surface: Surface | None, snapshot: Snapshot) -> bool:
        """Tell whether a map of this moment should be computed; `surface` is the one on show.

        At rest it should whenever it would be another one, while training when enough time has gone by.
        """
        if surface is not None and _is_of(surface, snapshot):
            return False
        if not snapshot.running:
            return True
        pause = max(PAUSE, (self._ended - self._begun) / SHARE if self._ended > self._begun else 0.0)
        return self._clock() - self._ended >= pause


def _is_of(surface: Surface, snapshot: Snapshot) -> bool:
    """Tell whether a map was made around exactly these weights of this document."""
    return (
        surface.generation == snapshot.generation
        and surface.architecture == snapshot.architecture
        and (surface.epoch, surface.batch) == (snapshot.epoch, snapshot.batch)
        and np.array_equal(surface.plane.origin, snapshot.parameters)
    )
