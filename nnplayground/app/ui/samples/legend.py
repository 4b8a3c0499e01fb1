"""The legend under the map: which mark is which class, which part trains, and what the colours of values mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.app.ui.plain_text import one_line, readable
from nnplayground.app.ui.samples.points import CROSS
from nnplayground.app.ui.samples.shading import soft_value_table, value_range
from nnplayground.app.ui.theme import LIGHT, MARKERS, SMALL, SPACE, Theme, marker, scaled
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.explain.figures import number_text
from nnplayground.training.run.prepare import Prepared

MARK = 10
BAR = 64
MOST_LINES = 2
RINGED = " A ring around a mark: the network takes it for another class."


@dataclass(frozen=True)
class Entry:
    """One mark with its text. `color` names a colour; `ring` draws it hollow, with a `cross` inside or without.

    A `bar` is a strip of the value scale.

    `before` is written left of the mark, for the lower end of a bar. What is `ringed` has a ring around it.
    """

    text: str
    color: str
    symbol: str = MARKERS[0]
    ring: bool = False
    cross: bool = False
    ringed: bool = False
    bar: bool = False
    before: str = ""


def meanings(data: Prepared, theme: Theme) -> list[Entry]:
    """Return what the colours stand for: each class, or the scale of the values with its ends."""
    classes = data.samples.classes
    if not classes:
        low, high = (number_text(end) for end in value_range(data.samples.targets))
        return [Entry(high, theme.text, bar=True, before=f"{one_line(data.samples.target_name)}  {low}")]
    return [
        Entry(one_line(name), theme.class_color(place, len(classes)).name(), marker(place))
        for place, name in enumerate(classes)
    ]


def parts(data: Prepared, theme: Theme, *, rings_wrong: bool = True) -> list[Entry]:
    """Return what the kinds of marks stand for: the points that train, those held out, and wrong answers."""
    kinds = [Entry(f"{len(data.train_rows):,} train", theme.text)]
    if len(data.validation_rows):
        kinds.append(Entry(f"{len(data.validation_rows):,} validation", theme.text, ring=True, cross=True))
    if len(data.test_rows):
        kinds.append(Entry(f"{len(data.test_rows):,} test", theme.text, ring=True))
    if rings_wrong and data.samples.classes:
        kinds.append(Entry("wrong", theme.text, ringed=True))
    return kinds


def placed(widths: Sequence[float], available: float, *, gap: float) -> list[tuple[int, float]]:
    """Return the line and the left end of boxes that follow each other and go on in the next line where they must."""
    places, line, left = [], 0, 0.0
    for width in widths:
        if left > 0.0 and left + width > available:
            line, left = line + 1, 0.0
        places.append((line, left))
        left += width + gap
    return places


LONGEST = 1_000
"""The most characters in which the legend is read out."""


class Legend(QWidget):
    """Paints the entries in one or two lines; what does not fit is counted, and named in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._meanings: list[Entry] = []
        self._parts: list[Entry] = []
        self._data: Prepared | None = None
        self._for_unit, self._rings_wrong = False, True
        self.setObjectName("boundary_legend")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_data(self, data: Prepared, theme: Theme) -> None:
        """Explain the marks and colours of these data."""
        self._theme, self._data = theme, data
        self._meanings, self._parts = meanings(data, theme), parts(data, theme, rings_wrong=self._rings_wrong)
        self._for_unit = False
        whole = [*self._meanings, *self._parts]
        rings = RINGED if any(entry.ringed for entry in whole) else ""
        text = ", ".join(f"{entry.before} to {entry.text}" if entry.bar else entry.text for entry in whole)
        self.setAccessibleName(readable(f"Legend: {text}", LONGEST))
        dotted = ", rings with a cross choose the best epoch" if any(entry.cross for entry in whole) else ""
        self.setToolTip(wrapped(f"{text}. Filled marks train the network{dotted}, rings only test it.{rings}"))
        self._fit()

    def show_rings(self, wanted: bool) -> None:
        """Explain the rings around wrong answers, or leave them out."""
        self._rings_wrong = wanted
        if self._data is not None and not self._for_unit:
            self.show_data(self._data, self._theme)

    def show_nothing(self) -> None:
        """Explain nothing, in the height of one line, while there is nothing to explain."""
        self._meanings, self._parts, self._for_unit, self._data = [], [], False, None
        self.setAccessibleName("Legend")
        self.setToolTip("")
        self._fit()

    def show_unit(self, theme: Theme) -> None:
        """Explain the colours of one neuron's map; the height stays, so that nothing moves under the pointer."""
        self._theme, self._for_unit = theme, True
        self._meanings = [Entry("+1", theme.text, bar=True, before="Answer of this neuron  −1")]
        self.setAccessibleName("Legend: answer of this neuron, −1 to +1")
        self.setToolTip(wrapped("The answer of this neuron in the same colours as in the network."))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the lines that the entries need."""
        return QSize(100, self._line_count() * self._line_height())

    def minimumSizeHint(self) -> QSize:
        """Keep the lines."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint marks and texts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(scaled(self.font(), SMALL))
        for entry, (line, left) in self._fitting():
            self._paint(painter, entry, left, (line + 0.5) * self._line_height())
        painter.end()

    def _fit(self) -> None:
        """Take the height that the entries need at this width."""
        if self._for_unit:
            self.update()
            return
        height = self.sizeHint().height()
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)
        self.update()

    def _fitting(self) -> list[tuple[Entry, tuple[int, float]]]:
        """Return the entries with their places; the last classes are only counted when there are too many."""
        for left_out in range(len(self._meanings)):
            shown = self._meanings[: len(self._meanings) - left_out]
            more = [Entry(f"and {left_out} more", self._theme.muted, symbol="")] if left_out else []
            shown = [*shown, *more, *self._parts]
            places = placed([self._width(entry) for entry in shown], self.width(), gap=SPACE[2])
            if (
                places[-1][0] < MOST_LINES + any(entry.cross for entry in self._parts)
                or left_out == len(self._meanings) - 1
            ):
                return list(zip(shown, places, strict=True))
        return []

    def _line_height(self) -> int:
        """Return the height of a line of entries."""
        return round(QFontMetricsF(scaled(self.font(), SMALL)).height()) + 4

    def _line_count(self) -> int:
        """Return how many lines are needed."""
        return max((line for _, (line, _) in self._fitting()), default=0) + 1

    def _width(self, entry: Entry) -> float:
        """Return the width of an entry with its mark."""
        metrics = QFontMetricsF(scaled(self.font(), SMALL))
        mark = BAR if entry.bar else MARK if entry.symbol else 0.0
        before = metrics.horizontalAdvance(entry.before) + SPACE[0] if entry.before else 0.0
        return before + mark + SPACE[0] + metrics.horizontalAdvance(entry.text)

    def _paint(self, painter: QPainter, entry: Entry, left: float, middle: float) -> None:
        """Paint one entry."""
        metrics = QFontMetricsF(painter.font())
        base = middle + (metrics.ascent() - metrics.descent()) / 2.0
        painter.setPen(QColor(self._theme.text if entry.symbol else self._theme.muted))
        if entry.before:
            painter.drawText(QPointF(left, base), entry.before)
            left += metrics.horizontalAdvance(entry.before) + SPACE[0]
        if entry.bar:
            self._paint_bar(painter, QRectF(left, middle - 4.0, BAR, 8.0))
            left += BAR + SPACE[0]
        elif entry.symbol:
            self._paint_mark(painter, entry, QPointF(left + MARK / 2.0, middle))
            left += MARK + SPACE[0]
        painter.setPen(QColor(self._theme.text if entry.symbol else self._theme.muted))
        painter.drawText(QPointF(left, base), entry.text)

    def _paint_mark(self, painter: QPainter, entry: Entry, center: QPointF) -> None:
        """Paint the mark as it stands on the map."""
        if entry.ringed:
            painter.setPen(QPen(QColor(entry.color), 1.6))
            painter.drawEllipse(center, MARK / 2.0, MARK / 2.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(entry.color))
            painter.drawEllipse(center, 2.0, 2.0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            return
        painter.save()
        painter.translate(center)
        pen = QPen(QColor(entry.color), 1.8 / 8.0) if entry.ring else QPen(Qt.PenStyle.NoPen)
        brush = pg.mkBrush(None if entry.ring else entry.color)
        pg.graphicsItems.ScatterPlotItem.drawSymbol(painter, entry.symbol, 8.0 if entry.ring else 9.0, pen, brush)
        if entry.cross:
            cross = pg.mkBrush(entry.color)
            pg.graphicsItems.ScatterPlotItem.drawSymbol(painter, CROSS, 5.0 / 8.0, QPen(Qt.PenStyle.NoPen), cross)
        painter.restore()

    def _paint_bar(self, painter: QPainter, area: QRectF) -> None:
        """Paint the value scale."""
        gradient = QLinearGradient(area.topLeft(), area.topRight())
        for place, color in zip((0.0, 0.5, 1.0), soft_value_table(self._theme)[[0, 128, 255]], strict=True):
            gradient.setColorAt(place, QColor(*color.tolist()))
        painter.fillRect(area, gradient)
