"""The cost curves of all lanes over each other, each with its colour, its dashes and its name at the end."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QVBoxLayout, QWidget

from nnplayground.app.features.compare.axes import CostAxes, highest_shown, put_apart, span_of, within
from nnplayground.app.ui.plots.envelope import Envelope
from nnplayground.app.ui.plots.frame import hairlines, thin_pen
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.explain.words import cost_unit
from nnplayground.training.many.race import MOST_LANES, LaneStanding, Standings

DASHES: tuple[tuple[float, float] | None, ...] = (None, (8.0, 3.0), (4.0, 3.0), (2.0, 2.0), (1.0, 3.0), (12.0, 5.0))
BLOCKS = 200
WIDEST = "Nesterov x"


def lane_pen(place: int, theme: Theme) -> QPen:
    """Return the pen of a lane: a colour and dashes of its own."""
    return thin_pen(theme.classes[place % len(theme.classes)], dashes=DASHES[place % len(DASHES)])


class LinesPlot(QWidget):
    """Draws the cost that decides: that of the validation part, where there is one, else of the test part."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("race_curves")
        self.setAccessibleName("Cost curves of all lanes")
        self._theme = LIGHT
        self._standings: Standings | None = None
        self._names: tuple[str, ...] = ()
        self.axes = CostAxes(self)
        self._lines = [QGraphicsPathItem() for _ in range(MOST_LANES)]
        for place, line in enumerate(self._lines):
            self.axes.add(line, 5 + place)
        self._labels = [self.axes.end_label() for _ in self._lines]
        self.axes.resized.connect(self._draw)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.axes)

    def show_standings(self, standings: Standings, names: Sequence[str]) -> None:
        """Draw the curves; a few times a second at most."""
        self._standings, self._names = standings, tuple(names)
        self._draw()

    def show_log(self, *, log: bool) -> None:
        """Switch between a logarithmic and a linear cost axis."""
        self.axes.log = log
        self._draw()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.axes.set_theme(theme)
        for place, (line, label) in enumerate(zip(self._lines, self._labels, strict=True)):
            line.setPen(lane_pen(place, theme))
            label.set_look(theme.text, self.axes.frame.small_font())
        self.axes.leave_room(WIDEST)
        self._draw()

    def export_table(self) -> dict[str, Floats]:
        """Return the columns of what is drawn, and of all parts; a lane that ended before the others ends in NaN."""
        if self._standings is None:
            return {}
        lanes = self._standings.lanes
        length = max(len(lane.curve) for lane in lanes)
        table = {"epoch": np.arange(length, dtype=np.float64)}
        for name, lane in zip(self._names, lanes, strict=True):
            for part in self._standings.data.present:
                costs = lane.curve.cost_of(part)
                table[f"{name} {part}"] = np.concatenate([costs, np.full(length - len(costs), np.nan)])
        return table

    def _draw(self) -> None:
        """Draw all lines anew."""
        if self._standings is None:
            return
        lanes = self._standings.lanes
        curves = [deciding_curve(lane, self._standings) for lane in lanes]
        highest = highest_shown(np.array([curve[0] for curve in curves]))
        shown_costs = within(np.concatenate(curves), highest)
        self.axes.unit = cost_unit(self._standings.data.scaled_targets)
        self.axes.fit(max(len(curve) for curve in curves) - 1, span_of([shown_costs]))
        pixel = self.axes.frame.pixel()
        for line in self._lines:
            line.setPath(QPainterPath())
        for label in self._labels:
            label.item.hide()
        shown = []
        for place, (curve, name) in enumerate(zip(curves, self._names, strict=True)):
            envelope = Envelope()
            envelope.follow(curve)
            epochs, costs = envelope.line(curve, 0.0, float(len(curve) - 1), most=BLOCKS)
            path = hairlines(epochs, self.axes.heights(costs), connect="finite", pixel=pixel)
            self._lines[place].setPath(path)
            if isfinite(curve[-1]):
                end = self.axes.in_scene(float(len(curve) - 1), float(curve[-1]))
                shown.append((self._labels[place], name, end))
        put_apart(shown, self.axes.area)


def deciding_curve(lane: LaneStanding, standings: Standings) -> Floats:
    """Return the costs by epoch of the part that decides the race."""
    return lane.curve.cost_of(standings.data.deciding)
