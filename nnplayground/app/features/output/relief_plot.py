"""The map as a surface in the room: what the network answers is how high it stands, and a drag turns it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.app.features.output.isolines import round_levels
from nnplayground.app.features.output.level_items import text_picture
from nnplayground.app.features.output.relief import HIGHEST, Camera, Relief, Sight
from nnplayground.app.features.output.relief_look import color_table, height_names, packed, paint_heights, paint_names
from nnplayground.app.features.output.relief_points import DotLayer, Dots, dots_of
from nnplayground.app.ui.contrast import mixed
from nnplayground.app.ui.plots.contour import level_lines
from nnplayground.app.ui.samples.point_marks import UNMARKED, Marked
from nnplayground.app.ui.samples.shading import Unit, scale_field
from nnplayground.app.ui.samples.tables import map_table
from nnplayground.app.ui.theme import LIGHT, SMALL, Theme, scaled, tabular
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import Maps
from nnplayground.training.run.prepare import Prepared

FLATTEST, STEEPEST = 12.0, 78.0
PER_PIXEL = 0.5
"""Degrees that a drag of one pixel turns."""
STEP = 6.0
"""Degrees that an arrow key turns."""
BUSY_WIDTH, STILL_WIDTH = 440, 900
"""How many columns of pixels are worked out while the network trains, and at rest; a wider plot gets them larger."""
MARGIN = 22.0
TURNS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
PROBE = 13.0
DARKER_WALL = 0.3
SKIN = 0.02
"""A line lies on the surface and must not be taken for something below it."""


class ReliefPlot(QWidget):
    """Draws maps as surfaces. `pointed`, `left_plot` and `chosen` tell of the pointer, in units of the data.

    `chosen` follows a double click on the surface.
    """

    pointed = Signal(float, float)
    left_plot = Signal()
    chosen = Signal(float, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("boundary_relief")
        self.setAccessibleName("Surface of the network's answers with the data points")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.camera = Camera()
        self._theme, self._table = LIGHT, color_table(LIGHT)
        self._maps: tuple[Maps, Prepared, Unit | None] | None = None
        self._field: Floats | None = None
        self._names, self._ends = ("", ""), ((-6.0, -6.0), (6.0, 6.0))
        self._dots: Dots | None = None
        self._layer = DotLayer()
        self._marked, self._shows_test, self._is_busy = UNMARKED, True, False
        self._probe: tuple[float, float] | None = None
        self._words = ""
        self._relief: Relief | None = None
        self._image = QImage()
        self._held: QPointF | None = None

    def sizeHint(self) -> QSize:
        """Ask for the room of a flat map."""
        return QSize(320, 300)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which a shape can be seen."""
        return QSize(160, 120)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme, self._table = theme, color_table(theme)
        self._show_dots()
        self._draw()

    def show_plane(self, low: tuple[float, float], high: tuple[float, float], names: tuple[str, str]) -> None:
        """Set the ends and the names of the two inputs."""
        self._ends, self._names = (low, high), names
        self.update()

    def show_points(self, data: Prepared, places: Floats) -> None:
        """Draw the samples at `places` `[samples, 2]`; not to be called for every frame."""
        is_possible = len(data.samples.classes) <= 2
        self._dots = dots_of(data, places, *self._ends) if is_possible else None
        self._show_dots()

    def show_maps(self, maps: Maps, data: Prepared, *, unit: Unit | None = None, is_busy: bool = False) -> None:
        """Draw what the network, or one unit of it, answers; coarser while the network `is_busy` training."""
        self._maps, self._is_busy = (maps, data, unit), is_busy
        self._field = scale_field(maps, data, unit=unit)
        self._draw()

    def clear_maps(self) -> None:
        """Show no surface."""
        self._maps = self._field = None
        self._draw()

    def mark(self, marked: Marked) -> None:
        """Mark other rows of the samples."""
        self._marked = marked
        self._show_dots()

    def show_test(self, *, visible: bool) -> None:
        """Show or hide the points of the test part."""
        self._shows_test = visible
        self._show_dots()

    def show_probe(self, place: tuple[float, float] | None) -> None:
        """Mark a place of the plane on the surface, or none."""
        self._probe = place
        self.update()

    def say(self, text: str) -> None:
        """Write what the network answers beside the probe."""
        if text != self._words:
            self._words = text
            self.update()

    def turn(self, right: float, up: float) -> None:
        """Turn the block by so many degrees to the right, and look at it from so many further above."""
        tilt = min(max(self.camera.tilt + up, FLATTEST), STEEPEST)
        self.camera = Camera((self.camera.turn - right) % 360.0, tilt)
        self._draw()

    def export_table(self) -> dict[str, Floats]:
        """Return the map as columns of equal length: both places of each cell and what is answered there."""
        return {} if self._maps is None else map_table(*self._maps[:2], unit=self._maps[2])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new size."""
        super().resizeEvent(event)
        self._draw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the block into the hand."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn what is held, or tell what is under the pointer."""
        if self._held is not None and event.buttons() & Qt.MouseButton.LeftButton:
            way, self._held = event.position() - self._held, event.position()
            self.turn(way.x() * PER_PIXEL, way.y() * PER_PIXEL)
            return
        place = self._place_at(event.position())
        if place is None:
            self.left_plot.emit()
        else:
            self.pointed.emit(*place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the block go."""
        self._held = None
        self._draw()
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose a place of the surface."""
        place = self._place_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(*place)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is gone."""
        self.left_plot.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn with the arrow keys."""
        way = TURNS.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self.turn(way[0] * STEP, way[1] * STEP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put picture, lines, points and names on top of each other."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        if self._relief is None or self._field is None or self._maps is None:
            return
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
        painter.save()
        sight = self._relief.sight
        painter.scale(self.width() / sight.width, self.height() / sight.height)
        self._paint_lines(painter, self._relief, self._field, *self._maps[1:])
        if self._dots is not None and self._maps[2] is None:
            self._layer.paint(painter, self._relief, self._field, is_busy=self._is_busy)
        self._paint_probe(painter, self._relief, self._field)
        painter.restore()
        whole = Sight(self.camera, self.width(), self.height(), margin=MARGIN)
        painter.setFont(tabular(scaled(self.font(), SMALL)))
        paint_names(painter, whole, self._names, self._ends, self._theme)
        paint_heights(painter, whole, height_names(*self._maps[1:]), self._theme)

    def _show_dots(self) -> None:
        """Paint other dots, or the same in another way, from now on."""
        if self._dots is not None:
            dots = self._dots if self._shows_test else self._dots.where(~self._dots.is_held_out)
            self._layer.show_dots(dots, self._marked, self._theme)
        self.update()

    def _draw(self) -> None:
        """Work the picture out for the field, the size and the camera of now."""
        if self._field is None or min(self.width(), self.height()) < 8:
            self._relief = None
            self.update()
            return
        is_quick = self._is_busy or self._held is not None
        share = min(1.0, (BUSY_WIDTH if is_quick else STILL_WIDTH) / self.width())
        size = max(2, round(self.width() * share)), max(2, round(self.height() * share))
        sight = Sight(self.camera, *size, margin=MARGIN * share)
        if self._relief is None or self._relief.sight != sight or self._relief.cells != len(self._field):
            self._relief = Relief(sight, len(self._field))
        theme = self._theme
        dark = mixed(QColor(theme.border), QColor(theme.muted), DARKER_WALL)
        walls = (packed(dark.name()), packed(theme.border))
        picture = self._relief.picture(self._field, self._table, walls, packed(theme.panel))
        height, width = picture.shape
        # Without the copy the image would share its memory with the array, and be painted when it is long gone.
        self._image = QImage(picture.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
        self.update()

    def _place_at(self, position: QPointF) -> tuple[float, float] | None:
        """Return the place of the plane, in units of the data, under a position of the pointer."""
        if self._relief is None:
            return None
        sight = self._relief.sight
        x, y = position.x() * sight.width / self.width(), position.y() * sight.height / self.height()
        place = self._relief.place_at(x, y)
        if place is None:
            return None
        across, up = (
            low + (high - low) * (share + 1.0) / 2.0 for low, high, share in zip(*self._ends, place, strict=True)
        )
        return across, up

    def _unit_place(self, place: tuple[float, float]) -> tuple[float, float]:
        across, up = (
            2.0 * (value - low) / (high - low) - 1.0 for low, high, value in zip(*self._ends, place, strict=True)
        )
        return across, up

    def _paint_lines(self, painter: QPainter, relief: Relief, field: Floats, data: Prepared, unit: Unit | None) -> None:
        """Paint the boundary, or the levels of values, where the surface itself does not hide them."""
        heights = [0.0] if unit is not None or data.rule.classes else [level.place for level in round_levels(data)]
        lines = level_lines(field, np.array(heights), low=(-1.0, -1.0), high=(1.0, 1.0))
        painter.setPen(QPen(QColor(self._theme.text), 1.0))
        for height, pieces in zip(heights, lines, strict=True):
            middles = pieces.reshape(-1, 2, 2).mean(axis=1)
            shown = ~relief.is_hidden(middles[:, 0], middles[:, 1], np.full(len(middles), height + SKIN))
            ends = pieces.reshape(-1, 2, 2)[shown].reshape(-1, 2)
            if len(ends):
                left, top = relief.sight.points(ends[:, 0], ends[:, 1], np.full(len(ends), height))
                painter.drawPath(pg.arrayToQPath(left, top, connect="pairs"))

    def _paint_probe(self, painter: QPainter, relief: Relief, field: Floats) -> None:
        """Paint the probe where it touches the surface."""
        if self._probe is None:
            return
        across, up = self._unit_place(self._probe)
        if max(abs(across), abs(up)) > 1.0:
            return
        side = len(field)
        row, column = (min(int((place + 1.0) * side / 2.0), side - 1) for place in (up, across))
        height = float(np.clip(np.nan_to_num(field[row, column]), -HIGHEST, HIGHEST))
        left, top = relief.sight.points(np.array([across]), np.array([up]), np.array([height]))
        for width, color in ((PROBE, self._theme.panel), (PROBE - 3.0, self._theme.accent), (4.0, self._theme.panel)):
            pen = QPen(QColor(color), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoint(QPointF(float(left[0]), float(top[0])))
        picture = text_picture(self._words, tabular(scaled(self.font(), SMALL, bold=True)), self._theme)
        beside = QPointF(float(left[0]) + PROBE, float(top[0]) - picture.deviceIndependentSize().height() / 2.0)
        painter.drawPixmap(beside, picture)
