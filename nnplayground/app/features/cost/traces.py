"""The curves on a plot: those of the run itself with their labels, and the pale ones of what was left behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isfinite, isnan
from typing import Any

import numpy as np
from PySide6.QtWidgets import QGraphicsPathItem

from nnplayground.app.features.cost.measure import Measure
from nnplayground.app.ui.plots.end_labels import EndLabel
from nnplayground.app.ui.plots.envelope import NOTHING, Envelope, Span, span_of
from nnplayground.app.ui.plots.frame import thin_pen
from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats

TEST_DASHES = (4.0, 3.0)
VALIDATION_DASHES = (6.0, 2.0, 1.0, 2.0)
PENALTY_DASHES = (1.0, 2.0)


def _nothing() -> Floats:
    return np.empty(0)


@dataclass
class Line:
    """A curve with its item: the values it shows, from epoch `start` on, and the part of it that is in view."""

    item: QGraphicsPathItem
    envelope: Envelope = field(default_factory=Envelope)
    values: Floats = field(default_factory=_nothing)
    start: int = 0
    epochs: Floats = field(default_factory=_nothing)
    heights: Floats = field(default_factory=_nothing)
    span: Span = NOTHING
    looked_at: tuple[object, ...] = ()

    def follow(self, values: Floats, *, anew: bool = False) -> None:
        """Take in a curve that has grown or is cut short, or `anew` another one."""
        if anew:
            self.envelope.start_again()
            self.looked_at, self.span = (), NOTHING
        self.envelope.follow(values)
        self.values = values

    def look_at(self, first: float, last: float, *, most: int) -> bool:
        """Take the part between two epochs into view; return whether there is anything new in it."""
        looked_at: tuple[object, ...] = (first, last, most, self.start, min(len(self.values), last + 2.0))
        if looked_at == self.looked_at:
            return False
        self.looked_at = looked_at
        self.epochs, self.heights = self.envelope.line(self.values, max(first, self.start), last, most=most)
        if first <= self.start and 0 < self.start < len(self.values):  # a line that was left begins where it was left
            after = self.epochs > self.start
            self.epochs = np.append(float(self.start), self.epochs[after])
            self.heights = np.append(self.values[self.start], self.heights[after])
        self.span = span_of(self.heights)
        return True

    @property
    def is_shown(self) -> bool:
        """Whether there is a number to draw."""
        return isfinite(self.span.highest)

    def value_at(self, epoch: int) -> float | None:
        """Return the value at an epoch, where the curve has one."""
        if not self.start <= epoch < len(self.values) or isnan(self.values[epoch]):
            return None
        return float(self.values[epoch])


@dataclass(kw_only=True)
class Trace(Line):
    """A curve of the run itself, which has a name, a column in tables and a label at its end."""

    name: str
    label: EndLabel

    @property
    def has_label(self) -> bool:
        """Whether the line goes on to the present; that of a test part that was given up does not."""
        return self.is_shown and not isnan(self.values[-1])

    def write(self, text: Callable[[float], str] | None) -> None:
        """Name the line and the number at its end, without `text` only the line, as its end is out of view.

        Not to be called more often than one can read.
        """
        if self.has_label:
            self.label.show_text(self.name if text is None else f"{self.name} {text(float(self.values[-1]))}")


def make_traces(measure: Measure, box: Any, scene: Any) -> tuple[Trace, ...]:
    """Return the empty curves of a measure on a plot; the train curve, which training moves, lies on top."""
    traces = []
    for height, name in zip((5.0, 4.5, 4.0, 3.0), measure.names, strict=False):
        envelope = Envelope(rises=measure.rises, only_above_zero=name == "penalty")
        traces.append(Trace(item=added(box, height), envelope=envelope, name=name, label=EndLabel(scene)))
    return tuple(traces)


def added(box: Any, height: float) -> QGraphicsPathItem:
    """Return a new item for a line in a view box."""
    item = QGraphicsPathItem()
    item.setZValue(height)
    box.addItem(item, ignoreBounds=True)
    return item


def color_traces(traces: Sequence[Trace], theme: Theme, font: Any) -> None:
    """Give the curves their looks: train solid, validation in dashes and dots, test dashed, the penalty dotted."""
    looks = (
        (theme.accent, None),
        (theme.text, VALIDATION_DASHES),
        (theme.muted, TEST_DASHES),
        (theme.warning, PENALTY_DASHES),
    )
    for trace, (color, dashes) in zip(traces, looks, strict=False):
        trace.item.setPen(thin_pen(color, dashes=dashes))
        trace.label.set_look(color, font)
