"""How fine the maps are: as fine as the machine affords while the network trains, and really fine when it stands still.

Only the picture depends on the clock, never what training does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from nnplayground.training.observe.maps import MapMaker, MapRequest, Maps
from nnplayground.training.observe.observation import Subject

FINE = 240
"""The side of a map at rest; a large network still gets no more than `maps.affordable_resolution` allows."""
SIDES = (100, 80, 60, 45, 30)
"""The sides of maps while training, the finest first."""
TOO_LONG, WELL_WITHIN = 0.004, 0.0025
"""Seconds: a map that takes longer makes frames late, and one that would not even take that long can be finer."""
SLOW_FRAMES, FAST_FRAMES = 5, 40
"""So many frames in a row decide, so that neither one late frame nor luck changes the picture to and fro."""


class MapPace:
    """Chooses the side of the maps while training from how long the last ones took."""

    def __init__(self) -> None:
        self._place = self._slow = self._fast = 0

    @property
    def side(self) -> int:
        """How many cells the next map should have on each side."""
        return SIDES[self._place]

    def took(self, seconds: float) -> None:
        """Hear how long a map of this side took; the same frames cannot count for both directions."""
        self._slow = self._slow + 1 if seconds > TOO_LONG else 0
        self._fast = self._fast + 1 if self._could_be_finer(seconds) else 0
        if self._slow >= SLOW_FRAMES and self._place + 1 < len(SIDES):
            self._turn_to(self._place + 1)
        elif self._fast >= FAST_FRAMES:
            self._turn_to(self._place - 1)

    def _could_be_finer(self, seconds: float) -> bool:
        """Tell whether the next finer map, which takes longer by its cells, would still be made in good time."""
        if self._place == 0:
            return False
        return seconds * (SIDES[self._place - 1] / self.side) ** 2 < WELL_WITHIN

    def _turn_to(self, place: int) -> None:
        self._place, self._slow, self._fast = place, 0, 0


class PacedMaps:
    """Observes maps with every frame.

    Their side is the one that was asked for or, where the request adapts, the one that is best right now.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._pace = MapPace()
        self._busy, self._still = MapMaker(), MapMaker()

    def observe(self, request: MapRequest, subject: Subject, *, busy: bool) -> Maps:
        """Return the maps of this moment; they are frozen and do not follow the weights."""
        if not request.adapts:
            return _made(self._busy, request, subject)
        if not busy:
            return _made(self._still, replace(request, resolution=FINE), subject)
        self._still.forget()
        start = self._clock()
        maps = _made(self._busy, replace(request, resolution=min(request.resolution, self._pace.side)), subject)
        self._pace.took(self._clock() - start)
        return maps


def _made(maker: MapMaker, request: MapRequest, subject: Subject) -> Maps:
    run = subject.run
    return maker.make(run.architecture, run.network.parameters, run.data, request)
