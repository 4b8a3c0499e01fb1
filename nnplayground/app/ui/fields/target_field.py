"""What is predicted: one column from a list, or several columns of numbers ticked in a menu beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.theme import SPACE
from nnplayground.app.ui.tooltips import name_entry, wrapped
from nnplayground.data.cells import listed

SEVERAL = "\n"
"""The key of the entry that stands for several columns; no column is called so."""

SEVERAL_HELP = "Predict several columns of numbers at once: the network gets one output for each."
MOST_ENTRIES = 60
NARROWEST = 72
"""Pixels that the list of a narrow field keeps: the beginning of a name, and its arrow."""


class TargetField(QWidget):
    """Shows what is predicted; `chosen(names)` carries other columns, in the order of the table."""

    chosen = Signal(object)

    def __init__(self, name: str, help_text: str, parent: QWidget | None = None, *, is_narrow: bool = False) -> None:
        """Make the field; a narrow one has a sign in place of a word on its button."""
        super().__init__(parent)
        self._targets: tuple[str, ...] = ()
        self._columns: tuple[str, ...] = ()
        self.one = ChoiceField("Predict", help_text, {}, self)
        self.one.setObjectName(name)
        self.one.chosen.connect(self._choose_one)
        self.several = QToolButton(self)
        self.several.setObjectName(f"{name}s")
        self.several.setText("+" if is_narrow else "Several…")
        if is_narrow:
            self.one.setMinimumWidth(NARROWEST)
        self.several.setAccessibleName("Predict several columns")
        self.several.setToolTip(wrapped(SEVERAL_HELP))
        self.several.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.several.setProperty("chip", True)
        self.several.setProperty("opens", True)
        self._menu = QMenu(self.several)
        self._menu.setToolTipsVisible(True)
        self._menu.triggered.connect(self._toggle)
        self.several.setMenu(self._menu)
        self.setFocusProxy(self.one)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[0])
        row.addWidget(self.one, 1)
        row.addWidget(self.several)

    def show_targets(self, columns: dict[str, str], numbers: Sequence[str], targets: Sequence[str]) -> None:
        """Show the columns with what they hold, those that can be predicted together, and what is predicted."""
        self._columns, self._targets = tuple(columns), tuple(targets)
        options = {name: Title(one_line(name), f"{words}.") for name, words in columns.items()}
        if len(targets) > 1:
            options = {SEVERAL: Title(listed(targets, limit=3), f"{listed(targets)}, one output each."), **options}
        self.one.set_options(options)
        self.one.show_value(SEVERAL if len(targets) > 1 else next(iter(targets), ""))
        self._offer(tuple(numbers))

    def _offer(self, numbers: tuple[str, ...]) -> None:
        """List the columns of numbers in the menu; of very many, those that are predicted and the first ones."""
        shown = tuple(name for place, name in enumerate(numbers) if place < MOST_ENTRIES or name in self._targets)
        if tuple(action.data() for action in self._menu.actions()) != shown:
            self._menu.clear()
            for name in shown:
                action = name_entry(self._menu.addAction(""), name)
                action.setData(name)
                action.setCheckable(True)
        for action in self._menu.actions():
            action.setChecked(action.data() in self._targets)
        self.several.setEnabled(len(shown) > 1)

    def _choose_one(self, name: str) -> None:
        if name == SEVERAL:
            self._choose(self._targets)
        else:
            self._choose((name,))

    def _toggle(self, action: QAction) -> None:
        """Predict a column of numbers as well, or no longer; the last one stays, and a text gives way to it."""
        ticked = {entry.data() for entry in self._menu.actions() if entry.isChecked()}
        names = tuple(name for name in self._columns if name in ticked)
        if names:
            self._choose(names)
        else:
            action.setChecked(True)

    def _choose(self, names: tuple[str, ...]) -> None:
        if names != self._targets:
            self.chosen.emit(names)
