"""The small editor of one weight or bias that opens beside it: the number in full, a lock, and two short cuts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from nnplayground.app.features.network.place_words import FROZEN_HELP, capital, path_name
from nnplayground.app.features.network.structure import Structure
from nnplayground.app.features.network.values import Values
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import LIGHT, SMALL, SPACE, Theme, scaled
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.limits import Number
from nnplayground.project.parameter_index import VALUE, ParameterIndex

STEP, LARGE_STEP = 0.1, 1.0
HINT = "Enter sets, Esc closes, ↑ ↓ go by 0.1, with Shift by 1"
WIDTH = 300
# While training changes the number it is written at most this often, so that it can be read.
TEXT_INTERVAL = 250
AWAY = 14
PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
KEEPS = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down})


@dataclass(frozen=True)
class Range(Number):
    """The same numbers as the rule of the document, in words for the window."""

    @property
    def legal(self) -> str:
        """The range in words."""
        return f"a number from {self.low:,.0f} to {self.high:,.0f}".replace("-", "−")


RULE = Range(VALUE.low, VALUE.high, VALUE.help)


class ValueField(NumberField):
    """A field for a weight or bias; arrows go by tenths, and no letter is a shortcut while it has the focus."""

    left = Signal()

    def explain(self) -> None:
        """Say what the keys do, and what the number can be."""
        self.setToolTip(wrapped(f"The number in full. {HINT}. It can be {self.legal_words()}."))

    def event(self, event: QEvent) -> bool:
        """Keep plain keys from being shortcuts of the window: a letter typed by mistake must not cost the weights."""
        is_claim = event.type() == QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and event.modifiers() in PLAIN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrows, ten times as far with Shift, and leave with Escape."""
        if event.key() not in KEEPS:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.setModified(False)
            self.left.emit()
        else:
            is_large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._go(LARGE_STEP if is_large else STEP, up=event.key() == Qt.Key.Key_Up)

    def step(self, *, up: bool) -> None:
        """Go one step with the wheel."""
        self._go(STEP, up=up)

    def _go(self, by: float, *, up: bool) -> None:
        """Go up or down from what stands here, without the dust of binary fractions."""
        value = float(self._typed() or 0.0)
        wanted = min(max(round(value + (by if up else -by), 10), VALUE.low), VALUE.high)
        if wanted != self.value:
            self.value = wanted
            self._write()
            self.entered.emit(wanted)
        self.selectAll()


class ValueEditor(QFrame):
    """Edits one number at a time; what it asks for goes to `values`, and what it is told comes from there."""

    closed = Signal()

    def __init__(self, values: Values, parent: QWidget) -> None:
        super().__init__(parent)
        self._values, self._host = values, parent
        self._structure: Structure | None = None
        self._gesture = 0
        self.place: ParameterIndex | None = None
        self.setObjectName("value_editor")
        self.setAccessibleName("Weight or bias")
        self.setAutoFillBackground(True)
        self._make_parts()
        self._make_layout()
        self.set_theme(LIGHT)
        values.followed.connect(self._follow)
        self._since_text = QElapsedTimer()
        self._since_text.start()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)
        self.hide()

    def _make_parts(self) -> None:
        self.title = PlainLabel(self)
        self.title.setWordWrap(True)
        self.field = ValueField(RULE, "The number", parent=self)
        self.field.setObjectName("value_field")
        self.field.entered.connect(self._set)
        self.field.refused.connect(self._complain)
        self.field.textEdited.connect(self._withdraw)
        self.field.left.connect(self.leave)
        self.field.returnPressed.connect(self._confirm)
        self.zero = self._button("value_zero", "0", "Set it to 0", "As if the connection were not there")
        self.zero.clicked.connect(partial(self._enter, 0.0))
        self.flip = self._button("value_flip", "±", "Change its sign", "What spoke for it then speaks against it")
        self.flip.clicked.connect(self._turn)
        self.lock = self._button("value_lock", "Freeze", "Freeze", FROZEN_HELP)
        self.lock.setCheckable(True)
        self.lock.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.lock.setIconSize(QSize(16, 16))
        self.lock.toggled.connect(self._freeze)
        self.note = PlainLabel(HINT, self)
        self.note.setWordWrap(True)
        self.note.setObjectName("value_note")
        self.note.setFont(scaled(self.font(), SMALL))

    def _button(self, name: str, text: str, title: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(title)
        button.setToolTip(wrapped(f"{title}. {tip}"))
        button.setMinimumSize(28, 26)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _make_layout(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(SPACE[0])
        first.addWidget(self.field, 1)
        first.addWidget(self.zero)
        first.addWidget(self.flip)
        second.setSpacing(SPACE[1])
        second.addWidget(self.lock)
        second.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        column.setSpacing(SPACE[1])
        column.addWidget(self.title)
        column.addLayout(first)
        column.addLayout(second)
        self.setFixedWidth(WIDTH)

    def open(self, place: ParameterIndex, structure: Structure, pointer: QPoint, gesture: int) -> None:
        """Edit this number, beside a point of the parent; all that is done until it closes is one gesture."""
        value = self._values.value(place)
        if value is None:
            return
        self.place, self._structure, self._gesture = place, structure, gesture
        name = capital(path_name(structure, place))
        self.title.setText(name)
        self.field.title = name
        self.field.setAccessibleName(name)
        self.field.setModified(False)
        self.field.show_value(value)
        self._withdraw()
        self._follow()
        self.adjustSize()
        self.move(self._beside(pointer))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()

    def leave(self) -> None:
        """Close; what is typed and not confirmed is forgotten."""
        if self.place is None:
            return
        self.place = None
        self.field.setModified(False)
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._host)
        self.hide()
        if had_focus:
            self._host.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes from every button; other keys do not reach the network below."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of this theme."""
        self._theme = theme
        self.setStyleSheet(
            f"QFrame#value_editor {{ background: {theme.panel}; border: 1px solid {theme.muted}; border-radius: 6px; }}"
            f"QToolButton {{ border: 1px solid {theme.border}; padding: 2px 6px; }}"
            f"QToolButton:hover, QToolButton:focus {{ border-color: {theme.accent}; }}"
            f"QLabel#value_note {{ color: {theme.muted}; }}"
            f'QLabel#value_note[kind="error"] {{ color: {theme.error}; }}'
        )
        self._show_lock()

    def _beside(self, pointer: QPoint) -> QPoint:
        """Return where it stands: right of and below the pointer, or where there is room inside the parent."""
        room, size = self._host.size(), self.size()
        right, below = pointer.x() + AWAY, pointer.y() + AWAY
        x = right if right + size.width() <= room.width() else pointer.x() - AWAY - size.width()
        y = below if below + size.height() <= room.height() else pointer.y() - AWAY - size.height()
        return QPoint(min(max(x, 2), max(2, room.width() - size.width() - 2)), max(y, 2))

    def _follow(self) -> None:
        """Show the number and the lock as they are; what is being typed stays."""
        if self.place is None or self._structure is None:
            return
        value = self._values.value(self.place)
        if value is None:
            self.leave()
            return
        if value != self.field.value and (self._since_text.hasExpired(TEXT_INTERVAL) or not self._values.is_running):
            self._since_text.restart()
            was_chosen = self.field.selectedText() == self.field.text()
            self.field.show_value(value)
            if was_chosen:
                self.field.selectAll()
        self._show_lock()

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Close when somebody goes on elsewhere in the window; the network below closes it by itself."""
        if new is not None and new not in (self, self._host) and not self.isAncestorOf(new):
            self.leave()

    def _set(self, value: float) -> None:
        if self.place is not None:
            self._values.set(self.place, value, self._gesture)

    def _enter(self, value: float) -> None:
        """Set a number that a button names."""
        self.field.setModified(False)
        self.field.show_value(value)
        self._withdraw()
        self._set(value)

    def _turn(self) -> None:
        """Change the sign of what stands in the field."""
        if self.field.commit() and self.field.value:
            self._enter(-self.field.value)

    def _confirm(self) -> None:
        """Close after Enter, unless the field has refused what was typed."""
        if not self.field.property("invalid"):
            self.leave()

    def _freeze(self, *, checked: bool = False) -> None:
        """Freeze the number that stands in the field, or let it go."""
        if self.place is None:
            return
        frozen = self.lock.isChecked()
        if frozen == self._values.is_frozen(self.place):
            return
        if self.field.commit():
            self._values.freeze((self.place,), frozen=frozen, value=self.field.value)
        self._show_lock()

    def _show_lock(self) -> None:
        frozen = self.place is not None and self._values.is_frozen(self.place)
        self.lock.setChecked(frozen)
        self.lock.setText("Frozen" if frozen else "Freeze")
        self.lock.setIcon(icon("lock" if frozen else "unlock", self._theme.text))

    def _complain(self, sentence: str) -> None:
        self._say(sentence, "error")
        self.field.selectAll()

    def _withdraw(self, _text: str = "") -> None:
        self._say(HINT, "hint")

    def _say(self, text: str, kind: str) -> None:
        """Write the line at the foot; the frame grows with it."""
        if (self.note.text(), self.note.property("kind")) == (text, kind):
            return
        self.note.setText(text)
        self.note.setProperty("kind", kind)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        self.adjustSize()
