"""Which columns of a table are inputs: a list with a tick for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from nnplayground.app.ui.plain_text import PlainLabel, one_line
from nnplayground.app.ui.theme import HIT_AREA, SPACE
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.data.table_columns import ColumnFacts
from nnplayground.data.table_inputs import KIND_LIMIT
from nnplayground.explain.words import words_of

HELP = "The columns that the network sees. A column of text becomes one input of 0 or 1 for each different value."
ALL_HELP = f"Use all columns of numbers, and those of text with up to {KIND_LIMIT} different values."
NONE_HELP = "Use no column, to choose a few by hand then."


class TickList(QListWidget):
    """A list of names with ticks; a click anywhere in a row, or the space bar, sets or takes the tick."""

    ticked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.itemClicked.connect(self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, everything else moves as in any list."""
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space and item is not None:
            self._tell(item)
            return
        super().keyPressEvent(event)

    def _tell(self, item: QListWidgetItem) -> None:
        self.ticked.emit(str(item.data(Qt.ItemDataRole.UserRole)))


class InputList(QWidget):
    """Shows the columns that can be inputs; `chosen(names)` carries others, in the order of the table."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[ColumnFacts, ...] = ()
        self._inputs: frozenset[str] = frozenset()
        self.list = TickList(self)
        self.list.setObjectName("import_inputs")
        self.list.setAccessibleName("Inputs")
        self.list.setToolTip(wrapped(HELP))
        self.list.setUniformItemSizes(True)
        self.list.ticked.connect(self.toggle)
        self.title = PlainLabel("&Inputs", self)
        self.title.setBuddy(self.list)
        self.all = self._button("import_all", "All", ALL_HELP, partial(self._choose_all, True))
        self.none = self._button("import_none", "None", NONE_HELP, partial(self._choose_all, False))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.all)
        head.addWidget(self.none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def show_inputs(self, facts: Sequence[ColumnFacts], targets: Sequence[str], inputs: Sequence[str]) -> None:
        """Show the columns but the targets, with a tick at the inputs; no signal follows."""
        facts = tuple(entry for entry in facts if entry.name not in targets and entry.kind != "left out")
        if facts != self._facts:
            self._facts = facts
            self.list.clear()
            for entry in facts:
                self.list.addItem(_item(entry))
        self._inputs = frozenset(inputs)
        for place, entry in enumerate(facts):
            state = Qt.CheckState.Checked if entry.name in self._inputs else Qt.CheckState.Unchecked
            item = self.list.item(place)
            item.setCheckState(state)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {_used(entry.name in self._inputs)}")
        self.title.setText(f"&Inputs: {len(self._inputs):,} of {len(facts):,} columns")

    def toggle(self, name: str) -> None:
        """Use a column that is not used, or leave it out."""
        self._choose(self._inputs ^ {name} if name in {entry.name for entry in self._facts} else self._inputs)

    def _choose_all(self, wanted: bool) -> None:
        fitting = {entry.name for entry in self._facts if _fits(entry)}
        self._choose(frozenset(fitting if wanted else ()))

    def _choose(self, names: frozenset[str]) -> None:
        if names != self._inputs:
            self.chosen.emit(tuple(entry.name for entry in self._facts if entry.name in names))

    def _button(self, name: str, text: str, about: str, action: partial[None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(f"{text} of the columns")
        button.setToolTip(wrapped(about))
        button.setAutoDefault(False)
        button.clicked.connect(action)
        return button


def _item(facts: ColumnFacts) -> QListWidgetItem:
    """Return the row of a column; its tick is changed by the list."""
    item = QListWidgetItem(f"{one_line(facts.name)} · {words_of(facts.content)}")
    item.setData(Qt.ItemDataRole.UserRole, facts.name)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setSizeHint(QSize(1, HIT_AREA))
    missing = (f"{facts.missing:,} of its values are missing.",) if facts.missing else ()
    item.setToolTip(wrapped("\n".join((*missing, *map(words_of, facts.notes)))))
    return item


def _fits(facts: ColumnFacts) -> bool:
    return facts.kind == "number" or (facts.kind == "text" and facts.different <= KIND_LIMIT)


def _used(is_used: bool) -> str:
    return "used" if is_used else "not used"
