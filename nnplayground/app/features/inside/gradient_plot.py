"""The length of each layer's gradient by epoch, as a line each on a logarithmic axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite

import numpy as np
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsPathItem, QGraphicsSimpleTextItem, QVBoxLayout, QWidget

from nnplayground.app.ui.plots.end_labels import apart
from nnplayground.app.ui.plots.envelope import Envelope, span_of
from nnplayground.app.ui.plots.frame import PlotFrame, hairlines, thin_pen
from nnplayground.app.ui.plots.scales import epoch_range, log_range
from nnplayground.app.ui.plots.screen_only import only_on_screen
from nnplayground.app.ui.plots.ticks import linear_ticks, log_ticks
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats

TOP, RIGHT_GAP = 6.0, 12.0
LABEL_GAP, LABEL_HEIGHT = 6.0, 100.0
NAMED_HEIGHT = 130
MARKER_DASHES = (1.0, 2.0)
THICK = 3  # up to so many lines are drawn two pixels wide
MOST_POINTS = 256
PIXELS_PER_TICK = (64, 26)
LATER = 0.35
"""How strong the lines are that lead from the moment on the screen to the newest one."""


@dataclass
class Line:
    """One layer: its lines up to the moment shown and after it, and what it is called."""

    now: QGraphicsPathItem
    later: QGraphicsPathItem
    label: QGraphicsSimpleTextItem
    envelope: Envelope = field(default_factory=lambda: Envelope(only_above_zero=True))
    after: Envelope = field(default_factory=lambda: Envelope(only_above_zero=True))


class GradientPlot(QWidget):
    """Draws lengths `[layers, epochs + 1]`; `pointed` carries the epoch under the pointer."""

    pointed = Signal(int)
    left_plot = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._norms: Floats = np.empty((0, 0))
        self._later: Floats = np.empty((0, 0))
        self._names: tuple[str, ...] = ()
        self._lines: list[Line] = []
        self._log_range = (-1.0, 0.0)
        self.frame = PlotFrame(self)
        self.frame.show_grid()
        self.frame.setMinimumSize(160, 70)
        self._marker, self._moment = QGraphicsLineItem(), QGraphicsLineItem()
        only_on_screen(self._marker)
        for marker in (self._marker, self._moment):
            marker.hide()
            self.frame.box.addItem(marker, ignoreBounds=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.frame.resized.connect(self._draw)
        self.frame.pointed.connect(self._pointed)
        self.frame.left_plot.connect(self._pointer_left)

    def color(self, place: int) -> str:
        """Return the colour of a layer's line."""
        return self._theme.class_color(place, max(len(self._names), 3)).name()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.frame.set_theme(theme)
        self._marker.setPen(thin_pen(theme.muted, dashes=MARKER_DASHES))
        self._moment.setPen(thin_pen(theme.text))
        self._color_lines()
        self._draw()

    def show_norms(self, norms: Floats, names: Sequence[str], *, later: Floats | None = None) -> None:
        """Draw the lengths of layers called `names`; `later` is the whole way, where the moment shown is not its end.

        Lengths that begin as those of the last call do are taken for the same, grown longer or cut shorter.
        """
        if tuple(names) != self._names:
            self._make_lines(tuple(names))
        after = norms[:, :0] if later is None else later
        for shown, values, envelopes in (
            (self._norms, norms, [line.envelope for line in self._lines]),
            (self._later, after, [line.after for line in self._lines]),
        ):
            anew = not _goes_on(shown, values)
            for envelope, row in zip(envelopes, values, strict=True):
                if anew:
                    envelope.start_again()
                envelope.follow(row)
        self._norms, self._later = norms, after
        self._draw()

    def export_table(self) -> dict[str, Floats]:
        """Return the epochs and the length of each layer's gradient, as columns of one length.

        They begin with the epoch before the first one that was trained here: 0, unless the network came trained.
        """
        epochs = self._norms.shape[1]
        known = np.flatnonzero(np.isfinite(self._norms).any(axis=0))
        first = max(0, int(known[0]) - 1 if len(known) else epochs - 1)
        columns = {"epoch": np.arange(first, epochs, dtype=np.float64)}
        names = [f"gradient_{name.removeprefix('the ').replace(' ', '_')}" for name in self._names]
        return columns | dict(zip(names, self._norms[:, first:], strict=True))

    def _make_lines(self, names: tuple[str, ...]) -> None:
        """Make as many lines as there are layers."""
        for line in self._lines:
            for item in (line.now, line.later):
                self.frame.box.removeItem(item)
            self.frame.canvas.scene().removeItem(line.label)
        self._names = names
        self._norms = self._later = np.empty((len(names), 0))
        self._lines = []
        for place, name in enumerate(names):
            line = Line(QGraphicsPathItem(), QGraphicsPathItem(), QGraphicsSimpleTextItem(_short(name)))
            line.label.setZValue(LABEL_HEIGHT)
            self.frame.canvas.scene().addItem(line.label)
            for height, item in ((len(names) - place, line.later), (2 * len(names) - place, line.now)):
                item.setZValue(height)
                self.frame.box.addItem(item, ignoreBounds=True)
            self._lines.append(line)
        self._color_lines()

    def _color_lines(self) -> None:
        for place, line in enumerate(self._lines):
            line.now.setPen(thin_pen(self.color(place)))
            line.later.setPen(thin_pen(self.color(place)))
            line.later.setOpacity(LATER)
            line.label.setBrush(QColor(self.color(place)))
            line.label.setFont(self.frame.small_font())

    def _draw(self) -> None:
        """Draw all lines on axes that hold them."""
        last = max(self._norms.shape[1], self._later.shape[1]) - 1
        epochs = epoch_range(max(last, 0))
        shown = [line.envelope.line(row, *epochs, most=MOST_POINTS) for line, row in self._rows(self._norms)]
        later = [line.after.line(row, *epochs, most=MOST_POINTS) for line, row in self._rows(self._later)]
        spans = [span for _, values in (*shown, *later) if isfinite((span := span_of(values)).highest)]
        self._fit_axes(epochs, log_range(spans) if spans else (-1.0, 0.0))
        self.frame.settle()  # so that the lines lie beside each other by pixels of the size that the plot has by now
        pixel = self.frame.pixel()
        for points, part in ((shown, "now"), (later, "later")):
            for place, line in enumerate(self._lines):
                getattr(line, part).setPath(self._path(*points[place], pixel=pixel) if points else QPainterPath())
        self._mark_moment()
        self._put_labels()

    def _path(self, across: Floats, values: Floats, *, pixel: tuple[float, float]) -> QPainterPath:
        is_single = len(self._lines) > THICK
        return hairlines(across, self._heights(values), connect="finite", pixel=pixel, single=is_single)

    def _rows(self, norms: Floats) -> list[tuple[Line, Floats]]:
        return list(zip(self._lines, norms, strict=False)) if norms.shape[1] else []

    def _fit_axes(self, epochs: tuple[float, float], lengths: tuple[float, float]) -> None:
        self._log_range = lengths
        widest = max((line.label.boundingRect().width() for line in self._lines), default=0.0)
        self.frame.set_margins(0.0, TOP, widest + RIGHT_GAP, 0.0)
        is_named = self.height() >= NAMED_HEIGHT
        size = self.width(), self.height()
        most = [max(2, length // pixels) for length, pixels in zip(size, PIXELS_PER_TICK, strict=True)]
        self.frame.set_axis("bottom", "epoch" if is_named else "", linear_ticks(*epochs, most=min(most[0], 6)))
        self.frame.set_axis("left", "length" if is_named else "", log_ticks(*lengths, most=min(most[1], 5)))
        self.frame.set_range(epochs, lengths)

    def _heights(self, values: Floats) -> Floats:
        """Return lengths as places on the axis."""
        low = 10.0 ** self._log_range[0]
        with np.errstate(invalid="ignore"):
            heights: Floats = np.log10(np.maximum(values, low))
        return heights

    def _mark_moment(self) -> None:
        """Mark the moment that is shown where it is not the newest."""
        self._moment.setVisible(self._later.shape[1] > self._norms.shape[1] > 0)
        epoch = float(self._norms.shape[1] - 1)
        self._moment.setLine(epoch, self._log_range[0], epoch, self._log_range[1])

    def _put_labels(self) -> None:
        """Put the name of each layer beside the end of its line, so that all can be read."""
        for line in self._lines:
            line.label.hide()
        rows = self._rows(self._later) or self._rows(self._norms)
        ends = [(line, self._end(row)) for line, row in rows]
        shown = [(line, end) for line, end in ends if end is not None]
        if not shown:
            return
        area = self.frame.box.sceneBoundingRect()
        height = shown[0][0].label.boundingRect().height()
        middles = apart([end.y() for _, end in shown], height=height, area=area)
        if max(middles) + height / 2.0 > area.bottom() + 2.0:
            return  # too many layers for their names; the colours stand beside the rows of the table
        for (line, end), middle in zip(shown, middles, strict=True):
            line.label.setPos(end.x() + LABEL_GAP, middle - height / 2.0)
            line.label.show()

    def _end(self, row: Floats) -> QPointF | None:
        """Return where a line ends, in pixels; `None` for one that does not go on to the present."""
        if not (isfinite(row[-1]) and row[-1] > 0.0):
            return None
        (height,) = self._heights(row[-1:]).tolist()
        place: QPointF = self.frame.box.mapViewToScene(QPointF(len(row) - 1.0, height))
        return place

    def _pointed(self, across: float, up: float) -> None:
        """Mark the nearest epoch and tell of it."""
        last = self._norms.shape[1] - 1
        if last < 1:
            return
        epoch = min(max(round(across), 0), last)
        self._marker.setLine(epoch, self._log_range[0], epoch, self._log_range[1])
        self._marker.show()
        self.pointed.emit(epoch)

    def _pointer_left(self) -> None:
        self._marker.hide()
        self.left_plot.emit()


def _goes_on(before: Floats, after: Floats) -> bool:
    """Tell whether the shorter of two curves is the beginning of the longer one, as far as a look at its end tells."""
    common = min(before.shape[1], after.shape[1])
    if not common:
        return False
    places = [0, common // 2, common - 1]
    return np.array_equal(before[:, places], after[:, places], equal_nan=True)


def _short(name: str) -> str:
    """Return "1" for "layer 1" and "output" for "the output"."""
    return name.removeprefix("layer ").removeprefix("the ")
