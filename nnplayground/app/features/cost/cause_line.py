"""A quiet line below the cost plot: why nothing is learned, with the edit that mends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import HIT_AREA, LIGHT, SMALL, SPACE, Theme, scaled
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.explain.remedies import remedy_of
from nnplayground.explain.words import words_of
from nnplayground.message import Message

CLOSE_HELP = "Take this line away; it does not come back for this run."


class CauseLine(QWidget):
    """Says one cause at a time, or is hidden. `remedy_wanted` asks for its edit, `closed` follows the cross."""

    remedy_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cause_line")
        self._theme, self._shown = LIGHT, ""
        self.message: Message | None = None
        self.text = PlainLabel(self)
        self.text.setObjectName("cause_text")
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.remedy = self._button("cause_remedy", chip=True)
        self.remedy.clicked.connect(self.remedy_wanted)
        self.cross = self._button("cause_close", chip=False)
        self.cross.setAccessibleName("Close the line")
        self.cross.setToolTip(wrapped(CLOSE_HELP))
        self.cross.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, SPACE[0])
        row.setSpacing(SPACE[0])
        row.addWidget(self.text, 1)
        for button in (self.remedy, self.cross):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_message(self, message: Message | None) -> None:
        """Say a cause, or nothing; the same one again changes nothing but its facts."""
        self.message = message
        if message is None:
            if not self.isHidden():
                self._leave()
            return
        sentence, remedy = words_of(message), remedy_of(message)
        if sentence != self._shown:
            self._shown = sentence
            self.text.setText(sentence)
            self.setAccessibleName(sentence)
        self.remedy.setVisible(remedy is not None)
        if remedy is not None:
            self.remedy.setText(words_of(remedy.title))
            self.remedy.setToolTip(wrapped(words_of(remedy.help)))
        self.show()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.text.setStyleSheet(f"color: {theme.text};")
        for part in (self.text, self.remedy):
            part.setFont(scaled(self.font(), SMALL))
        self.cross.setIcon(icon("close", theme.muted))

    def _leave(self) -> None:
        """Hide, and give the keyboard back to the window where a button here has it."""
        has_keyboard = self.remedy.hasFocus() or self.cross.hasFocus()
        self.hide()
        if has_keyboard:
            self.window().setFocus()

    def _button(self, name: str, *, chip: bool) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("chip" if chip else "slim", True)
        button.setMinimumSize(HIT_AREA, HIT_AREA)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
