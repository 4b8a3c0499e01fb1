"""Changing numbers that can be read: figures of equal width, a fixed place each, at most four changes a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import LARGE, SMALL, SPACE, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped

REFRESH_MILLISECONDS = 250


@dataclass(frozen=True)
class Readout:
    """One number: its key, the word above it, what it means, and the widest text it will show."""

    key: str
    label: str
    help: str
    widest: str


class Readouts(QWidget):
    """A row of read-outs. `show_values` may be called at any rate; `show_now` does not wait."""

    def __init__(self, entries: Sequence[Readout], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: dict[str, QLabel] = {}
        self._words: dict[str, QLabel] = {}
        self._waiting: dict[str, str] = {}
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show_now)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[1], 0, SPACE[1], 0)
        row.setSpacing(SPACE[3])
        self._columns = {entry.key: self._make(entry) for entry in entries}
        for column in self._columns.values():
            row.addLayout(column)

    def text(self, key: str) -> str:
        """Return what a read-out shows."""
        return self._labels[key].text()

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show these texts, now or when the last ones have stood long enough."""
        self._waiting.update(values)
        if not self._since.isValid() or self._since.elapsed() >= REFRESH_MILLISECONDS:
            self.show_now()
        elif not self._timer.isActive():
            self._timer.start(REFRESH_MILLISECONDS - int(self._since.elapsed()))

    def rename(self, key: str, label: str, help_text: str = "") -> bool:
        """Put a word above a read-out, and an explanation if there is one; tells whether that was another word."""
        if self._words[key].text() == label:
            return False
        self._words[key].setText(label)
        self._labels[key].setAccessibleName(label)
        for part in (self._words[key], self._labels[key]) if help_text else ():
            part.setToolTip(wrapped(help_text))
        return True

    def widen(self, key: str, widest: str) -> None:
        """Make room for a text of this width."""
        number = self._labels[key]
        number.setMinimumWidth(number.fontMetrics().horizontalAdvance(widest))

    def show_entry(self, key: str, *, visible: bool) -> None:
        """Show a read-out, or leave it out."""
        for label in (self._words[key], self._labels[key]):
            label.setVisible(visible)
        self._columns[key].invalidate()  # Qt does not do so while all of it is hidden, for want of room
        self._row.invalidate()
        self.updateGeometry()

    def show_now(self) -> None:
        """Show what is waiting."""
        self._since.start()
        for key, text in self._waiting.items():
            self._labels[key].setText(text)
        self._waiting.clear()

    def _make(self, entry: Readout) -> QVBoxLayout:
        """Return one column: a small word above a number."""
        word, number = PlainLabel(entry.label, self), PlainLabel("–", self)
        word.setFont(scaled(self.font(), SMALL))
        word.setProperty("muted", True)
        number.setFont(tabular(scaled(self.font(), LARGE, bold=True)))
        number.setMinimumWidth(number.fontMetrics().horizontalAdvance(entry.widest))
        number.setObjectName(f"readout_{entry.key}")
        number.setAccessibleName(entry.label)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (word, number):
            label.setToolTip(wrapped(entry.help))
        self._labels[entry.key], self._words[entry.key] = number, word
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(word)
        column.addWidget(number)
        return column
