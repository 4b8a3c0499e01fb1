"""The curve of a run: what was measured after every epoch.

It only ever grows, so a snapshot shares the part that existed when it was taken instead of copying it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats, read_only

COLUMNS = ("train_cost", "test_cost", "train_score", "test_score")
FIRST_ROOM = 1024


@dataclass(frozen=True)
class Curve:
    """Measurements by epoch `[epochs + 1]`, entry 0 before training; NaN where there is no test part or no score.

    A score is the accuracy (0 to 1) for classes and R² for numbers.
    """

    train_cost: Floats
    test_cost: Floats
    train_score: Floats
    test_score: Floats

    def __len__(self) -> int:
        return len(self.train_cost)


class History:
    """Collects one row per epoch, 32 bytes each."""

    def __init__(self, curve: Curve | None = None) -> None:
        """Start empty, or as a copy of a curve."""
        self._count = 0 if curve is None else len(curve)
        self._rows = np.full((len(COLUMNS), max(FIRST_ROOM, self._count)), np.nan)
        if curve is not None:
            self._rows[:, : self._count] = [getattr(curve, name) for name in COLUMNS]

    def __len__(self) -> int:
        return self._count

    def append(self, row: tuple[float, float, float, float]) -> None:
        """Add the measurements of one more epoch, in the order of `COLUMNS`."""
        if self._count == self._rows.shape[1]:
            # Curves handed out keep the old array; nobody ever writes below `count` again.
            roomier = np.full((len(COLUMNS), 2 * self._count), np.nan)
            roomier[:, : self._count] = self._rows
            self._rows = roomier
        self._rows[:, self._count] = row
        self._count += 1

    @property
    def last(self) -> tuple[float, float, float, float]:
        """The measurements of the last epoch, in the order of `COLUMNS`."""
        train_cost, test_cost, train_score, test_score = self._rows[:, self._count - 1].tolist()
        return train_cost, test_cost, train_score, test_score

    def curve(self) -> Curve:
        """Return what has been measured so far, read-only and without copying."""
        return Curve(*(read_only(row[: self._count]) for row in self._rows))
