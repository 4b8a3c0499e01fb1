"""The data on the map: filled marks for points that train, rings for those that test, crossed ones validate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from nnplayground.app.ui.samples.point_marks import NOWHERE, UNMARKED, Marked, PointMarks, same_rows
from nnplayground.app.ui.samples.shading import to_unit, value_range
from nnplayground.app.ui.theme import LIGHT, MARKERS, Theme, marker
from nnplayground.arrays import Floats, Integers
from nnplayground.data.part_names import TEST, TRAIN, VALIDATION
from nnplayground.training.run.prepare import Prepared

MOST_POINTS = 5_000
SMALLEST, LARGEST = 4, 9
SHADES = 63
"""Values of a regression are drawn in this many colours, so that pyqtgraph keeps few pictures of marks."""
DIMMED = 0.22
"""How much of the points is left while others are selected."""
FRONT = 3
"""How much higher the selected points lie than all others."""
NEAR = 4.0
"""How far from the rim of a point, in pixels, the pointer still means it."""
CROSS = "+"
"""The mark inside the ring of a point that validates."""
STRIP = (0.3, 0.7)
"""Where the points of data with one input lie between bottom and top."""


@dataclass(frozen=True)
class Drawn:
    """How many points there are, and how many of them are drawn."""

    points: int
    drawn: int


@dataclass(frozen=True)
class Look:
    """How a group of marks is drawn: shape, the colour of each, that of the rims, and that inside the rings."""

    symbol: str
    colors: list[QColor]
    rim: str
    inside: str


class PointLayer:
    """The marks on a view box: one scatter item for each class and part, and one more for the halo of each ring."""

    def __init__(self, box: Any) -> None:
        self._box = box
        self._train: list[Any] = []
        self._test: list[Any] = []
        self._front: tuple[list[Any], list[Any]] = [], []  # the selected ones once more, above all others
        self._marks = PointMarks(box)
        self._marked = UNMARKED
        self._rows = NOWHERE
        self._size = 8
        self._shows_test = self._shows_all = True
        self._is_aside = False
        self._last: tuple[Prepared, Floats, Theme] | None = None

    def show_points(self, data: Prepared, *, across: int, up: int, theme: Theme) -> Drawn:
        """Draw the samples at their inputs `across` and `up`; takes milliseconds, so only call it for new data."""
        return self.show_places(data, positions(data, across=across, up=up), theme=theme)

    def show_places(self, data: Prepared, places: Floats, *, theme: Theme) -> Drawn:
        """Draw the samples at `places` `[samples, 2]` of the plot."""
        self.clear()
        self._last = data, places, theme
        if self._is_aside:
            return Drawn(len(places), len(places))
        self._rows = drawn_rows(len(data.samples.targets))
        self._draw(self._rows, (self._train, self._test))
        self._draw_marks()
        return Drawn(len(data.samples.targets), len(self._rows))

    def mark(self, marked: Marked) -> None:
        """Mark other rows; costs nothing where they are the same as before."""
        before, self._marked = self._marked, marked
        if marked.is_like(before):
            return
        if not same_rows(marked.selected, before.selected):
            self._draw_front()
        self._draw_rings()

    def row_at(self, across: float, up: float, *, pixel: tuple[float, float]) -> int | None:
        """Return which sample is drawn at a place of the plot where a `pixel` has this width and height."""
        if self._last is None or not len(self._rows) or not self._shows_all:
            return None
        data, places, _ = self._last
        rows = self._rows if self._shows_test else self._rows[data.part_numbers[self._rows] == TRAIN]
        if not len(rows):
            return None
        away = np.hypot((places[rows, 0] - across) / pixel[0], (places[rows, 1] - up) / pixel[1])
        nearest = int(np.argmin(away))
        return int(rows[nearest]) if away[nearest] <= self._size / 2.0 + NEAR else None

    def set_aside(self, is_aside: bool) -> None:
        """Draw no points while somebody else draws them, and draw them again afterwards."""
        self._is_aside = is_aside
        if self._last is not None:
            self.show_places(*self._last[:2], theme=self._last[2])

    def fit_marks(self, *, side: float) -> None:
        """Choose the size of the marks for a plot that is `side` pixels long on its shorter side."""
        size = mark_size(len(self._rows), side=side)
        if size != self._size:
            self._size = size
            for item in self._items():
                fit_mark(item, size)
            self._marks.fit(size)

    def show_test(self, *, visible: bool) -> None:
        """Show or hide the points that are held out: those of the test and the validation part."""
        if visible != self._shows_test:
            self._shows_test = visible
            self._draw_marks()
        for item in (*self._test, *self._front[1]):
            item.setVisible(visible)

    def show_all(self, *, visible: bool) -> None:
        """Show or hide all points for a while, whatever is chosen for the test part."""
        self._shows_all = visible
        self._show_opacity()

    def clear(self) -> None:
        """Take all points away."""
        self._remove(self._items())
        self._train, self._test, self._front, self._last, self._rows = [], [], ([], []), None, NOWHERE
        self._draw_marks()

    def _items(self) -> list[Any]:
        return [*self._train, *self._test, *self._front[0], *self._front[1]]

    def _remove(self, items: list[Any]) -> None:
        for item in items:
            self._box.removeItem(item)

    def _draw(self, rows: Integers, items: tuple[list[Any], list[Any]], *, lift: int = 0) -> None:
        """Draw these rows of the samples into lists of items, those that train and those that are held out."""
        if self._last is None:
            return
        data, places, theme = self._last
        parts = data.part_numbers[rows]
        # On a map of values a point has the colour of its surroundings, and near zero that of the ground as well.
        rim = theme.panel if data.samples.classes else theme.muted
        for group, symbol in _groups(data, rows):
            for part, into, place in (
                (group[parts[group] == TRAIN], items[0], self._place_train),
                (group[parts[group] == VALIDATION], items[1], self._place_validation),
                (group[parts[group] == TEST], items[1], self._place_test),
            ):
                if len(part):
                    chosen = rows[part]
                    look = Look(symbol, point_colors(data, chosen, theme), rim, theme.panel)
                    into.extend(place(places[chosen], look, lift))
        for item in items[1]:
            item.setVisible(self._shows_test)

    def _draw_marks(self) -> None:
        """Draw selected points and rings anew."""
        self._draw_front()
        self._draw_rings()

    def _draw_front(self) -> None:
        """Draw the selected points once more, and dim all others."""
        self._remove([*self._front[0], *self._front[1]])
        self._front = [], []
        if self._marked.selected is not None:
            self._draw(self._present(self._marked.selected)[:MOST_POINTS], self._front, lift=FRONT)
        self._show_opacity()

    def _draw_rings(self) -> None:
        """Ring the points that the network gets wrong, where some are selected only of those, and the one alone."""
        theme = self._last[2] if self._last else LIGHT
        among = self._rows if self._marked.selected is None else self._marked.selected
        wrong = self._present(self._marked.wrong)
        self._marks.show_wrong(self._places(wrong[np.isin(wrong, among)]), theme)
        sample = self._marked.sample
        alone = NOWHERE if sample is None else np.array([sample], dtype=np.int64)
        self._marks.show_sample(self._places(self._present(alone)), theme)
        self._show_opacity()

    def _present(self, rows: Integers) -> Integers:
        """Return those rows that the data have; marks may be of data that were there before."""
        count = 0 if self._last is None or self._is_aside else len(self._last[0].samples.targets)
        present: Integers = rows[rows < count]
        return present

    def _places(self, rows: Integers) -> Floats:
        """Return where rows are drawn `[rows, 2]`, those of a part that is hidden left out."""
        if self._last is None or not len(rows) or self._is_aside:
            return np.empty((0, 2))
        data, places, _ = self._last
        shown: Floats = places[rows if self._shows_test else rows[data.part_numbers[rows] == TRAIN]]
        return shown

    def _show_opacity(self) -> None:
        """Dim what is not selected, or hide everything."""
        ground = DIMMED if self._marked.selected is not None else 1.0
        for items, opacity in ((self._train + self._test, ground), (self._front[0] + self._front[1], 1.0)):
            for item in items:
                item.setOpacity(opacity if self._shows_all else 0.0)
        self._marks.set_opacity(1.0 if self._shows_all else 0.0)

    def _place_train(self, places: Floats, look: Look, lift: int) -> list[Any]:
        """Return filled marks with a thin rim, which keeps them apart from a map of the same colour."""
        brushes = _shared(look.colors, pg.mkBrush)
        return [self._placed(places, look, 10 + lift, pen=pg.mkPen(look.rim, width=1.0), brush=brushes)]

    def _place_test(self, places: Floats, look: Look, lift: int) -> list[Any]:
        """Return rings in the colour of their class between two rims of the colour of the ground."""
        rings = _shared(look.colors, lambda color: pg.mkPen(color, width=1.8))
        back = {"pen": pg.mkPen(look.rim, width=4.0), "brush": pg.mkBrush(look.inside)}
        return [
            self._placed(places, look, 11 + lift, **back),
            self._placed(places, look, 12 + lift, pen=rings, brush=None),
        ]

    def _place_validation(self, places: Floats, look: Look, lift: int) -> list[Any]:
        """Return rings like those of the test part, each with a cross in its middle."""
        brushes = _shared(look.colors, pg.mkBrush)
        crosses = self._placed(places, replace(look, symbol=CROSS), 13 + lift, pen=None, brush=brushes)
        fit_mark(crosses, self._size)
        return [*self._place_test(places, look, lift), crosses]

    def _placed(self, places: Floats, look: Look, height: int, **colors: Any) -> Any:
        """Return a scatter item on the box, with marks of a fixed size on the screen."""
        item = pg.ScatterPlotItem(
            x=places[:, 0],
            y=places[:, 1],
            symbol=look.symbol,
            size=self._size,
            pxMode=True,
            antialias=True,
            **colors,
        )
        item.setZValue(height)
        self._box.addItem(item, ignoreBounds=True)
        return item


def _shared(colors: list[QColor], make: Callable[[QColor], Any]) -> Any:
    """Return one brush or pen where all colours are the same, else one for each colour, the same for the same colour.

    pyqtgraph draws a picture of the mark for every brush that it has not met; with one a point that takes seconds, and
    a list of equal ones it goes through point by point.
    """
    if all(color is colors[0] for color in colors):
        return make(colors[0])
    made: dict[int, Any] = {}
    for color in colors:
        if color.rgba() not in made:
            made[color.rgba()] = make(color)
    return [made[color.rgba()] for color in colors]


def fit_mark(item: Any, size: int) -> None:
    """Bring an item to the size of marks; a cross has room inside the ring."""
    item.setSize(max(3, size - 4) if item.opts["symbol"] == CROSS else size)


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


def mark_size(count: int, *, side: float) -> int:
    """Return the size of `count` marks in pixels on a plot of `side` by `side` pixels: smaller where it is crowded."""
    return round(min(max(0.8 * side / sqrt(max(count, 1)), SMALLEST), LARGEST))


def _groups(data: Prepared, rows: Integers) -> list[tuple[Integers, str]]:
    """Return for each class (for values: once) which of the `rows` belong to it, and its marker."""
    if not data.samples.classes:
        return [(np.arange(len(rows)), MARKERS[0])]
    targets = data.samples.targets[rows]
    count = len(data.samples.classes)
    return [(np.flatnonzero(targets == place), marker(place)) for place in range(count)]
