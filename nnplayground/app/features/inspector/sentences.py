"""A column of short sentences that scrolls where there is too little room."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from nnplayground.app.ui.plain_text import markup_label, readable
from nnplayground.app.ui.theme import LIGHT, SMALL, Theme, scaled, tabular

Line = tuple[str, bool]
"""A sentence, and whether it is a warning."""

NARROWEST = 190


class Sentences(QScrollArea):
    """Shows sentences below each other, warnings in their colour; it only changes what is other."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._lines: tuple[Line, ...] = ()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(NARROWEST)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.label = markup_label(self)
        self.label.setObjectName(f"{name}_text")
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setWidget(self.label)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these sentences; empty ones are left out."""
        wanted = tuple(line for line in lines if line[0])
        if wanted != self._lines:
            self._lines = wanted
            self._write()

    def text(self) -> str:
        """Return the sentences as plain text, one in a line."""
        return "\n".join(text for text, _ in self._lines)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme."""
        self._theme = theme
        self.label.setFont(tabular(scaled(self.font(), SMALL)))
        self.viewport().setStyleSheet(f"background: {theme.panel};")
        self.label.setStyleSheet(f"background: {theme.panel};")
        self._write()

    def _write(self) -> None:
        """Put the sentences into the label."""
        shown = []
        for text, warns in self._lines:
            color = self._theme.warning if warns else self._theme.text
            shown.append(f'<p style="margin: 0 0 4px 0; color: {color}">{escape(readable(text))}</p>')
        self.label.setText("".join(shown))
        self.setAccessibleDescription(self.text())
