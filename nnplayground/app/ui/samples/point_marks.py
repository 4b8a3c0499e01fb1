"""Rings around points: those that the network gets wrong, those that somebody has selected, the one trained alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats, Integers

NOWHERE: Integers = np.empty(0, dtype=np.int64)
AROUND, AROUND_SAMPLE = 0.75, 1.45
"""How much larger than a point its ring is, and that of the sample which was trained alone, in points."""
LEAST_AROUND = 7
"""The same in pixels for small points: a smaller ring would hide below the rims of a test point."""
HOLE = 0.72
"""The inner radius of a ring, as a share of the outer one."""
WRONG_DEPTH, SAMPLE_DEPTH = 9, 17
"""Rings around wrong answers lie below all points, whose colours they would hide where it is crowded."""


@dataclass(frozen=True, eq=False)
class Marked:
    """Which rows of the samples are marked: `selected` is `None` where nothing is, and then no point is dimmed."""

    wrong: Integers
    selected: Integers | None = None
    sample: int | None = None

    def is_like(self, other: Marked) -> bool:
        """Tell whether the same rows are marked in the same way."""
        same = same_rows(self.selected, other.selected) and same_rows(self.wrong, other.wrong)
        return same and self.sample == other.sample


UNMARKED = Marked(NOWHERE)


class PointMarks:
    """The rings on a view box; their items are made when the first ring is needed."""

    def __init__(self, box: Any) -> None:
        self._box = box
        self._wrong: Any = None
        self._sample: Any = None
        self._size = 8
        self._shape = ring()

    def show_wrong(self, places: Floats, theme: Theme) -> None:
        """Ring the points at these places `[points, 2]`: dark on light, or light on dark, as no class is."""
        if self._wrong is None and not len(places):
            return
        if self._wrong is None:
            self._wrong = self._made(WRONG_DEPTH, self._wide(AROUND))
        self._wrong.setData(
            x=places[:, 0], y=places[:, 1], symbol=self._shape, size=self._wide(AROUND),
            pen=pg.mkPen(theme.panel, width=1.0), brush=pg.mkBrush(theme.text),
        )  # fmt: skip

    def show_sample(self, places: Floats, theme: Theme) -> None:
        """Ring the sample that was trained alone, if there is one, at `[0 or 1, 2]`, in the colour of what acts."""
        if self._sample is None and not len(places):
            return
        if self._sample is None:
            self._sample = self._made(SAMPLE_DEPTH, self._wide(AROUND_SAMPLE))
        self._sample.setData(
            x=places[:, 0], y=places[:, 1], symbol=self._shape, size=self._wide(AROUND_SAMPLE),
            pen=pg.mkPen(theme.panel, width=1.0), brush=pg.mkBrush(theme.accent),
        )  # fmt: skip

    def fit(self, size: int) -> None:
        """Fit rings to points of this size."""
        self._size = size
        for item, more in ((self._wrong, AROUND), (self._sample, AROUND_SAMPLE)):
            if item is not None:
                item.setSize(self._wide(more))

    def set_opacity(self, opacity: float) -> None:
        """Show the rings, or not."""
        for item in (self._wrong, self._sample):
            if item is not None:
                item.setOpacity(opacity)

    def _wide(self, share: float) -> int:
        """Return how wide a ring is; around many small points rings are small as well, as far as they can be seen."""
        return self._size + max(round(share * self._size), LEAST_AROUND)

    def _made(self, depth: int, size: int) -> Any:
        item = pg.ScatterPlotItem(pxMode=True, antialias=True, size=size)
        item.setZValue(depth)
        self._box.addItem(item, ignoreBounds=True)
        return item


def ring() -> QPainterPath:
    """Return a ring of the size that pyqtgraph wants of a symbol: one unit across."""
    path = QPainterPath()
    for radius in (0.5, 0.5 * HOLE):
        path.addEllipse(QPointF(0.0, 0.0), radius, radius)
    return path


def same_rows(one: Integers | None, other: Integers | None) -> bool:
    """Tell whether two sets of rows, or their absence, are the same."""
    if one is None or other is None:
        return one is other
    return one is other or np.array_equal(one, other)
