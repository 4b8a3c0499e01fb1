"""The frame that all plots share: two quiet axes, fixed margins, a read-out of the pointer, nothing to pan by accident.

It is put together from pyqtgraph's view box and axes. A whole `PlotItem` would bring menus and buttons that we would
only have to switch off again, and takes several times as long to make.
"""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsPathItem, QVBoxLayout, QWidget

from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.plots.ticks import Ticks
from nnplayground.app.ui.theme import LIGHT, RADIUS, SMALL, Theme, scaled, tabular
from nnplayground.arrays import Floats

GAP = 4
AXIS_LINE = 4
SMALLEST = (160, 100)
OVERHANG = 40
"""How far the text at the end of an axis may stick out of it, in pixels."""
BESIDE = ((0.0, 0.4), (-0.35, -0.2), (0.35, -0.2))
"""Where the thin lines of a wide one lie, in pixels: a triangle, so that it is as wide in every direction."""
NEAR = 0.05
"""In pixels: lines that lie beside each other, as they went through a change of units."""
LABEL_MARGIN = 4.0
"""pyqtgraph lets the name of an axis stick out of the axis by so much; without a margin there its tails are cut off."""


class PlotFrame(QWidget):
    """A view box with an axis on the left and one at the bottom.

    `pointed` carries the place under the pointer in units of the data, `left_plot` tells that the pointer went away,
    `resized` that the plot area changed.
    """

    pointed = Signal(float, float)
    left_plot = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._labels = {"left": "", "bottom": ""}
        self._ticks: dict[str, Ticks] = {"left": [], "bottom": []}
        self._margins = (-1.0, 0.0, 0.0, 0.0)
        self._told = QSize()  # the size of the canvas that the owner knows of
        self.canvas: Any = pg.GraphicsView(self, background=None)
        self.box: Any = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0.0)
        self.axes: dict[str, Any] = {side: pg.AxisItem(side, maxTickLength=0) for side in ("left", "bottom")}
        self._central: Any = pg.GraphicsWidget()
        self._grid_lines = QGraphicsPathItem()
        self._build()

    def _build(self) -> None:
        """Put box and axes into a grid, and listen to the pointer."""
        self._grid = QGraphicsGridLayout(self._central)
        self._grid.setSpacing(0.0)
        self._grid.addItem(self.axes["left"], 0, 0)
        self._grid.addItem(self.box, 0, 1)
        self._grid.addItem(self.axes["bottom"], 1, 1)
        for axis in self.axes.values():
            axis.linkToView(self.box)
            axis.enableAutoSIPrefix(False)
            axis.setStyle(hideOverlappingLabels=OVERHANG)
            axis.setZValue(-1)
        self._grid_lines.setZValue(-10)
        self._grid_lines.hide()
        self.box.addItem(self._grid_lines, ignoreBounds=True)
        self.box.disableAutoRange()
        self.box.sigResized.connect(self._box_resized)
        self.canvas.setCentralItem(self._central)
        self.canvas.setAntialiasing(True)
        self.setMinimumSize(*SMALLEST)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.viewport().installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)

    def set_theme(self, theme: Theme) -> None:
        """Recolour the frame."""
        self._theme = theme
        self.canvas.setBackground(theme.panel)
        for side, axis in self.axes.items():
            axis.setStyle(tickFont=self.small_font(), tickTextOffset=GAP, tickLength=0)
            axis.setPen(pg.mkPen(theme.border))
            axis.setTextPen(pg.mkPen(theme.muted))
            self._draw_axis(side)
        self._grid_lines.setPen(pg.mkPen(theme.border, width=1.0))

    def set_axis(self, side: str, label: str, ticks: Ticks) -> None:
        """Name an axis (`left` or `bottom`) and mark its ticks; the room for them follows from their texts."""
        label = one_line(label)
        if (label, ticks) != (self._labels[side], self._ticks[side]):
            self._labels[side], self._ticks[side] = label, ticks
            self._draw_axis(side)
            self._draw_grid()

    def show_grid(self) -> None:
        """Draw barely visible lines across the plot at the ticks."""
        self._grid_lines.show()

    def set_margins(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep free space around box and axes, in pixels, besides what the names of the axes need."""
        if (left, top, right, bottom) != self._margins:
            self._margins = (left, top, right, bottom)
            self._grid.setContentsMargins(left + LABEL_MARGIN, top, right, bottom + LABEL_MARGIN)

    def set_range(self, across: tuple[float, float], up: tuple[float, float]) -> None:
        """Show exactly these ranges."""
        self.box.setRange(xRange=across, yRange=up, padding=0.0, disableAutoRange=True)
        self._draw_grid()

    def settle(self) -> None:
        """Lay out now what is due for layout, so that places of data in the scene are right."""
        # A widget that was too small for its margins has become wider than the canvas, and stays so by itself.
        self._central.setGeometry(QRectF(self.canvas.viewport().rect()))
        self._grid.activate()
        self.box.updateMatrix()

    def pixel(self) -> tuple[float, float]:
        """Return the width and height of a pixel in units of the data."""
        (left, right), (low, high) = self.box.viewRange()
        rect = self.box.rect()
        return (right - left) / max(rect.width(), 1.0), (high - low) / max(rect.height(), 1.0)

    def small_font(self) -> QFont:
        """Return the font of ticks and labels."""
        return tabular(scaled(self.font(), SMALL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the owner first: it may want other margins for the new size."""
        super().resizeEvent(event)
        self._tell_size()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer. pyqtgraph's own signal leaves out moves that follow each other fast."""
        if event.type() == QEvent.Type.Resize:
            self._tell_size()  # a plot that was hidden gets its size before its canvas does
        elif event.type() == QEvent.Type.Leave:
            self.left_plot.emit()
        elif event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._pointer_moved(self.canvas.mapToScene(event.position().toPoint()))
        return False

    def _tell_size(self) -> None:
        """Tell of a size once."""
        size = self.canvas.viewport().size()
        if size != self._told:
            self._told = size
            self.resized.emit()

    def _draw_axis(self, side: str) -> None:
        """Write name and ticks of an axis, and give them the room that they need."""
        label, ticks, axis = self._labels[side], self._ticks[side], self.axes[side]
        metrics = QFontMetricsF(self.small_font())
        axis.setTicks([ticks])
        widest = max((metrics.horizontalAdvance(text) for _, text in ticks), default=0.0)
        room = metrics.height() if side == "bottom" else widest
        room += GAP + AXIS_LINE + (metrics.height() + GAP if label else 0)
        (axis.setHeight if side == "bottom" else axis.setWidth)(round(room))
        self._show_label(side)

    def _draw_grid(self) -> None:
        """Draw a line at each tick; pyqtgraph's own grid would cut off the texts at the ends of the axes."""
        (left, right), (low, high) = self.box.viewRange()
        path = QPainterPath()
        for place, _ in self._ticks["bottom"]:
            path.moveTo(place, low)
            path.lineTo(place, high)
        for place, _ in self._ticks["left"]:
            path.moveTo(left, place)
            path.lineTo(right, place)
        self._grid_lines.setPath(path)

    def _box_resized(self) -> None:
        """Cut the labels of the axes to the new size."""
        for side in self.axes:
            self._show_label(side)

    def _pointer_moved(self, position: QPointF) -> None:
        """Turn the pointer's place into units of the data."""
        if self.box.sceneBoundingRect().contains(position):
            place = self.box.mapSceneToView(position)
            self.pointed.emit(place.x(), place.y())
        else:
            self.left_plot.emit()

    def _show_label(self, side: str) -> None:
        """Write an axis's name, cut to the length of the axis."""
        axis, font = self.axes[side], self.small_font()
        length = self.box.rect().width() if side == "bottom" else self.box.rect().height()
        text = QFontMetricsF(font).elidedText(self._labels[side], Qt.TextElideMode.ElideRight, max(length, 40.0))
        if not text:
            axis.showLabel(show=False)
            return
        axis.label.setFont(font)
        # pyqtgraph takes the name for HTML, and columns of a table are called what they are called.
        axis.setLabel(escape(text), color=self._theme.text)
        axis.resizeEvent()  # only this puts a name of another length back into the middle


def make_card(view: QWidget, theme: Theme) -> None:
    """Give a view that has an object name the ground of its plot, with a border around the whole."""
    view.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    view.setStyleSheet(
        f"#{view.objectName()} {{ background: {theme.panel}; border: 1px solid {theme.border}; "
        f"border-radius: {RADIUS}px; }}"
    )


def hairlines(
    across: Floats, up: Floats, *, connect: str, pixel: tuple[float, float], single: bool = False
) -> QPainterPath:
    """Return a line through the points as three thin lines beside each other, together two pixels wide, or as one.

    Qt draws a smooth line of one pixel twenty to two hundred times as fast as a wider one (0.4 against 80 ms for a
    noisy curve of 1,000 points).
    """
    line: QPainterPath = pg.arrayToQPath(across, up, connect=connect)
    path = QPainterPath()
    for right, above in BESIDE[:1] if single else BESIDE:
        path.addPath(line.translated(right * pixel[0], above * pixel[1]))
    return path


def as_one_line(path: QPainterPath) -> QPainterPath | None:
    """Return the line that `hairlines` has made three of, in pixels, or `None` where the path is none of that kind."""
    count, rest = divmod(path.elementCount(), len(BESIDE))
    if rest or count < 2:
        return None
    elements = [path.elementAt(place) for place in range(path.elementCount())]
    points = np.array([(element.x, element.y) for element in elements]).reshape(len(BESIDE), count, 2)
    moves = np.array([element.isMoveTo() for element in elements]).reshape(len(BESIDE), count)
    away = points - points[0]
    if np.any(moves != moves[0]) or np.ptp(away, axis=1).max() > NEAR or np.hypot(*away[:, 0].T).max() > 1.0 + NEAR:
        return None
    line = QPainterPath()
    for is_move, (across, up) in zip(moves[0].tolist(), points.mean(axis=0).tolist(), strict=True):
        (line.moveTo if is_move else line.lineTo)(across, up)
    return line


def thin_pen(color: str, *, dashes: tuple[float, ...] | None = None) -> QPen:
    """Return the pen for `hairlines`; `dashes` gives the pixels that are drawn and left out in turn."""
    pen = QPen(pg.mkColor(color))
    pen.setCosmetic(True)
    pen.setWidthF(1.0)
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen
