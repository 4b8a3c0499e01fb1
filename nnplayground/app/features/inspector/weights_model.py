"""The weights into one neuron, or away from it, as rows: name, weight with a bar, last gradient, lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from nnplayground.app.features.inspector.cells import Look, exact
from nnplayground.app.features.inspector.table import CENTER, LEFT, NO_INDEX, RIGHT, Index, Role
from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.steps import shown_number
from nnplayground.app.ui.theme import LIGHT
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.arrays import Floats
from nnplayground.explain.figures import number_text
from nnplayground.project.parameter_index import ParameterIndex

NAME, WEIGHT, GRADIENT, FROZEN = range(4)
HEADERS = (
    Title("From", "Where the weight comes from."),
    Title("Weight", "How much of that goes into the sum. The bar is full at ±2.5. Double-click or F2 to change it."),
    Title("Gradient", "How the cost of the last batch changes as the weight grows; training goes the other way."),
    Title("Frozen", "A frozen number stays as it is: training leaves it alone."),
)


@dataclass(frozen=True, eq=False)
class Weights:
    """What the rows show: `values` and `gradients` `[rows]`, and the place and name of each row.

    `key` tells whether two such lists have the same rows.
    """

    key: object
    values: Floats
    gradients: Floats | None
    place: Callable[[int], ParameterIndex]
    name: Callable[[int], str]


NOTHING = Weights(None, np.zeros(0), None, lambda row: ParameterIndex(0, row), str)


class WeightsModel(QAbstractTableModel):
    """Rows in the given order, or the largest first; `typed` and `lock_asked` carry what somebody wants of a place."""

    typed = Signal(object, str)
    lock_asked = Signal(object, bool)

    def __init__(self, first: Title, parent: QObject) -> None:
        super().__init__(parent)
        self._headers = (first, *HEADERS[1:])
        self._look = Look(LIGHT)
        self._weights = NOTHING
        self._frozen: frozenset[ParameterIndex] = frozenset()
        self._order: list[int] | None = None  # the rows by size, where that is wanted

    def show_weights(self, weights: Weights, frozen: frozenset[ParameterIndex], *, may_sort: bool) -> None:
        """Show other weights; while training, when the order `may_sort` not change, rows stay where they are."""
        old, self._weights, self._frozen = self._weights, weights, frozen
        if old.key != weights.key or len(old.values) != len(weights.values):
            self.beginResetModel()
            self._order = None if self._order is None else _by_size(weights.values)
            self.endResetModel()
            return
        if may_sort and self._order is not None:
            self._order = _by_size(weights.values)
        self._tell()

    def sort_by_size(self, wanted: bool) -> None:
        """Show the largest weights first, or the rows as they are given."""
        self._order = _by_size(self._weights.values) if wanted else None
        self._tell()

    def set_look(self, look: Look) -> None:
        """Use other colours from the next drawing on."""
        self._look = look

    def place(self, row: int) -> ParameterIndex:
        """Return the weight that a row shows."""
        return self._weights.place(self.given(row))

    def given(self, row: int) -> int:
        """Return which of the given weights a row shows."""
        return row if self._order is None else self._order[row]

    def line(self, row: int) -> tuple[str, float]:
        """Return the name and the value of a row."""
        given = self.given(row)
        return self._weights.name(given), float(self._weights.values[given])

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many weights there are."""
        return len(self._weights.values)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Name, weight, gradient, lock."""
        return len(self._headers)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the number be edited and the lock be ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == WEIGHT:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == FROZEN else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what Qt asks for about one cell."""
        if not index.isValid() or index.row() >= len(self._weights.values):
            return None
        given, column = self.given(index.row()), index.column()
        if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole):
            return wrapped(self._help(given, column))
        if role == Role.TextAlignmentRole:
            return LEFT if column == NAME else RIGHT
        if column == NAME:
            return self._weights.name(given) if role == Role.DisplayRole else None
        if column == FROZEN:
            return self._tick(given) if role == Role.CheckStateRole else None
        return self._number(given, column, role)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Hand on what somebody wants; the cell changes when the network has."""
        place = self.place(index.row())
        if role == Role.CheckStateRole:
            self.lock_asked.emit(place, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role == Role.EditRole:
            self.typed.emit(place, str(value))
        return False

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return the name of a column and what it means."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.DisplayRole:
            return self._headers[section].name
        if role == Role.ToolTipRole:
            return wrapped(self._headers[section].help)
        if role == Role.TextAlignmentRole:
            return LEFT if section == NAME else CENTER if section == FROZEN else RIGHT
        return None

    def _number(self, given: int, column: int, role: int) -> Any:
        """Return what Qt asks for about a weight or a gradient."""
        value = float(self._weights.values[given])
        if column == GRADIENT:
            if role != Role.DisplayRole:
                return None
            gradients = self._weights.gradients
            return "–" if gradients is None else number_text(float(gradients[given]))
        if role == Role.DisplayRole:
            return number_text(value)
        if role == Role.EditRole:
            return shown_number(value)
        return self._look.bar(value) if role == Role.DecorationRole else None

    def _tick(self, given: int) -> Qt.CheckState:
        """Return whether a weight is frozen."""
        return Qt.CheckState.Checked if self._weights.place(given) in self._frozen else Qt.CheckState.Unchecked

    def _help(self, given: int, column: int) -> str:
        """Return what a cell holds, in full precision."""
        name = self._weights.name(given)
        if column == NAME:
            return f"{name}. Double-click to see this number alone."
        if column == FROZEN:
            return self._headers[FROZEN].help
        if column == WEIGHT:
            return f"{name}: {exact(float(self._weights.values[given]))}\nDouble-click or F2 to change it"
        if self._weights.gradients is None:
            return "No gradient yet: train on a batch first."
        return f"{exact(float(self._weights.gradients[given]))}\n{self._headers[GRADIENT].help}"

    def _tell(self) -> None:
        """Let everything be drawn anew that can be seen."""
        if len(self._weights.values):
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, FROZEN))


def _by_size(values: Floats) -> list[int]:
    """Return the places of values, the largest size first; equal ones stay in order."""
    order: list[int] = np.argsort(-np.abs(np.nan_to_num(values)), kind="stable").tolist()
    return order
