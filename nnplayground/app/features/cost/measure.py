"""What a plot can show by epoch: the cost, the accuracy or R²; what each is called and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nnplayground.app.ui.plots.ticks import Ticks, linear_ticks
from nnplayground.arrays import Floats
from nnplayground.explain.figures import number_text
from nnplayground.training.run.history import Curve


@dataclass(frozen=True)
class Measure:
    """A quantity of all parts of the data, written by `text`.

    `columns` are the fields of a curve, `names` what their lines are called; `rises` tells where good values lie.
    """

    title: str
    axis: str
    columns: tuple[str, ...]
    names: tuple[str, ...] = ("train", "validation", "test")
    text: Callable[[float], str] = number_text
    rises: bool = False
    percent: bool = False

    def values(self, curve: Curve) -> tuple[Floats, ...]:
        """Return the columns of a curve `[epochs + 1]`; one that was not recorded is empty."""
        return tuple(_recorded(curve, column) for column in self.columns)

    def ticks(self, low: float, high: float, *, most: int) -> Ticks:
        """Return the ticks of a linear axis."""
        if not self.percent:
            return linear_ticks(low, high, most=most)
        return [(place / 100.0, text) for place, text in linear_ticks(100.0 * low, 100.0 * high, most=most)]


def percent_text(value: float) -> str:
    """Return a share of 1 in per cent."""
    return f"{100.0 * value:.1f} %"


def _recorded(curve: Curve, column: str) -> Floats:
    """Return a column of a curve; that of a validation part which there never was is empty."""
    values: Floats = getattr(curve, column)
    return values if curve.has_validation or not column.startswith("validation") else values[:0]


PARTS = 3
"""How many lines a measure has for the parts of the data; those of other quantities follow."""
COST = Measure(
    "Cost",
    "cost",
    ("train_cost", "validation_cost", "test_cost", "penalty"),
    ("train", "validation", "test", "penalty"),
)
SCORES = ("train_score", "validation_score", "test_score")
ACCURACY = Measure("Accuracy", "right, %", SCORES, text=percent_text, rises=True, percent=True)
FIT = Measure("Fit (R²)", "R²", SCORES, rises=True)
