"""The cost plot itself: two curves with their end labels between two axes that move in steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite, isnan, nan

import numpy as np
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsPathItem, QVBoxLayout, QWidget

from nnplayground.app.theme import LIGHT, Theme
from nnplayground.app.views.cost.end_labels import EndLabel, apart, room_for_labels
from nnplayground.app.views.cost.envelope import Envelope, Span
from nnplayground.app.views.cost.scales import epoch_range, linear_range, log_range
from nnplayground.app.views.plots import PlotFrame, hairlines, thin_pen
from nnplayground.app.views.ticks import linear_ticks, log_ticks
from nnplayground.arrays import Floats

TOP = 8.0
LEAST_HEIGHT, NAMED_HEIGHT = 76, 100
"""The least height of the plot, and that from which on there is room for the name of the axis below."""
DASHES = (4.0, 3.0)
MARKER_DASHES = (1.0, 2.0)
FEWEST_BLOCKS = 128
ROUGH = 3.0
"""A curve that goes up and down so many times the width of the plot looks like a band, however thin its line."""
PIXELS_PER_TICK = (70, 34)


NOTHING = Span(nan, nan, nan)


@dataclass
class Trace:
    """One curve: its item and label, the values it shows, and what is known of them."""

    item: QGraphicsPathItem
    label: EndLabel
    envelope: Envelope
    values: Floats = field(default_factory=lambda: np.empty(0))
    span: Span = NOTHING

    def follow(self, values: Floats, *, anew: bool) -> None:
        """Take in a curve that has grown, or another one."""
        if anew:
            self.envelope.start_again()
        self.envelope.follow(values)
        self.values, self.span = values, self.envelope.span(values)

    @property
    def is_shown(self) -> bool:
        """Whether there is a number to draw."""
        return isfinite(self.span.highest)

    @property
    def has_label(self) -> bool:
        """Whether the line goes on to the present; that of a test part that was given up does not."""
        return self.is_shown and not isnan(self.values[-1])

    def end(self) -> tuple[float, float]:
        """Return the last epoch with a finite cost, and that cost."""
        last = len(self.values) - 1
        while last > 0 and not isfinite(self.values[last]):
            last -= 1
        return float(last), float(self.values[last])


class CurvePlot(QWidget):
    """Draws the curves of the train and the test cost; `pointed` carries the epoch under the pointer."""

    pointed = Signal(int)
    left_plot = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._log = False
        self._ranges: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (0.0, 0.0))
        self.frame = PlotFrame(self)
        self.frame.show_grid()
        self.frame.setMinimumHeight(LEAST_HEIGHT)
        self._marker = QGraphicsLineItem()
        self._marker.hide()
        self.frame.box.addItem(self._marker, ignoreBounds=True)
        # The test curve lies under the train curve, which is the one that training moves.
        self._traces = (self._trace("train", 5), self._trace("test", 4))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.frame.resized.connect(self._resized)
        self.frame.pointed.connect(self._pointed)
        self.frame.left_plot.connect(self._pointer_left)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.frame.set_theme(theme)
        self._marker.setPen(thin_pen(theme.muted, dashes=MARKER_DASHES))
        looks = ((theme.accent, None), (theme.muted, DASHES))
        for trace, (color, dashes) in zip(self._traces, looks, strict=True):
            trace.item.setPen(thin_pen(color, dashes=dashes))
            trace.label.set_look(color, self.frame.small_font())
        self._resized()

    def show_curves(self, train: Floats, test: Floats, *, anew: bool) -> None:
        """Draw the costs `[epochs + 1]`; `anew` tells that they are not those of the last call, grown longer."""
        for trace, values in zip(self._traces, (train, test), strict=True):
            trace.follow(values, anew=anew)
        self._draw()

    def show_log(self, *, log: bool) -> None:
        """Switch between a logarithmic and a linear cost axis."""
        self._log = log
        self._draw()

    def write_labels(self) -> None:
        """Bring the numbers at the ends up to date; not to be called more often than one can read."""
        for trace in self._traces:
            if trace.has_label:
                trace.label.show_value(float(trace.values[-1]))

    def _trace(self, name: str, height: int) -> Trace:
        """Return an empty curve on the plot."""
        item = QGraphicsPathItem()
        item.setZValue(height)
        self.frame.box.addItem(item, ignoreBounds=True)
        return Trace(item, EndLabel(self.frame.canvas.scene(), name), Envelope(most=FEWEST_BLOCKS))

    def _resized(self) -> None:
        """Lay out anew, with as many points as the new width can show."""
        room = room_for_labels(self.frame.small_font())
        self.frame.set_margins(0.0, TOP, room, 0.0)
        most = max(FEWEST_BLOCKS, round(self.width() - room))
        for trace in self._traces:
            if trace.envelope.most != most:
                trace.envelope = Envelope(most=most)
                trace.envelope.follow(trace.values)
        self._draw()

    def _draw(self) -> None:
        """Draw curves and labels on axes that hold them."""
        self._fit_axes()
        for trace in self._traces:
            trace.item.setPath(self._path(trace) if trace.is_shown else QPainterPath())
        self._put_labels()

    def _fit_axes(self) -> None:
        """Choose the ranges and their ticks."""
        last = max(len(trace.values) for trace in self._traces) - 1
        spans = [trace.span for trace in self._traces if trace.is_shown]
        epochs = epoch_range(last)
        costs = log_range(spans) if self._log else linear_range(spans)
        across = linear_ticks(*epochs, most=_most(self.width(), PIXELS_PER_TICK[0]))
        most = _most(self.height(), PIXELS_PER_TICK[1])
        up = log_ticks(*costs, most=most) if self._log else linear_ticks(*costs, most=most)
        self.frame.set_axis("bottom", "epoch" if self.height() >= NAMED_HEIGHT else "", across)
        self.frame.set_axis("left", "cost", up)
        if (epochs, costs) != self._ranges:
            self._ranges = (epochs, costs)
            self.frame.set_range(epochs, costs)
            self._marker.setLine(0.0, costs[0], 0.0, costs[1])

    def _path(self, trace: Trace) -> QPainterPath:
        """Return the line of a curve; a cost of zero lies at the foot of a logarithmic axis."""
        epochs, costs = trace.envelope.line(trace.values)
        heights, pixel = self._heights(costs), self.frame.pixel()
        way = float(np.nansum(np.abs(np.diff(heights)))) / pixel[1]
        return hairlines(epochs, heights, connect="finite", pixel=pixel, single=way > ROUGH * self.width())

    def _heights(self, costs: Floats) -> Floats:
        """Return costs as places on the axis."""
        if not self._log:
            return costs
        heights: Floats = np.log10(np.maximum(costs, 10.0 ** self._ranges[1][0]))
        return heights

    def _put_labels(self) -> None:
        """Put each label beside the end of its line, so that both can be read."""
        self.frame.settle()
        shown = [trace for trace in self._traces if trace.has_label]
        ends = [self._end_in_scene(trace) for trace in shown]
        area = self.frame.box.sceneBoundingRect()
        height = shown[0].label.height() if shown else 0.0
        middles = apart([end.y() for end in ends], height=height, area=area)
        for trace in self._traces:
            trace.label.hide()
        for trace, end, middle in zip(shown, ends, middles, strict=True):
            trace.label.put(end, middle)

    def _end_in_scene(self, trace: Trace) -> QPointF:
        """Return where a line ends, in pixels."""
        epoch, cost = trace.end()
        (height,) = self._heights(np.array([cost])).tolist()
        place: QPointF = self.frame.box.mapViewToScene(QPointF(epoch, height))
        return place

    def _pointed(self, across: float, up: float) -> None:
        """Mark the nearest epoch and tell of it."""
        last = max(len(trace.values) for trace in self._traces) - 1
        epoch = min(max(round(across), 0), max(last, 0))
        self._marker.setPos(epoch, 0.0)
        self._marker.show()
        self.pointed.emit(epoch)

    def _pointer_left(self) -> None:
        """Take the mark away."""
        self._marker.hide()
        self.left_plot.emit()


def _most(length: int, pixels_per_tick: int) -> int:
    """Return how many ticks an axis of a widget of `length` pixels may have."""
    return max(2, min(6, length // pixels_per_tick))
