"""Cost and score of each part of the data at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

from nnplayground.training.run.parts import Part


@dataclass(frozen=True)
class Measures:
    """Cost and score (accuracy or R²) of one part of the data; `None` where there is none."""

    cost: float | None
    score: float | None


NOT_MEASURED = Measures(None, None)


class PartMeasures(NamedTuple):
    """What was measured of every part of the data."""

    train: Measures
    test: Measures
    validation: Measures

    def of(self, part: Part) -> Measures:
        """Return what was measured of one part."""
        return {"train": self.train, "validation": self.validation, "test": self.test}[part]


def measures_of(row: Sequence[float]) -> PartMeasures:
    """Return the measurements of an epoch, in the order of the rows of a curve, part by part."""
    train_cost, test_cost, train_score, test_score, *validation = (value if isfinite(value) else None for value in row)
    return PartMeasures(Measures(train_cost, train_score), Measures(test_cost, test_score), Measures(*validation))
