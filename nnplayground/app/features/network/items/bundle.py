"""All edges between two columns as one item: hundreds of lines in a few strokes of the pen."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

from nnplayground.app.features.network.items.look import Look, Piece
from nnplayground.app.features.network.pictures import THICK, UNKNOWN, Steps
from nnplayground.arrays import Floats

# How far a line runs on under the neurons, so that no gap shows where a thick one leaves at an angle.
UNDER = 4.0


class BundleItem(Piece):
    """The lines `[out, in, 4]` from one column to the next; thin and neutral until the first frame."""

    def __init__(self, look: Look, lines: Floats) -> None:
        left, right = lines[0, 0, 0] - UNDER, lines[0, 0, 2] + UNDER
        high, low = lines[:, :, (1, 3)].min() - THICK, lines[:, :, (1, 3)].max() + THICK
        super().__init__(look, QRectF(left, high, right - left, low - high), 0)
        self._lines = [QLineF(*_lengthened(*line)) for line in lines.reshape(-1, 4).tolist()]
        self._shape = lines.shape[:2]
        self.steps: Steps = np.full(self._shape, UNKNOWN)
        self._groups: list[tuple[int, list[QLineF]]] = [(UNKNOWN, self._lines)]
        self._marked: QLineF | None = None

    def show_steps(self, steps: Steps) -> None:
        """Paint these steps of width and colour `[out, in]` from now on; nothing happens when they are the same."""
        if np.array_equal(steps, self.steps):
            return
        self.steps = steps
        groups: dict[int, list[QLineF]] = {}
        for line, step in zip(self._lines, steps.ravel().tolist(), strict=True):
            groups.setdefault(step, []).append(line)
        # The strongest last, on top of the others, and what is not known first.
        self._groups = sorted(groups.items(), key=lambda group: abs(group[0]) % UNKNOWN)
        self.changed()

    def mark(self, edge: tuple[int, int] | None) -> None:
        """Set off one edge (out, in), by its place among those shown, or none."""
        line = None if edge is None else self._lines[edge[0] * self._shape[1] + edge[1]]
        if line is not self._marked:
            self._marked = line
            self.changed()

    def draw(self, painter: QPainter) -> None:
        """Paint the lines, all of one step at once."""
        for step, lines in self._groups:
            painter.setPen(self.look.pens[step])
            painter.drawLines(lines)
        if self._marked is not None:
            painter.setPen(self.look.pen("text", 1.5))
            painter.drawLine(self._marked)


def _lengthened(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float, float, float]:
    """Return the line with both ends drawn out in its own direction."""
    share = UNDER / math.hypot(x2 - x1, y2 - y1)
    along, across = share * (x2 - x1), share * (y2 - y1)
    return x1 - along, y1 - across, x2 + along, y2 + across
