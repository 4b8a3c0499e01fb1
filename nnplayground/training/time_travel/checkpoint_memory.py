"""Weighs moments that are kept side by side: what several of them share counts once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from numpy.typing import NDArray

from nnplayground.training.run.checkpoints import Checkpoint


class CheckpointMemory:
    """How many `bytes` the moments take of which it was told; only their curves, which the run has anyway, are free."""

    def __init__(self, moments: Iterable[Checkpoint] = ()) -> None:
        self.bytes = 0
        self._owners: dict[int, int] = {}  # how many moments hold an array, by its identity while they do
        for moment in moments:
            self.add(moment)

    def add(self, moment: Checkpoint) -> None:
        """Take in a moment; it must stay alive until it is dropped."""
        for array in _arrays(moment):
            owners = self._owners.get(id(array), 0)
            self.bytes += 0 if owners else array.nbytes
            self._owners[id(array)] = owners + 1

    def drop(self, moment: Checkpoint) -> None:
        """Let go of a moment that was taken in."""
        for array in _arrays(moment):
            self._owners[id(array)] -= 1
            if not self._owners[id(array)]:
                del self._owners[id(array)]
                self.bytes -= array.nbytes


def size_of(moment: Checkpoint) -> int:
    """Return how many bytes a moment takes by itself."""
    return CheckpointMemory([moment]).bytes


def _arrays(moment: Checkpoint) -> tuple[NDArray[Any], ...]:
    return moment.parameters, moment.best, moment.last_finite, moment.memory, *(moment.orders or ())
