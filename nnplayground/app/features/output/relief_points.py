"""The samples about the surface: a dot at the height of its target, on a stem from what the network answers there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnplayground.app.features.output.relief import Relief, Sight
from nnplayground.app.ui.samples.point_marks import UNMARKED, Marked
from nnplayground.app.ui.samples.points import DIMMED, drawn_rows
from nnplayground.app.ui.samples.shading import to_unit, value_range
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats, Integers
from nnplayground.data.part_names import TRAIN, VALIDATION
from nnplayground.training.run.prepare import Prepared

PAUSE = 150
"""Milliseconds for which the dots stay as they are while the network trains."""
MOST_STEMS = 800
HIDDEN = 0.2
"""How much is left of a dot behind the surface."""
DOT, RIM, RING = 6.0, 2.0, 6.0
SHADES = 9


@dataclass(frozen=True, eq=False)
class Dots:
    """The samples that are drawn: their rows, places from -1 to 1, heights on the scale, part and colour group."""

    rows: Integers
    across: Floats
    up: Floats
    heights: Floats
    parts: Integers
    groups: Integers
    has_classes: bool

    @property
    def is_held_out(self) -> NDArray[np.bool_]:
        """Which of them do not train."""
        held_out: NDArray[np.bool_] = self.parts != TRAIN
        return held_out

    def where(self, chosen: NDArray[np.bool_]) -> Dots:
        """Return some of them."""
        return Dots(
            self.rows[chosen],
            self.across[chosen],
            self.up[chosen],
            self.heights[chosen],
            self.parts[chosen],
            self.groups[chosen],
            self.has_classes,
        )


def dots_of(data: Prepared, places: Floats, low: tuple[float, float], high: tuple[float, float]) -> Dots:
    """Return the dots of samples at `places` `[samples, 2]` of the plane between two corners; those outside are not."""
    rows = drawn_rows(len(data.samples.targets))
    unit = 2.0 * (places[rows] - np.array(low)) / (np.array(high) - np.array(low)) - 1.0
    inside = (np.abs(unit) <= 1.0).all(axis=1)
    rows, unit = rows[inside], unit[inside]
    targets = data.samples.targets[rows]
    classes = bool(data.samples.classes)
    heights = 2.0 * targets - 1.0 if classes else np.clip(to_unit(targets, value_range(data.samples.targets)), -1, 1)
    groups = targets if classes else np.rint((heights + 1.0) / 2.0 * (SHADES - 1))
    return Dots(rows, unit[:, 0], unit[:, 1], heights, data.part_numbers[rows], groups.astype(np.int64), classes)


def surface_heights(dots: Dots, field: Floats) -> Floats:
    """Return how high the surface is where the dots stand."""
    side = len(field)
    columns, rows = (
        np.clip(((place + 1.0) * side / 2.0).astype(np.int64), 0, side - 1) for place in (dots.across, dots.up)
    )
    heights: Floats = np.clip(np.nan_to_num(field[rows, columns].astype(np.float64)), -1.2, 1.2)
    return heights


class DotLayer:
    """Keeps the dots as a picture: while the network trains they follow the surface only a few times a second.

    To paint hundreds of them takes several times as long as the surface, and what changes is mostly which of them it
    hides.
    """

    def __init__(self) -> None:
        self._dots: Dots | None = None
        self._marked, self._theme = UNMARKED, LIGHT
        self._sight: Sight | None = None
        self._picture = QPixmap()
        self._age = QElapsedTimer()

    def show_dots(self, dots: Dots, marked: Marked, theme: Theme) -> None:
        """Paint these dots from now on."""
        self._dots, self._marked, self._theme = dots, marked, theme
        self._sight = None

    def paint(self, painter: QPainter, relief: Relief, field: Floats, *, is_busy: bool) -> None:
        """Paint the dots over a surface that has just been drawn."""
        if self._dots is None:
            return
        if relief.sight != self._sight or not is_busy or self._age.hasExpired(PAUSE):
            self._sight = relief.sight
            self._age.start()
            ratio = painter.deviceTransform().m11()
            self._picture = QPixmap(ceil(relief.sight.width * ratio), ceil(relief.sight.height * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._picture)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_dots(inner, self._dots, field, relief, self._marked, self._theme)
            inner.end()
        painter.drawPixmap(0, 0, self._picture)


def paint_dots(painter: QPainter, dots: Dots, field: Floats, relief: Relief, marked: Marked, theme: Theme) -> None:
    """Paint stems and dots: those that the surface hides faintly, and where some are selected the others faintly."""
    hidden = relief.is_hidden(dots.across, dots.up, dots.heights)
    dimmed = np.zeros(len(dots.rows), dtype=bool)
    if marked.selected is not None:
        dimmed = ~np.isin(dots.rows, marked.selected)
    for chosen, opacity in ((hidden, HIDDEN), (~hidden & dimmed, DIMMED), (~hidden & ~dimmed, 1.0)):
        if chosen.any():
            painter.setOpacity(opacity)
            part = dots.where(chosen)
            if len(dots.rows) <= MOST_STEMS:
                _paint_stems(painter, part, field, relief, theme)
            wrong = np.isin(part.rows, marked.wrong) if opacity == 1.0 else np.zeros(len(part.rows), dtype=bool)
            _paint_rings(painter, part.where(wrong), relief, theme)
            _paint_marks(painter, part, relief, theme)
    painter.setOpacity(1.0)


def _paint_stems(painter: QPainter, dots: Dots, field: Floats, relief: Relief, theme: Theme) -> None:
    """Paint the way from what the network answers to what is right, which is its error there."""
    left, top = relief.sight.points(dots.across, dots.up, dots.heights)
    _, foot = relief.sight.points(dots.across, dots.up, surface_heights(dots, field))
    stems = pg.arrayToQPath(np.repeat(left, 2), np.column_stack((top, foot)).ravel(), connect="pairs")
    pen = QPen(QColor(theme.muted))
    pen.setWidthF(1.0)
    painter.setPen(pen)
    painter.drawPath(stems)


def _paint_rings(painter: QPainter, dots: Dots, relief: Relief, theme: Theme) -> None:
    """Ring what the network gets wrong."""
    wide = DOT + RIM + RING
    for width, color in ((wide + 2.0, theme.panel), (wide, theme.text), (wide - 3.0, theme.panel)):
        _paint(painter, dots, relief, QColor(color), width, round_=True)


def _paint_marks(painter: QPainter, dots: Dots, relief: Relief, theme: Theme) -> None:
    """Paint a rim, the colour, and for points that are held out the ground again inside, with a dot or without."""
    rim = QColor(theme.panel if dots.has_classes else theme.muted)
    for group, part in _by_group(dots):
        is_round = not (dots.has_classes and group)
        _paint(painter, part, relief, rim, DOT + RIM, round_=is_round)
        color = theme.class_color(group, 2) if dots.has_classes else _shade(group, theme)
        _paint(painter, part, relief, color, DOT, round_=is_round)
        _paint(painter, part.where(part.is_held_out), relief, QColor(theme.panel), DOT - 3.0, round_=is_round)
        _paint(painter, part.where(part.parts == VALIDATION), relief, color, DOT - 4.5, round_=is_round)


def _by_group(dots: Dots) -> Iterator[tuple[int, Dots]]:
    """Go through the colours, each with its dots."""
    for group in np.unique(dots.groups).tolist():
        yield group, dots.where(dots.groups == group)


def _shade(group: int, theme: Theme) -> QColor:
    """Return the colour of a group of values."""
    return theme.value_color(2.0 * group / (SHADES - 1) - 1.0)


def _paint(painter: QPainter, dots: Dots, relief: Relief, color: QColor, width: float, *, round_: bool) -> None:
    """Paint dots of one colour and size in one go; two classes differ by their shape as well."""
    if not len(dots.rows):
        return
    pen = QPen(color)
    pen.setWidthF(width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if round_ else Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    left, top = relief.sight.points(dots.across, dots.up, dots.heights)
    painter.drawPoints(pg.functions.arrayToQPolygonF(left, top))
