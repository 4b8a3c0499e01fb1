"""A field for a number inside a menu: Enter takes it and closes the menu, what is refused is told below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget, QWidgetAction

from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SMALL, SPACE, scaled
from nnplayground.project.limits import Number, Whole

ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
NOTE_WIDTH = 240


class MenuField(NumberField):
    """A number that goes up and down by one; where the menu has other entries the arrows go on to them."""

    def __init__(self, menu: QMenu, rule: Number | Whole, title: str, parent: QWidget) -> None:
        super().__init__(rule, title, parent=parent)
        self._menu = menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to a menu that has other entries, and Escape to one in whose field nothing is typed."""
        is_of_menu = event.key() in ARROWS and len(self._menu.actions()) > 1
        if is_of_menu or (event.key() == Qt.Key.Key_Escape and not self.isModified()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def step(self, *, up: bool) -> None:
        """Go up or down by one, as far as the rule allows."""
        value = (self._typed() or 0) + (1 if up else -1)
        wanted = min(max(value, self.rule.low), self.rule.high)
        if wanted != self.value:
            self.value = wanted
            self._write()
            self.entered.emit(wanted)


class FieldLine(QWidget):
    """A line of a menu with a word, its field and the unit behind it, and room below for what was refused."""

    def __init__(self, word: str, field: MenuField, menu: QMenu, *, unit: str = "") -> None:
        super().__init__(menu)
        self.field, self._menu = field, menu
        field.unit = unit
        field.setParent(self)
        label = PlainLabel(word, self)
        label.setBuddy(field)
        self.note = PlainLabel(self)
        self.note.setObjectName(f"{field.objectName()}_note")
        self.note.setFont(scaled(self.font(), SMALL))
        self.note.setProperty("error", True)
        self.note.setWordWrap(True)
        self.note.setFixedWidth(NOTE_WIDTH)
        self.note.hide()
        line, rows = QHBoxLayout(), QVBoxLayout(self)
        line.addWidget(label)
        line.addWidget(field, 1)
        if unit:
            line.addWidget(PlainLabel(unit, self))
        rows.setContentsMargins(SPACE[2], SPACE[0], SPACE[2], SPACE[0])
        rows.addLayout(line)
        rows.addWidget(self.note)
        field.refused.connect(self._complain)
        field.textEdited.connect(self._withdraw)
        field.returnPressed.connect(self._confirm)  # after the field has taken what was typed
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the menu hands it the keyboard as it passes by
        self.setFocusProxy(field)

    def _confirm(self) -> None:
        """Close the menu after Enter, unless the field has refused what was typed."""
        if not self.field.property("invalid"):
            self._menu.close()

    def _complain(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.setFixedHeight(self.note.heightForWidth(NOTE_WIDTH))
        self.note.show()
        self._fit()

    def _withdraw(self, _text: str = "") -> None:
        if not self.note.isHidden():
            self.note.hide()
            self._fit()

    def _fit(self) -> None:
        """Let the menu take the height that the line has now; it only asks its widgets when their action changes."""
        widget: QWidget | None = self
        while widget is not None and widget is not self._menu:
            layout = widget.layout()
            if layout is not None:
                layout.invalidate()
                layout.activate()
            widget = widget.parentWidget()
        for action in self._menu.actions():
            if isinstance(action, QWidgetAction):
                action.setData(self.note.text() if self.note.isVisibleTo(self) else "")
