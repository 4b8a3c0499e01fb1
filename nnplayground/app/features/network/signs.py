"""What the scene shows besides the network itself: the selection, the locks, and the neurons that are switched off."""

from __future__ import annotations

from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from nnplayground.app.features.network.items.locks import BIAS_DEPTH, lock_item, lock_items
from nnplayground.app.features.network.items.look import Look
from nnplayground.app.features.network.items.marks import RingItem
from nnplayground.app.features.network.items.neuron import dot_radius
from nnplayground.app.features.network.items.selected import EdgeMark, neuron_mark
from nnplayground.app.features.network.layout import Layout
from nnplayground.app.features.network.pieces import Pieces
from nnplayground.app.features.network.structure import Structure
from nnplayground.project.parameter_index import FrozenParameters, ParameterIndex, Selection

# How far along an edge its lock stands: near the neuron it leads to, before the edges meet.
LOCK_SHARE = 0.7


class Signs:
    """Keeps these items up to date. The scene deletes them together with all others: `forget` before that."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._selection: Selection | None = None
        self._locks: FrozenParameters = ()
        self._marks: list[QGraphicsItem] = []
        self._lock_items: list[QGraphicsItem] = []
        self._edge: tuple[EdgeMark, tuple[int, int, int]] | None = None

    def forget(self) -> None:
        """Take note that all items are gone."""
        self._marks, self._lock_items, self._edge = [], [], None

    def select(self, selection: Selection | None, layout: Layout | None, look: Look) -> None:
        """Set off what is selected; what has no place in the picture is set off with its layer."""
        self._selection = selection
        for item in self._marks:
            self._scene.removeItem(item)
        self._marks, self._edge = [], None
        if selection is not None and layout is not None and selection.layer + 1 < len(layout.columns):
            self._marks = self._make_marks(selection, layout, look)
            for item in self._marks:
                self._scene.addItem(item)

    def lock(self, locks: FrozenParameters, layout: Layout | None, look: Look) -> None:
        """Show which numbers are frozen."""
        self._locks = locks
        for item in self._lock_items:
            self._scene.removeItem(item)
        self._lock_items = [] if layout is None else _lock_items(locks, layout, look)
        for item in self._lock_items:
            self._scene.addItem(item)

    def renew(self, pieces: Pieces, structure: Structure, layout: Layout, look: Look) -> None:
        """Make all items anew in a scene that holds others."""
        for column, shown in enumerate(layout.columns):
            for neuron, unit in zip(pieces.neurons[column], shown.shown, strict=True):
                neuron.set_off(off=structure.is_off(column, unit))
        self.select(self._selection, layout, look)
        self.lock(self._locks, layout, look)

    def follow(self, pieces: Pieces) -> None:
        """Show the selected edge with the weight of this moment."""
        if self._edge is not None:
            mark, (bundle, out, below) = self._edge
            mark.show_step(int(pieces.bundles[bundle].steps[out, below]))

    def _make_marks(self, selection: Selection, layout: Layout, look: Look) -> list[QGraphicsItem]:
        """Make the mark of an edge, else of the neuron, else of the layer: of what has a place."""
        column = selection.layer + 1
        ends = _edge_index(layout, selection.place) if selection.place else None
        if ends is not None:
            x1, y1, x2, y2 = layout.edges(column - 1)[ends].tolist()
            mark = EdgeMark(look, x1, y1, x2, y2)
            self._edge = mark, (column - 1, *ends)
            return [mark.item]
        row = _row(layout, column, selection.unit)
        if row is not None:
            return [neuron_mark(look, layout.cell(column, row))]
        ring = RingItem(look, layout.frame(column))
        ring.renew()
        return [ring]


def _row(layout: Layout, column: int, unit: int | None) -> int | None:
    """Return the row in which a unit stands, if it has one."""
    shown = layout.columns[column]
    return shown.rows[shown.shown.index(unit)] if unit is not None and unit in shown.shown else None


def _edge_index(layout: Layout, place: ParameterIndex) -> tuple[int, int] | None:
    """Return the place of an edge among those drawn, as (out, in)."""
    source, target = layout.columns[place.layer].shown, layout.columns[place.layer + 1].shown
    if place.source not in source or place.unit not in target:
        return None
    return target.index(place.unit), source.index(place.source)


def _lock_items(locks: FrozenParameters, layout: Layout, look: Look) -> list[QGraphicsItem]:
    """Return the signs of everything that is frozen and drawn."""
    items: list[QGraphicsItem] = []
    for layer in range(len(layout.columns) - 1):
        places = [lock.place for lock in locks if lock.layer == layer]
        rows = [_row(layout, layer + 1, place.unit) for place in places if place.source is None]
        items += [_bias_lock(look, layout, layer + 1, row) for row in rows if row is not None]
        edges = [ends for place in places if (ends := _edge_index(layout, place)) is not None]
        lines = layout.edges(layer)
        items += lock_items(look, [_along(*lines[ends].tolist()) for ends in edges])
    return items


def _along(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float]:
    """Return where on a line its lock stands."""
    return x1 + LOCK_SHARE * (x2 - x1), y1 + LOCK_SHARE * (y2 - y1)


def _bias_lock(look: Look, layout: Layout, column: int, row: int) -> QGraphicsItem:
    """Return the lock beside the dot of a bias."""
    box = layout.cell(column, row)
    return lock_item(look, box.x + dot_radius(box.width) + 10.0, box.bottom - 2.0, depth=BIAS_DEPTH)
