"""One plot of the cost view: the curves by epoch between two axes, what lies beside them, and the track of time below.

Two of them stand side by side, for the cost and for the score; which epochs they show is decided by their owner.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsLineItem, QVBoxLayout, QWidget

from nnplayground.app.features.cost.gestures import PlotHand
from nnplayground.app.features.cost.ghosts import Ghosts
from nnplayground.app.features.cost.marks import Marks
from nnplayground.app.features.cost.measure import COST, PARTS, Measure
from nnplayground.app.features.cost.places import Places
from nnplayground.app.features.cost.scrubber import Scrubber
from nnplayground.app.features.cost.table import table_of
from nnplayground.app.features.cost.traces import Line, Trace, color_traces, make_traces
from nnplayground.app.features.cost.words import reading
from nnplayground.app.ui.plots.end_labels import EndLabel, apart, room_for_labels
from nnplayground.app.ui.plots.frame import PlotFrame, hairlines, thin_pen
from nnplayground.app.ui.plots.pinned_curve import PinnedCurve
from nnplayground.app.ui.plots.scales import linear_range, log_range, score_range
from nnplayground.app.ui.plots.screen_only import only_on_screen
from nnplayground.app.ui.plots.ticks import log_ticks
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.explain.words import cost_unit
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.parts import Part
from nnplayground.training.time_travel.history_record import NO_RECORD

TOP = 13.0
LEAST_HEIGHT, NAMED_HEIGHT, LONG_NAME_HEIGHT = 76, 100, 240
"""The least height of the plot, and that from which on there is room for the name of the axis below."""
TEXT_BELOW = 9
"""How far below the axis its numbers stand: the track lies between."""
MARKER_DASHES = (1.0, 2.0)
FEWEST_POINTS = 128
ROUGH = 3.0
"""A curve that goes up and down so many times the width of the plot looks like a band, however thin its line."""
PIXELS_PER_TICK = (70, 34)
DASH = 6.0
"""How long, in pixels, a curve is drawn at least: one that has just begun in the middle of the axis is a dot."""
Range = tuple[float, float]


class CurvePlot(QWidget):
    """Draws the curves of one measure; `pointed` carries the epoch under the pointer."""

    pointed = Signal(int)
    left_plot = Signal()

    def __init__(self, measure: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.measure = measure
        self._theme = LIGHT
        self._log = False
        self._whole = True  # everything is in view
        self._ranges: tuple[Range, Range] = ((0.0, 0.0), (0.0, 0.0))
        self._drawn_ghosts: tuple[object, ...] = ()
        self._is_settled = False
        self._generation = -1
        self._unit = ""  # of which targets the cost is, where these are scaled
        self._has_penalty, self._has_validation, self._room = False, False, 0.0
        self._record, self._epoch = NO_RECORD, 0
        self._deciding: Part = "train"
        self.places = Places()
        self.frame = PlotFrame(self)
        self.frame.show_grid()
        self.frame.setMinimumHeight(LEAST_HEIGHT)
        scene = self.frame.canvas.scene()
        self._marker = QGraphicsLineItem()
        only_on_screen(self._marker)
        self._marker.hide()
        self.frame.box.addItem(self._marker, ignoreBounds=True)
        self._traces = make_traces(measure, self.frame.box, scene)
        self.ghosts = Ghosts(self.frame.box, scene)
        self.marks = Marks(scene)
        self.scrubber = Scrubber(scene, self.frame)
        self.hand = PlotHand(self.frame.canvas, self._get_places, self.marks.text_at, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.frame.resized.connect(self._resized)
        self.frame.pointed.connect(self._pointed)
        self.frame.left_plot.connect(self.left_plot)

    @property
    def traces(self) -> tuple[Trace, ...]:
        """The curves of the run itself."""
        return self._traces

    @property
    def last(self) -> int:
        """The last epoch that any curve reaches."""
        return max(self.ghosts.last, *(len(trace.values) - 1 for trace in self._traces), 0)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.frame.set_theme(theme)
        self.frame.axes["bottom"].setStyle(tickTextOffset=TEXT_BELOW)
        self._marker.setPen(thin_pen(theme.muted, dashes=MARKER_DASHES))
        color_traces(self._traces, theme, self.frame.small_font())
        self.ghosts.set_look(theme, self.frame.small_font())
        self.marks.set_theme(theme)
        self.scrubber.set_theme(theme)
        self._resized()

    def take(self, snapshot: Snapshot, measure: Measure) -> bool:
        """Take in the curves of a moment, to be drawn with the next `look_at`.

        Return whether they begin as those of the last call did, or are a part of them.
        """
        columns = measure.values(snapshot.curve)
        goes_on = measure is self.measure and self._goes_on(columns, snapshot.generation)
        self.measure, self._generation = measure, snapshot.generation
        self._unit = cost_unit(snapshot.data.scaled_targets) if measure is COST else ""
        if not goes_on:
            self.ghosts.forget()
        has_penalty = snapshot.penalty > 0.0 or (goes_on and self._has_penalty)
        for trace, values in zip(self._traces, columns, strict=True):
            if trace.name != "penalty" or has_penalty or not goes_on:
                trace.follow(values if trace.name != "penalty" or has_penalty else values[:0], anew=not goes_on)
        has_validation = snapshot.curve.has_validation
        if (has_penalty, has_validation) != (self._has_penalty, self._has_validation):
            self._has_penalty, self._has_validation, self._is_settled = has_penalty, has_validation, False
            self._make_room()
        self.ghosts.show_left(snapshot.record.branches, measure)
        self._record, self._epoch, self._deciding = snapshot.record, snapshot.epoch, snapshot.data.deciding
        return goes_on

    def _axis_name(self) -> str:
        """Return the name of the axis, in a few letters where the plot is low."""
        if self._unit and self.height() < LONG_NAME_HEIGHT:
            return f"scaled {self.measure.axis}"
        return self.measure.axis + self._unit

    def show_pinned(self, curves: Sequence[PinnedCurve]) -> None:
        """Show curves of other runs, to be drawn with the next `look_at`."""
        self.ghosts.show_pinned(curves, self.measure)

    def clear(self) -> None:
        """Forget all curves but the pinned ones."""
        for trace in self._traces:
            trace.follow(np.empty(0), anew=True)
        self.ghosts.forget()
        self.scrubber.forget()

    def look_at(self, window: Range, *, whole: bool) -> None:
        """Draw what lies between two epochs; `whole` where that is everything."""
        self._whole = whole
        self.hand.allow_pan(possible=not whole)
        self._draw(window)

    def show_log(self, *, log: bool) -> None:
        """Switch between a logarithmic and a linear axis."""
        self._log, self._is_settled = log, False
        self._draw(self._ranges[0])

    def reading(self, epoch: int) -> str:
        """Return what all curves say at an epoch."""
        return reading(self.measure, self._traces, self.ghosts, epoch, is_back=self._record.is_back)

    def show_pointer(self, epoch: int | None) -> None:
        """Mark an epoch, or none."""
        self._marker.setVisible(epoch is not None)
        if epoch is not None:
            self._marker.setPos(epoch, 0.0)

    def write_labels(self) -> None:
        """Bring the numbers at the ends up to date; not to be called more often than one can read."""
        for trace in self._traces:
            trace.write(self.measure.text if self.places.holds(len(trace.values) - 1) else None)

    def export_table(self) -> dict[str, Floats]:
        """Return all that the plot knows as columns of equal length, NaN where a curve has ended or not begun."""
        return table_of(self.measure, self._traces, self.ghosts)

    def _goes_on(self, columns: Sequence[Floats], generation: int) -> bool:
        """Tell whether curves and those on the screen have a beginning in common, as those of one run do.

        A run that was restarted with the same weights and settings repeats its curve, and then nothing changes.
        """
        common = min(len(self._traces[0].values), len(columns[0]))
        if not common or generation != self._generation:
            return False
        places = [0, common // 2, common - 1]
        pairs = zip(self._traces[:PARTS], columns, strict=False)
        return all(
            bool(len(trace.values)) == bool(len(values))
            and (not len(values) or np.array_equal(trace.values[places], values[places], equal_nan=True))
            for trace, values in pairs
        )

    @property
    def _points(self) -> int:
        """How many blocks of a curve the width can show."""
        return max(FEWEST_POINTS, round(self.width() - self._room))

    def _get_places(self) -> Places:
        return self.places

    def _make_room(self) -> None:
        """Keep the margin free that the labels need."""
        self._room = room_for_labels(
            self.frame.small_font(), penalty=self._has_penalty, validation=self._has_validation
        )
        self.frame.set_margins(0.0, TOP, self._room, 0.0)

    def _resized(self) -> None:
        """Lay out anew, with as many points as the new width can show."""
        self._make_room()
        self._is_settled, self._drawn_ghosts = False, ()
        self._draw(self._ranges[0])

    def _draw(self, window: Range) -> None:
        """Draw curves and labels on axes that hold them."""
        if window[1] <= window[0]:
            return
        fresh = [trace for trace in self._traces if trace.look_at(*window, most=self._points)]
        key = (window, self._points, self.ghosts.version)
        if key != self._drawn_ghosts[:3]:
            for line in self.ghosts.lines:
                line.look_at(*window, most=self._points // 2)
        for trace in self._traces if self._fit_axes(window) else fresh:
            trace.item.setPath(self._path(trace) if trace.is_shown else QPainterPath())
        if (*key, self._ranges[1], self._log) != self._drawn_ghosts:
            self._drawn_ghosts = (*key, self._ranges[1], self._log)
            self.ghosts.draw(self._thin_path)
        self._place_all()

    def _fit_axes(self, epochs: Range) -> bool:
        """Choose the ranges and their ticks; return whether they are others."""
        lines: list[Line] = [*self._traces, *self.ghosts.lines]
        spans = [line.span for line in lines if line.is_shown]
        log = self._log and self.measure is COST
        if self.measure is not COST:
            heights = score_range(spans, whole=self._whole)
        else:
            heights = log_range(spans) if log else linear_range(spans)
        if (epochs, heights) == self._ranges and self._is_settled:
            return False
        most = _most(self.height(), PIXELS_PER_TICK[1])
        up = log_ticks(*heights, most=most) if log else self.measure.ticks(*heights, most=most)
        across = COST.ticks(*epochs, most=_most(self.width(), PIXELS_PER_TICK[0]))
        self.frame.set_axis("bottom", "epoch" if self.height() >= NAMED_HEIGHT else "", across)
        self.frame.set_axis("left", self._axis_name(), up)
        self._ranges, self._is_settled = (epochs, heights), True
        self.frame.set_range(epochs, heights)
        self._marker.setLine(0.0, heights[0], 0.0, heights[1])
        self.frame.settle()
        return True

    def _path(self, line: Line) -> QPainterPath:
        """Return the line of a curve; a cost of zero lies at the foot of a logarithmic axis."""
        heights, pixel = self._heights(line.heights), self.frame.pixel()
        if (dash := _dash(line.epochs, heights, pixel[0])) is not None:
            return hairlines(*dash, connect="finite", pixel=pixel, single=False)
        way = float(np.nansum(np.abs(np.diff(heights)))) / pixel[1]
        return hairlines(line.epochs, heights, connect="finite", pixel=pixel, single=way > ROUGH * self.width())

    def _thin_path(self, line: Line) -> QPainterPath:
        """Return the thinner line of a curve beside."""
        heights = self._heights(line.heights)
        return hairlines(line.epochs, heights, connect="finite", pixel=self.frame.pixel(), single=True)

    def _heights(self, values: Floats) -> Floats:
        """Return values as places on the axis; what lies below it lies at its foot."""
        low = self._ranges[1][0]
        if self.measure is not COST:
            return np.maximum(values, low)
        if not self._log:
            return values
        heights: Floats = np.log10(np.maximum(values, 10.0**low))
        return heights

    def _place_all(self) -> None:
        """Put everything that stands beside the curves to where it belongs."""
        area = self.frame.box.sceneBoundingRect()
        (first, last), _ = self._ranges
        self.places = Places(first, last, area.left(), area.right(), area.top(), area.bottom())
        self._put_labels(area)
        self.marks.show(self._record.events, self._record.best_epoch, self.places, part=self._deciding)
        self.scrubber.show_moment(self._epoch, self._record, self.places)

    def _put_labels(self, area: QRectF) -> None:
        """Put each label beside the end of its line, so that all can be read, as far as there is room for them."""
        ends: list[tuple[EndLabel, float, float]] = []
        goes_on = any(line.is_shown for line in self.ghosts.lines)
        for trace in self._traces:
            trace.label.hide()
            if trace.has_label:
                ends.append((trace.label, *self._end(trace, area, outside=goes_on)))
        for ghost in self.ghosts.pinned:
            if ghost.label is not None:
                ghost.label.hide()
                line = next((line for line in ghost.lines if line.is_shown), None)
                if line is not None:
                    ends.append((ghost.label, *self._end(line, area, outside=True)))
        height = ends[0][0].height if ends else 1.0
        ends = ends[: max(2, int(area.height() / height))]
        middles = apart([middle for _, _, middle in ends], height=height, area=area)
        for (label, end, _), middle in zip(ends, middles, strict=True):
            label.put(end, middle)

    def _end(self, line: Line, area: QRectF, *, outside: bool) -> tuple[float, float]:
        """Return where a line ends, in pixels; `outside` leaves the plot free for what goes on there."""
        last = len(line.heights) - 1
        while not isfinite(line.heights[last]):
            last -= 1
        low, high = self._ranges[1]
        (height,) = self._heights(line.heights[last : last + 1]).tolist()
        down = area.bottom() - (height - low) / (high - low) * area.height()
        across = area.right() if outside else min(self.places.across(float(line.epochs[last])), area.right())
        return across, min(max(down, area.top()), area.bottom())

    def _pointed(self, across: float, up: float) -> None:
        """Tell of the nearest epoch."""
        self.pointed.emit(min(max(round(across), 0), self.last))


def _dash(epochs: Floats, heights: Floats, pixel: float) -> tuple[Floats, Floats] | None:
    """Return a short dash for a line that is no more than a dot, as a dot cannot be seen; `None` for any other."""
    known = np.flatnonzero(np.isfinite(heights))
    if not len(known) or epochs[known[-1]] - epochs[known[0]] >= DASH * pixel:
        return None
    half = DASH * pixel / 2.0
    return epochs[known[-1]] + np.array([-half, half]), np.full(2, heights[known[-1]])


def _most(length: int, pixels_per_tick: int) -> int:
    """Return how many ticks an axis of a widget of `length` pixels may have."""
    return max(2, min(6, length // pixels_per_tick))
