"""The curve of a run: what was measured after every epoch.

It only ever grows, so a snapshot shares the part that existed when it was taken instead of copying it.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from math import isnan, nan
from typing import TypeAlias

import numpy as np

from nnplayground.arrays import Floats, read_only
from nnplayground.training.run.parts import Part

COLUMNS = ("train_cost", "test_cost", "train_score", "test_score", "validation_cost", "validation_score")
MeasurementRow: TypeAlias = tuple[float, float, float, float, float, float]
"""The measurements of one epoch, in the order of `COLUMNS`."""
SHORT = COLUMNS[:4]
PENALTY = len(SHORT)
NORMS = PENALTY + 1
"""Which rows of the array hold the penalty and, from there on, the lengths of the gradient.

The two measurements of a validation part have an array of their own, as most runs have no such part.
"""
FIRST_ROOM = 1024


def _nothing() -> Floats:
    return read_only(np.empty(0))


def _no_layers() -> Floats:
    return read_only(np.empty((0, 0)))


@dataclass(frozen=True)
class Curve:
    """Measurements by epoch `[epochs + 1]`, entry 0 before training; NaN where there is no such part or no score.

    A run that goes on from a trained network knows nothing of the epochs before: NaN in all measurements.

    A score is the accuracy (0 to 1) for classes and R² for numbers. `penalty` is what l1 and l2 add to the training
    cost. `gradient_norms` `[layers with weights, epochs + 1]` is how long the gradient of each layer was in the last
    batch of the epoch, penalties included; NaN before training and where the network had another number of layers. Both
    are empty for runs that were trained many at once. The measurements of the validation part are all NaN without one.
    """

    train_cost: Floats
    test_cost: Floats
    train_score: Floats
    test_score: Floats
    penalty: Floats = field(default_factory=_nothing)
    gradient_norms: Floats = field(default_factory=_no_layers)
    validation_cost: Floats = field(default_factory=_nothing)
    validation_score: Floats = field(default_factory=_nothing)

    def __post_init__(self) -> None:
        for name in ("validation_cost", "validation_score"):
            if len(getattr(self, name)) != len(self.train_cost):
                object.__setattr__(self, name, np.broadcast_to(np.nan, len(self.train_cost)))  # takes no memory

    @property
    def has_validation(self) -> bool:
        """Whether anything was measured of a validation part; without one its columns take no memory."""
        return self.validation_cost.strides != (0,)

    def cost_of(self, part: Part) -> Floats:
        """Return the cost of one part by epoch."""
        return {"train": self.train_cost, "validation": self.validation_cost, "test": self.test_cost}[part]

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
        self._validation: Floats | None = None
        if curve is not None:
            self._rows[:PENALTY, : self._count] = [getattr(curve, name) for name in SHORT]
            self._rows[PENALTY, : len(curve.penalty)] = curve.penalty
            self._rows[NORMS:, : self._count] = curve.gradient_norms
            if np.isfinite(curve.validation_cost).any():
                self._keep_validation()[:, : self._count] = curve.validation_cost, curve.validation_score

    def __len__(self) -> int:
        return self._count

    def expect_layers(self, layers: int) -> None:
        """Go on with a network of so many layers with weights; if they are others, the old gradients are forgotten."""
        if layers != len(self._rows) - NORMS:
            self._rows = self._with_rows(self._rows, NORMS + layers, self._rows.shape[1], kept=NORMS)

    def append(self, row: Sequence[float], penalty: float = 0.0, norms: Sequence[float] = ()) -> None:
        """Add the measurements of one more epoch, in the order of `COLUMNS`, and the gradients of the layers."""
        if self._count == self._rows.shape[1]:
            self._grow()
        self._rows[:PENALTY, self._count] = row[:PENALTY]
        self._rows[PENALTY, self._count] = penalty
        if norms:
            self._rows[NORMS:, self._count] = norms
        validation = row[PENALTY:]
        if self._validation is not None or (validation and not isnan(validation[0])):
            self._keep_validation()[:, self._count] = validation
        self._count += 1

    @property
    def last(self) -> MeasurementRow:
        """The measurements of the last epoch, in the order of `COLUMNS`."""
        last = self._count - 1
        train_cost, test_cost, train_score, test_score = self._rows[:PENALTY, last].tolist()
        cost, score = (nan, nan) if self._validation is None else self._validation[:, last].tolist()
        return train_cost, test_cost, train_score, test_score, cost, score

    def handed_over(self) -> History:
        """Return a history that goes on with these rows; this one copies them should it grow as well."""
        heir = copy(self)
        self._rows = self._rows[:, : self._count]  # full: the next row needs new arrays
        if self._validation is not None:
            self._validation = self._validation[:, : self._count]
        return heir

    def curve(self) -> Curve:
        """Return what has been measured so far, read-only and without copying."""
        rows = read_only(self._rows[:, : self._count])
        train_cost, test_cost, train_score, test_score, penalty = rows[:NORMS]
        curve = Curve(train_cost, test_cost, train_score, test_score, penalty, rows[NORMS:])
        if self._validation is None:
            return curve
        cost, score = read_only(self._validation[:, : self._count])
        return replace(curve, validation_cost=cost, validation_score=score)

    def _grow(self) -> None:
        """Make room for twice as many epochs."""
        room = 2 * self._count
        self._rows = self._with_rows(self._rows, len(self._rows), room, kept=len(self._rows))
        if self._validation is not None:
            self._validation = self._with_rows(self._validation, 2, room, kept=2)

    def _keep_validation(self) -> Floats:
        """Return the measurements of the validation part `[2, room]`, all NaN at first."""
        if self._validation is None:
            self._validation = np.full((2, self._rows.shape[1]), np.nan)
        return self._validation

    def _with_rows(self, before: Floats, rows: int, room: int, *, kept: int) -> Floats:
        """Return a new array with what there is; curves handed out keep the old one, which is not written any more."""
        roomier: Floats = np.full((rows, room), np.nan)
        roomier[:kept, : self._count] = before[:kept, : self._count]
        return roomier
