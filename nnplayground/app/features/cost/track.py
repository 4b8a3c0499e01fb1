"""How the scrubber looks: a thin track on the epoch axis, faint ticks for the moments that were kept, and a handle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsLineItem, QGraphicsPathItem

from nnplayground.app.features.cost.places import Places
from nnplayground.app.ui.plots.screen_only import only_on_screen
from nnplayground.app.ui.theme import LIGHT, Theme

RADIUS = 5.0
THICKNESS = 2.0
BELOW = 4.0
"""How far the track lies below the axis, so that it covers no curve, in pixels."""
TICK = (1.0, 3.0)
"""Where the tick of a moment begins and ends, in pixels below the track."""
DENSEST = 3.0
"""How many pixels two ticks are apart at least."""
LEAST_SHARE = 0.35


class Track:
    """Draws into the scene of a plot; nothing of it is painted by Python."""

    def __init__(self, scene: Any) -> None:
        self._theme = LIGHT
        self._is_held = False
        self._track, self._closed = QGraphicsLineItem(), QGraphicsLineItem()
        self._ticks = QGraphicsPathItem()
        self._handle = QGraphicsEllipseItem(-RADIUS, -RADIUS, 2.0 * RADIUS, 2.0 * RADIUS)
        for height, item in enumerate((self._ticks, self._closed, self._track, self._handle), start=10):
            item.setZValue(height)
            scene.addItem(item)
        only_on_screen(self._ticks, self._closed, self._track, self._handle)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self._track.setPen(pg.mkPen(theme.muted, width=THICKNESS))
        dashed = QPen(pg.mkColor(theme.border), THICKNESS)
        dashed.setDashPattern([2.0, 2.0])
        self._closed.setPen(dashed)
        self._ticks.setPen(pg.mkPen(theme.muted, width=1.0))
        self._ticks.setOpacity(LEAST_SHARE)
        self.hold(held=self._is_held)

    def hold(self, *, held: bool) -> None:
        """Let the handle be full while it has the focus or is dragged."""
        self._is_held = held
        self._handle.setPen(pg.mkPen(self._theme.accent, width=1.5))
        self._handle.setBrush(pg.mkBrush(self._theme.accent if held else self._theme.panel))

    def show_way(self, first: int, last: int, places: Places) -> None:
        """Draw the track from the first moment that one can go back to; before it, it is closed."""
        height = places.bottom + BELOW
        begin, start, end = (clipped(places, epoch) for epoch in (0, first, last))
        self._track.setLine(QLineF(start, height, end, height))
        self._closed.setLine(QLineF(begin, height, start, height))
        self._closed.setVisible(start > begin)
        self._track.setVisible(end > start)

    def show_handle(self, epoch: int, places: Places) -> None:
        """Put the handle to an epoch, if that is in view."""
        self._handle.setVisible(places.holds(epoch))
        self._handle.setPos(places.across(epoch), places.bottom + BELOW)

    def show_moments(self, epochs: Sequence[int], places: Places) -> None:
        """Mark the kept moments in view; those that are too dense to be told apart share a tick."""
        kept = np.asarray(epochs, dtype=np.float64)
        kept = kept[(kept >= places.first) & (kept <= places.last)]
        across = DENSEST * np.round((places.left + (kept - places.first) / places.per_pixel) / DENSEST)
        across = across[np.diff(across, prepend=-np.inf) > 0.0]
        path = QPainterPath()
        if len(across):
            ends = np.tile(np.array(TICK) + places.bottom + BELOW, len(across))
            path = pg.arrayToQPath(np.repeat(across, 2), ends, connect="pairs")
        self._ticks.setPath(path)

    def hide(self) -> None:
        """Take everything away."""
        for item in (self._track, self._closed, self._handle):
            item.setVisible(False)
        self._ticks.setPath(QPainterPath())


def clipped(places: Places, epoch: float) -> float:
    """Return where an epoch is, or the end of the axis behind which it is."""
    return places.across(min(max(epoch, places.first), places.last))
