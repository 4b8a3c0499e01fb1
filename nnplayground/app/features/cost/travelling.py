"""Going through time by the scrubber: one travel at a time is under way, then the newest wish is sent."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from nnplayground.training.observe.snapshot import Snapshot

LATE = 3
"""After so many frames of something else a travel is given up: nobody answers it any more."""


class Traveller(QObject):
    """Emits `travel_wanted(epoch)`, or `None` for the newest moment, as often as frames answer."""

    travel_wanted = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._expected: int | None = None  # the epoch of the frame that answers
        self._frames = 0  # that have come since the travel began
        self._wish: int | None = None
        self._has_wish = False

    @property
    def is_under_way(self) -> bool:
        """Whether an answer is awaited."""
        return self._expected is not None

    def wish(self, epoch: int | None) -> None:
        """Go to the moment at or before an epoch, or to the newest one."""
        if self.is_under_way:
            self._wish, self._has_wish = epoch, True
        else:
            self._go(epoch)

    def arrive(self, snapshot: Snapshot) -> None:
        """Take note of the moment that is shown, and go on to where one wants to be by now."""
        self._snapshot = snapshot
        self._frames += 1
        if not self.is_under_way or (snapshot.epoch != self._expected and self._frames < LATE):
            return
        self._expected = None
        if self._has_wish:
            self._has_wish = False
            self._go(self._wish)

    def forget(self) -> None:
        """Nothing is awaited any more, as no frames come."""
        self._snapshot = self._expected = None
        self._has_wish = False

    def _go(self, epoch: int | None) -> None:
        """Travel, unless one is there."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        record = snapshot.record
        moment = None if epoch is None or epoch >= record.last_epoch else record.nearest(epoch)
        if moment is not None and moment.epoch >= record.last_epoch:
            moment = None  # nothing is kept of the time before
        expected = record.last_epoch if moment is None else moment.epoch
        if expected == snapshot.epoch if record.is_back else moment is None:
            return
        self._expected, self._frames = expected, 0
        self.travel_wanted.emit(None if moment is None else epoch)
