"""A sentence in a fixed number of lines, so that nothing moves when it changes; its tooltip has all of it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.explain.layer_findings import Finding
from nnplayground.explain.words import words_of

WRAP = Qt.TextFlag.TextWordWrap
LEFT, TOP = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop
HIGHEST = 10_000


class Sentence(PlainLabel):
    """Shows a text: quietly, or in the colour of warnings; `explained` follows it in the tooltip."""

    def __init__(self, name: str, explained: str, parent: QWidget, *, lines: int) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setAlignment(LEFT | TOP)
        self._explained, self._lines = explained, lines
        self._theme = LIGHT
        self.whole_text, self.warns = "", False

    def show_text(self, text: str, *, warns: bool = False) -> None:
        """Say something else."""
        if (text, warns) == (self.whole_text, self.warns):
            return
        self.whole_text, self.warns = text, warns
        self.setToolTip(wrapped(f"{text} {self._explained}"))
        self._write()

    def show_finding(self, finding: Finding) -> None:
        """Say what there is to see."""
        self.show_text(words_of(finding.message), warns=finding.warns)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme."""
        self._theme = theme
        self._write()

    def use_font(self, font: QFont) -> None:
        """Write in a font, and take the height that the lines need."""
        self.setFont(font)
        self.setFixedHeight(self._height("\n".join("x" * self._lines)))
        self._write()

    def hasHeightForWidth(self) -> bool:
        """Keep the height whatever the width, so that what scrolls around it need not ask."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        """Write as many words as there is room for."""
        words = self.whole_text.split()
        text = self.whole_text
        while len(words) > 1 and not self._fits(text):
            words.pop()
            text = " ".join(words) + " …"
        self.setText(text)
        style = f"color: {self._theme.warning if self.warns else self._theme.muted};"
        if style != self.styleSheet():  # Qt would lay everything out anew for the same one
            self.setStyleSheet(style)

    def _fits(self, text: str) -> bool:
        return self._height(text) <= self.height()

    def _height(self, text: str) -> int:
        return self.fontMetrics().boundingRect(QRect(0, 0, self.width(), HIGHEST), WRAP, text).height()
