"""What a column holds, for those who know it better than what was found: a column and its kind."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.plain_text import PlainLabel, one_line
from nnplayground.app.ui.theme import SPACE
from nnplayground.data.reading import COLUMN_KINDS
from nnplayground.data.table import KIND_OF_CHOICE, ColumnChoices
from nnplayground.data.table_columns import ColumnFacts
from nnplayground.explain.words import words_of

FOUND = "found"
KINDS = {
    "number": Title("Numbers", "Cells that are no numbers count as missing."),
    "category": Title("Categories", "Every different text is a value of its own, also where it looks like a number."),
    "date": Title("Dates", "As an input they are the days since the first one."),
    "left out": Title("Left out", "The network never sees the column."),
}
WORDS = {KIND_OF_CHOICE[kind]: KINDS[kind].name for kind in COLUMN_KINDS} | {"empty": "Empty"}
LONGEST_KIND = max(WORDS.values(), key=len)
COLUMN_HELP = "The column whose kind is shown and can be changed. A right click on the head of a column shows it here."
KIND_HELP = "What the column holds, where that was not found rightly."


class KindRow(QWidget):
    """Shows the kind of one column; `chosen(column, kind)` carries another one, "" for the one that is found."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: dict[str, ColumnFacts] = {}
        self._choices = ColumnChoices()
        self.column = ChoiceField("Column", COLUMN_HELP, {}, self)
        self.column.setObjectName("import_kind_column")
        self.column.chosen.connect(self._show_kind)
        found = Title("Find it", "It is found by looking at all cells.")
        self.kind = ChoiceField("Kind of the column", KIND_HELP, {FOUND: found, **KINDS}, self)
        self.kind.setObjectName("import_kind")
        self.kind.setMinimumContentsLength(len(f"Found: {LONGEST_KIND}"))
        self.kind.chosen.connect(self._choose)
        label, middle = PlainLabel("&Column", self), PlainLabel("holds", self)
        label.setBuddy(self.column)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(label)
        row.addWidget(self.column, 1)
        row.addWidget(middle)
        row.addWidget(self.kind)

    def show_columns(self, columns: tuple[ColumnFacts, ...], choices: ColumnChoices) -> None:
        """Show these columns; the one that is shown stays where it is among them."""
        self._facts, self._choices = {entry.name: entry for entry in columns}, choices
        self.column.set_options(
            {name: Title(one_line(name), f"{words_of(facts.content)}.") for name, facts in self._facts.items()}
        )
        self.show_column(self.column.value or next(iter(self._facts), ""))

    def show_column(self, name: str) -> None:
        """Show the kind of a column."""
        self.column.show_value(name)
        self._show_kind(name)

    def _show_kind(self, name: str) -> None:
        facts = self._facts.get(name)
        chosen = dict(self._choices.kinds).get(name)
        words = f"Found: {WORDS[facts.kind]}" if facts and not chosen else "Find it"
        self.kind.setItemText(0, words)
        self.kind.show_value(chosen or FOUND)

    def _choose(self, kind: str) -> None:
        if self.column.value:
            self.chosen.emit(self.column.value, "" if kind == FOUND else kind)
