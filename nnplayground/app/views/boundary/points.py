"""The data on the map: filled marks for the points that train, rings for those kept for the test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from nnplayground.app.theme import MARKERS, Theme
from nnplayground.app.views.boundary.shading import to_unit, value_range
from nnplayground.arrays import Floats, Integers
from nnplayground.training.prepare import Prepared

MOST_POINTS = 5_000
SHADES = 63
"""Values of a regression are drawn in this many colours, so that pyqtgraph keeps few pictures of marks."""
STRIP = (0.3, 0.7)
"""Where the points of data with one input lie between bottom and top."""


@dataclass(frozen=True)
class Drawn:
    """How many points there are, and how many of them are drawn."""

    points: int
    drawn: int


@dataclass(frozen=True)
class Look:
    """How a group of marks is drawn: shape, size in pixels, the colour of each, and that of the ground."""

    symbol: str
    size: int
    colors: list[QColor]
    ground: str


class PointLayer:
    """The marks on a view box: one scatter item for each class and part, and one more for the halo of each ring."""

    def __init__(self, box: Any) -> None:
        self._box = box
        self._train: list[Any] = []
        self._test: list[Any] = []

    def show_points(self, data: Prepared, *, across: int, up: int, theme: Theme) -> Drawn:
        """Draw the samples at their inputs `across` and `up`; takes milliseconds, so only call it for new data."""
        shown = self._test[0].isVisible() if self._test else True
        self.clear()
        rows = drawn_rows(len(data.samples.targets))
        places = positions(data, across=across, up=up)
        size = mark_size(len(rows))
        in_test = np.isin(rows, data.test_rows)
        for group, symbol in _groups(data, rows):
            for part, add in ((group[~in_test[group]], self._add_train), (group[in_test[group]], self._add_test)):
                if len(part):
                    chosen = rows[part]
                    look = Look(symbol, size, point_colors(data, chosen, theme), theme.panel)
                    add(places[chosen], look)
        self.show_test(visible=shown)
        return Drawn(len(data.samples.targets), len(rows))

    def show_test(self, *, visible: bool) -> None:
        """Show or hide the points of the test part."""
        for item in self._test:
            item.setVisible(visible)

    def clear(self) -> None:
        """Take all points away."""
        for item in (*self._train, *self._test):
            self._box.removeItem(item)
        self._train, self._test = [], []

    def _add_train(self, places: Floats, look: Look) -> None:
        """Add filled marks with a thin rim, which keeps them apart from a map of the same colour."""
        brushes = [pg.mkBrush(color) for color in look.colors]
        self._train.append(self._placed(_scatter(places, look, pg.mkPen(look.ground, width=1.0), brushes), 10))

    def _add_test(self, places: Floats, look: Look) -> None:
        """Add rings in the colour of their class between two rims of the colour of the ground."""
        rings = [pg.mkPen(color, width=1.8) for color in look.colors]
        back = _scatter(places, look, pg.mkPen(look.ground, width=4.0), pg.mkBrush(look.ground))
        self._test += [self._placed(back, 11), self._placed(_scatter(places, look, rings, None), 12)]

    def _placed(self, item: Any, height: int) -> Any:
        """Put an item on the box, above the map."""
        item.setZValue(height)
        self._box.addItem(item, ignoreBounds=True)
        return item


def drawn_rows(count: int) -> Integers:
    """Return which of `count` samples are drawn: all, or always the same random few of very many."""
    if count <= MOST_POINTS:
        return np.arange(count, dtype=np.int64)
    chosen = np.random.default_rng(0).choice(count, MOST_POINTS, replace=False)
    return np.sort(chosen).astype(np.int64)


def positions(data: Prepared, *, across: int, up: int) -> Floats:
    """Return the place of each sample `[samples, 2]`; with one input, the height only keeps the points apart."""
    inputs = data.samples.inputs
    if across != up:
        return inputs[:, [across, up]]
    low, high = data.samples.bounds[across]
    heights = np.random.default_rng(0).uniform(*STRIP, size=len(inputs))
    return np.column_stack((inputs[:, across], low + heights * (high - low)))


def point_colors(data: Prepared, rows: Integers, theme: Theme) -> list[QColor]:
    """Return the colour of each of the samples `rows`: that of its class, or of its value."""
    targets, classes = data.samples.targets, data.samples.classes
    if classes:
        table = [theme.class_color(place, len(classes)) for place in range(len(classes))]
        return [table[int(target)] for target in targets[rows]]
    places = np.clip(to_unit(targets[rows], value_range(targets)), -1.0, 1.0)
    shades = [theme.value_color(place) for place in np.linspace(-1.0, 1.0, SHADES)]
    return [shades[shade] for shade in np.rint((places + 1.0) / 2.0 * (SHADES - 1)).astype(int)]


def mark_size(count: int) -> int:
    """Return the size of a mark in pixels: smaller when there are many."""
    return 9 if count <= 250 else 8 if count <= 1000 else 6 if count <= 2500 else 5


def _groups(data: Prepared, rows: Integers) -> list[tuple[Integers, str]]:
    """Return for each class (for values: once) which of the `rows` belong to it, and its marker."""
    if not data.samples.classes:
        return [(np.arange(len(rows)), MARKERS[0])]
    targets = data.samples.targets[rows]
    count = len(data.samples.classes)
    return [(np.flatnonzero(targets == place), MARKERS[place % len(MARKERS)]) for place in range(count)]


def _scatter(places: Floats, look: Look, pen: Any, brush: Any) -> Any:
    """Return a scatter item with marks of a fixed size on the screen."""
    return pg.ScatterPlotItem(
        x=places[:, 0], y=places[:, 1], symbol=look.symbol, size=look.size, pen=pen, brush=brush,
        pxMode=True, antialias=True, hoverable=False,
    )  # fmt: skip
