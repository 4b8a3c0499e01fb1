"""The curve of a run: what was measured after every epoch.

It only ever grows, so a snapshot shares the part that existed when it was taken instead of copying it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from nnplayground.arrays import Floats, read_only

COLUMNS = ("train_cost", "test_cost", "train_score", "test_score")
PENALTY = len(COLUMNS)
NORMS = PENALTY + 1
"""Which rows of the array hold the penalty and, from there on, the lengths of the gradient."""
FIRST_ROOM = 1024


def _nothing() -> Floats:
    return read_only(np.empty(0))


def _no_layers() -> Floats:
    return read_only(np.empty((0, 0)))


@dataclass(frozen=True)
class Curve:
    """Measurements by epoch `[epochs + 1]`, entry 0 before training; NaN where there is no test part or no score.

    A run that goes on from a trained network knows nothing of the epochs before: NaN in all measurements.

    A score is the accuracy (0 to 1) for classes and R² for numbers. `penalty` is what l1 and l2 add to the training
    cost. `gradient_norms` `[layers with weights, epochs + 1]` is how long the gradient of each layer was in the last
    batch of the epoch, penalties included; NaN before training and where the network had another number of layers. Both
    are empty for runs that were trained many at once.
    """

    train_cost: Floats
    test_cost: Floats
    train_score: Floats
    test_score: Floats
    penalty: Floats = field(default_factory=_nothing)
    gradient_norms: Floats = field(default_factory=_no_layers)

    def __len__(self) -> int:
        return len(self.train_cost)


NO_CURVE = Curve(_nothing(), _nothing(), _nothing(), _nothing())


class History:
    """Collects one row per epoch, 8 bytes for each measurement and layer."""

    def __init__(self, curve: Curve | None = None, *, layers: int = 0, unknown: int = 0) -> None:
        """Start empty, or as a copy of a curve, for a network of so many layers with weights.

        With `unknown`, so many epochs come first of which nothing is known: their measurements are NaN.
        """
        self._count = unknown if curve is None else len(curve)
        layers = layers if curve is None else len(curve.gradient_norms)
        self._rows = np.full((NORMS + layers, max(FIRST_ROOM, self._count)), np.nan)
        if curve is not None:
            self._rows[:PENALTY, : self._count] = [getattr(curve, name) for name in COLUMNS]
            self._rows[PENALTY, : len(curve.penalty)] = curve.penalty
            self._rows[NORMS:, : self._count] = curve.gradient_norms

    def __len__(self) -> int:
        return self._count

    def expect_layers(self, layers: int) -> None:
        """Go on with a network of so many layers with weights; if they are others, the old gradients are forgotten."""
        if layers != len(self._rows) - NORMS:
            self._rows = self._with_rows(NORMS + layers, self._rows.shape[1], kept=NORMS)

    def append(
        self, row: tuple[float, float, float, float], penalty: float = 0.0, norms: tuple[float, ...] = ()
    ) -> None:
        """Add the measurements of one more epoch, in the order of `COLUMNS`, and the gradients of the layers."""
        if self._count == self._rows.shape[1]:
            self._rows = self._with_rows(len(self._rows), 2 * self._count, kept=len(self._rows))
        self._rows[:PENALTY, self._count] = row
        self._rows[PENALTY, self._count] = penalty
        if norms:
            self._rows[NORMS:, self._count] = norms
        self._count += 1

    @property
    def last(self) -> tuple[float, float, float, float]:
        """The measurements of the last epoch, in the order of `COLUMNS`."""
        train_cost, test_cost, train_score, test_score = self._rows[:PENALTY, self._count - 1].tolist()
        return train_cost, test_cost, train_score, test_score

    def curve(self) -> Curve:
        """Return what has been measured so far, read-only and without copying."""
        rows = read_only(self._rows[:, : self._count])
        train_cost, test_cost, train_score, test_score, penalty = rows[:NORMS]
        return Curve(train_cost, test_cost, train_score, test_score, penalty, rows[NORMS:])

    def _with_rows(self, rows: int, room: int, *, kept: int) -> Floats:
        """Return a new array with what there is; curves handed out keep the old one, which is not written any more."""
        roomier: Floats = np.full((rows, room), np.nan)
        roomier[:kept, : self._count] = self._rows[:kept, : self._count]
        return roomier
