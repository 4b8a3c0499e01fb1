"""The tables of the weights into a neuron and away from it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QMenu, QSizePolicy, QWidget

from nnplayground.app.features.inspector.cells import BAR_HEIGHT, BAR_WIDTH, Look
from nnplayground.app.features.inspector.editing import NumberDelegate, flip
from nnplayground.app.features.inspector.matrix_text import written
from nnplayground.app.features.inspector.moment import Moment
from nnplayground.app.features.inspector.table import NumberTable
from nnplayground.app.features.inspector.weights_model import FROZEN, GRADIENT, NAME, WEIGHT, Weights, WeightsModel
from nnplayground.app.features.inspector.wishes import Wishes
from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.decimal_sign import decimal_sign
from nnplayground.project.parameter_index import ParameterIndex, Selection

WIDEST = "−0.000888"
WIDEST_NAME, NARROWEST_NAME = 190, 72
SCROLL_BAR = 10
MEASURED = 64
"""So many names are measured to make room for all of them."""


class WeightsTable(NumberTable):
    """A row for each weight; numbers are edited in place, a tick freezes, a double click on a name shows it alone."""

    def __init__(self, first: Title, name: str, title: str, wishes: Wishes, parent: QWidget) -> None:
        self.model_of_rows = WeightsModel(first, parent)
        super().__init__(self.model_of_rows, name, title, parent)
        self._wishes = wishes
        self._moment: Moment | None = None
        self._fitted: object = None
        self._name_width = NARROWEST_NAME
        self.verticalHeader().hide()
        self.setIconSize(QSize(BAR_WIDTH, BAR_HEIGHT))
        delegate = NumberDelegate(self)
        delegate.refused.connect(wishes.refused)
        self.setItemDelegate(delegate)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.menu_asked.connect(self._open_menu)
        self.doubleClicked.connect(self._show_alone)
        self.model_of_rows.typed.connect(self._type)
        self.model_of_rows.lock_asked.connect(self._lock)
        self.tick_asked.connect(partial(flip, self.model_of_rows))
        self.copy_asked.connect(self.copy)
        self._fit()

    def show_weights(
        self, moment: Moment, weights: Weights, frozen: frozenset[ParameterIndex], *, may_sort: bool
    ) -> None:
        """Show the weights of a moment."""
        self._moment = moment
        self.model_of_rows.show_weights(weights, frozen, may_sort=may_sort)
        if weights.key != self._fitted:
            self._fitted = weights.key
            names = (weights.name(row) for row in range(min(len(weights.values), MEASURED)))
            self._name_width = min(max(self.room_for(*names), NARROWEST_NAME), WIDEST_NAME)
            self._fit()

    def set_look(self, look: Look) -> None:
        """Use other colours."""
        self.model_of_rows.set_look(look)
        self.use_font(self.base_font)
        self._fit()
        self.viewport().update()

    def copy(self) -> None:
        """Copy names and numbers of the selected rows, or of all, in full precision."""
        block, sign = self.block(), decimal_sign()
        rows = range(self.model_of_rows.rowCount()) if block is None else range(block.row, block.row + block.rows)
        lines = (self.model_of_rows.line(row) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(f"{name}\t{written(value, sign)}" for name, value in lines))

    def _fit(self) -> None:
        """Make the columns wide enough for the widest numbers."""
        self.setColumnWidth(WEIGHT, BAR_WIDTH + self.room_for(WIDEST) + 4)
        self.setColumnWidth(GRADIENT, self.room_for(WIDEST, "Gradient"))
        self.setColumnWidth(FROZEN, self.room_for("Frozen"))
        shown = sum(
            self.columnWidth(column) for column in (WEIGHT, GRADIENT, FROZEN) if not self.isColumnHidden(column)
        )
        self.setMinimumWidth(shown + self._name_width + SCROLL_BAR)
        self.setMaximumWidth(shown + WIDEST_NAME + SCROLL_BAR)

    def _type(self, place: ParameterIndex, text: str) -> None:
        if self._moment is not None:
            self._wishes.take_text(self._moment, place, text)

    def _lock(self, place: ParameterIndex, is_wanted: bool) -> None:
        if self._moment is not None:
            self._wishes.lock(self._moment, [place], is_wanted)

    def _show_alone(self, index: QModelIndex) -> None:
        """Ask for the number of a row whose name was double-clicked."""
        if index.column() == NAME:
            self._wishes.selection_asked.emit(self._selection(index.row()))

    def _selection(self, row: int) -> Selection:
        """Return what a row stands for: a weight, or for the bias its neuron."""
        place = self.model_of_rows.place(row)
        return Selection(place.layer, place.unit, place.source)

    def _open_menu(self, index: QModelIndex, position: QPoint) -> None:
        """Offer what can be done with a row."""
        if self._moment is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = self.model_of_rows.place(index.row())
        is_frozen = place in self._moment.frozen
        weight = index.siblingAtColumn(WEIGHT)
        menu.addAction("&Change the number…", partial(self.edit, weight))
        menu.addAction("&Unfreeze" if is_frozen else "&Freeze", partial(self._lock, place, not is_frozen))
        menu.addAction("&Show alone", partial(self._wishes.selection_asked.emit, self._selection(index.row())))
        menu.addAction("Co&py", self.copy)
        menu.popup(position)


class ComingIn(WeightsTable):
    """The weights into a neuron and its bias."""

    def __init__(self, wishes: Wishes, parent: QWidget) -> None:
        first = Title("From", "Where the weight comes from. Double-click a name to see its weight alone.")
        super().__init__(first, "inspector_incoming", "Weights into the neuron", wishes, parent)


class GoingOut(WeightsTable):
    """The weights away from a neuron or an input."""

    def __init__(self, wishes: Wishes, parent: QWidget) -> None:
        first = Title("Goes to", "Where the answer goes. Double-click a name to see that weight alone.")
        super().__init__(first, "inspector_outgoing", "Weights away from it", wishes, parent)
        self.setColumnHidden(GRADIENT, True)
        self._fit()
