"""The drawn points as marks on the plot, changed in place: thousands of them follow a brush without a hitch.

All marks of one class and part look the same, so that a group of them can grow and shrink like a list of places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg

from nnplayground.app.ui.samples.points import CROSS, SHADES, fit_mark, mark_size
from nnplayground.app.ui.samples.shading import to_unit, value_range
from nnplayground.app.ui.theme import MARKERS, Theme, marker
from nnplayground.arrays import Floats, Integers
from nnplayground.data.part_names import TEST, TRAIN, VALIDATION

Group = tuple[int, int]
"""The class or the shade of marks, and their part."""


@dataclass(frozen=True)
class Style:
    """How the marks of a group look."""

    symbol: str
    color: Any
    rim: str
    inside: str


class DrawnMarks:
    """Scatter items on a view box: one for each class (or shade of a value) that trains, more for what is held out."""

    def __init__(self, box: Any) -> None:
        self._box = box
        self._items: dict[Group, list[Any]] = {}
        self._key: object = None
        self._size = 8
        self._shows_test = True

    def show(self, table: Floats, parts: Integers, *, classes: int, theme: Theme, side: float) -> None:
        """Draw the points `table` `[points, 3]` of these parts; `side` is that of the plot."""
        groups, key = _groups(table[:, 2], classes)
        if (key, theme) != self._key:
            self.clear()
            self._key = (key, theme)
        self._fit(mark_size(len(table), side=side))
        present = {(int(group), part) for group in np.unique(groups) for part in (TRAIN, VALIDATION, TEST)}
        for group in present | set(self._items):
            self._put(group, table[(groups == group[0]) & (parts == group[1]), :2], classes, theme)

    def show_test(self, *, visible: bool) -> None:
        """Show or hide the points that are held out."""
        self._shows_test = visible
        for (_, part), items in self._items.items():
            for item in items:
                item.setVisible(visible or part == TRAIN)

    def clear(self) -> None:
        """Take all marks away."""
        for item in self._all_items():
            self._box.removeItem(item)
        self._items.clear()
        self._key = None

    def _all_items(self) -> list[Any]:
        return [item for items in self._items.values() for item in items]

    def _fit(self, size: int) -> None:
        """Make all marks this large."""
        if size != self._size:
            self._size = size
            for item in self._all_items():
                fit_mark(item, size)

    def _put(self, group: Group, places: Floats, classes: int, theme: Theme) -> None:
        """Draw a group at these places."""
        if group not in self._items:
            if not len(places):
                return
            self._items[group] = self._make(group, _style(group[0], classes, theme))
        for item in self._items[group]:
            _put_at(item, places)

    def _make(self, group: Group, style: Style) -> list[Any]:
        """Return the items of a group: filled marks with a thin rim, or rings between two rims, some with a cross."""
        if group[1] == TRAIN:
            looks = [(10, {"pen": pg.mkPen(style.rim, width=1.0), "brush": pg.mkBrush(style.color)})]
        else:
            back = {"pen": pg.mkPen(style.rim, width=4.0), "brush": pg.mkBrush(style.inside)}
            looks = [(11, back), (12, {"pen": pg.mkPen(style.color, width=1.8), "brush": None})]
        if group[1] == VALIDATION:
            looks.append((13, {"symbol": CROSS, "pen": None, "brush": pg.mkBrush(style.color)}))
        items = []
        for height, look in looks:
            item = pg.ScatterPlotItem(**{"symbol": style.symbol, "pxMode": True, "antialias": True, **look})
            fit_mark(item, self._size)
            item.setZValue(height)
            item.setVisible(self._shows_test or group[1] == TRAIN)
            self._box.addItem(item, ignoreBounds=True)
            items.append(item)
        return items


def _groups(targets: Floats, classes: int) -> tuple[Integers, object]:
    """Return the class of each point, or its shade, and what the colours of the groups follow from."""
    if classes:
        return targets.astype(np.int64), classes
    ends = value_range(targets) if len(targets) else (-1.0, 1.0)
    places = np.clip(to_unit(targets, ends), -1.0, 1.0)
    return np.rint((places + 1.0) / 2.0 * (SHADES - 1)).astype(np.int64), None


def _style(group: int, classes: int, theme: Theme) -> Style:
    """Return the look of a class, or of a shade of the values."""
    if classes:
        return Style(marker(group), theme.class_color(group, classes), theme.panel, theme.panel)
    # On a map of values a point has the colour of its surroundings, and near zero that of the ground as well.
    return Style(MARKERS[0], theme.value_color(2.0 * group / (SHADES - 1) - 1.0), theme.muted, theme.panel)


def _put_at(item: Any, places: Floats) -> None:
    """Let an item of equal marks have its marks at these places, however many it had before."""
    held = len(item.data)
    if (
        held == len(places)
        and np.array_equal(item.data["x"], places[:, 0])
        and np.array_equal(item.data["y"], places[:, 1])
    ):
        return
    if len(places) > held:
        item.addPoints(x=places[held:, 0], y=places[held:, 1])
    item.data = item.data[: len(places)]
    item.data["x"], item.data["y"] = places.T
    item.bounds = [None, None]
    item.prepareGeometryChange()
    item.invalidate()
    item.update()
