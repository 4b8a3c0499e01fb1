"""The path of the training on a map of costs: its line, its moments as dots, where it began, was best and is now."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QFont, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from nnplayground.app.features.surface.tags import Mark, Tag, cross, diamond, disc
from nnplayground.app.ui.plots.frame import hairlines, thin_pen
from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats
from nnplayground.explain.words import chosen_on
from nnplayground.training.observe.surface import Surface

DOT = 2.0
MOST_DOTS = 80
"""More moments than these lie so close that the line alone says as much."""
LABEL_SHIFT = 15.0
CLOSE = 30.0
"""Marks nearer than so many pixels share one text."""
EDGE = 34.0
"""A text beside a mark stays so far from the rim of the map, in pixels."""


class PathMarks:
    """Draws them into a view box. A place outside the map is cut off with it: nothing is moved to where it is not."""

    def __init__(self, box: Any) -> None:
        self._surface: Surface | None = None
        self._halo, self._line, self._dots = QGraphicsPathItem(), QGraphicsPathItem(), QGraphicsPathItem()
        for z, item in ((6, self._halo), (7, self._line), (8, self._dots)):
            item.setZValue(z)
            box.addItem(item, ignoreBounds=True)
        self.start, self.best = Mark(box, disc(5.0), z=10), Mark(box, diamond(6.5), z=11)
        self.here, self.now = Mark(box, cross(8.0, 1.5), z=9), Mark(box, disc(5.5), z=12)
        self.tags = {name: Tag(box, z=13) for name in ("start", "best", "now")}

    def set_theme(self, theme: Theme, font: QFont) -> None:
        """Recolour everything."""
        self._halo.setPen(thin_pen(theme.panel))
        self._line.setPen(thin_pen(theme.text))
        self._dots.setBrush(QBrush(QColor(theme.text)))
        self._dots.setPen(QPen(QColor(0, 0, 0, 0)))
        self.start.set_look(theme.panel, theme.text)
        self.best.set_look(theme.negative, theme.text)
        self.here.set_look(theme.text, theme.panel)
        self.now.set_look(theme.accent, theme.panel)
        for tag in self.tags.values():
            tag.set_look(theme.text, theme.panel, font)

    def show_surface(self, surface: Surface) -> None:
        """Show the path of another map."""
        self._surface = surface
        path = surface.path
        self.here.put(surface.here)
        if len(path):
            self.start.put(self._place(0))
        else:
            self.start.hide()
        if path.best is not None:
            self.best.put(self._place(path.best))
        else:
            self.best.hide()

    def show_now(self, place: tuple[float, float], pixel: tuple[float, float], size: tuple[float, float]) -> None:
        """Show where the network is now; its text lies on the side of the mark that is away from the best one."""
        self.now.put(place)
        if self._surface is None or not _is_inside(place, self._surface):
            self.tags["now"].hide()
        else:
            best = self.best.place
            is_above = best is not None and place[1] > best[1] + CLOSE / 4.0 * pixel[1]
            shift = _shift(place, self._surface, pixel, size, below=not is_above)
            self.tags["now"].put("now", place, shift)

    def hide_now(self) -> None:
        """Take the mark of now away."""
        self.now.hide()
        self.tags["now"].hide()

    def draw(self, pixel: tuple[float, float], size: tuple[float, float]) -> None:
        """Draw line, dots and texts at the present size of a pixel and of the map."""
        surface = self._surface
        if surface is None:
            return
        across, up = np.vstack([surface.path.coordinates, surface.here]).T
        self._line.setPath(hairlines(across, up, connect="all", pixel=pixel))
        path = QPainterPath()
        for right, above in ((-1.4, 0.0), (1.4, 0.0), (0.0, -1.4), (0.0, 1.4)):
            path.addPath(hairlines(across + right * pixel[0], up + above * pixel[1], connect="all", pixel=pixel))
        self._halo.setPath(path)
        self._dots.setPath(_dots(surface.path.coordinates, pixel))
        self._write(surface, pixel, size)

    def taken(self) -> Floats:
        """Return the places `[n, 2]` that other texts should stay away from."""
        marks = (self.start, self.best, self.here)
        return np.array([mark.place for mark in marks if mark.place is not None]).reshape(-1, 2)

    def _place(self, moment: int) -> tuple[float, float]:
        assert self._surface is not None
        across, up = self._surface.path.coordinates[moment]
        return float(across), float(up)

    def _write(self, surface: Surface, pixel: tuple[float, float], size: tuple[float, float]) -> None:
        """Name the marks; two that lie close together get one text."""
        start, best, path = self.start.place, self.best.place, surface.path
        for name in ("start", "best"):
            self.tags[name].hide()
        texts = {}
        if start is not None:
            texts["start"] = "start" if not path.epochs[0] else f"epoch {path.epochs[0]:,}"
        if best is not None and path.best is not None:
            texts["best"] = f"best ({chosen_on(path.part)}), epoch {path.epochs[path.best]:,}"
        if start is not None and best is not None:
            away = np.hypot((start[0] - best[0]) / pixel[0], (start[1] - best[1]) / pixel[1])
            if away < CLOSE:
                both = f"{texts['start']}; {texts['best']}"
                texts = {"start": both if path.best else f"start, best so far ({chosen_on(path.part)})"}
        for name, text in texts.items():
            place = start if name == "start" else best
            if place is not None and _is_inside(place, surface):
                self.tags[name].put(text, place, _shift(place, surface, pixel, size, below=False))


def _dots(coordinates: Floats, pixel: tuple[float, float]) -> QPainterPath:
    """Return a dot for each moment, unless there are so many that they run into each other."""
    path = QPainterPath()
    width, height = 2.0 * DOT * pixel[0], 2.0 * DOT * pixel[1]
    for across, up in coordinates.tolist() if len(coordinates) <= MOST_DOTS else ():
        path.addEllipse(QRectF(across - width / 2.0, up - height / 2.0, width, height))
    return path


def _is_inside(place: tuple[float, float], surface: Surface) -> bool:
    """Tell whether a place is on the map."""
    pairs = zip(place, (surface.across, surface.up), strict=True)
    return all(ends[0] <= one <= ends[-1] for one, ends in pairs)


def _shift(
    place: tuple[float, float], surface: Surface, pixel: tuple[float, float], size: tuple[float, float], *, below: bool
) -> tuple[float, float]:
    """Return by how many pixels, right and down, a text is moved from its mark so that it stays on the map."""
    right = (place[0] - float(surface.across[0])) / pixel[0]
    above = (place[1] - float(surface.up[0])) / pixel[1]
    sideways = max(EDGE - right, 0.0) - max(right - (size[0] - EDGE), 0.0)
    room = above if below else size[1] - above
    turned = room < EDGE
    return sideways, LABEL_SHIFT if below != turned else -LABEL_SHIFT
