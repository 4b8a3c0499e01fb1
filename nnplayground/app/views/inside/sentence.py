"""A sentence in a fixed number of lines, so that nothing moves when it changes; its tooltip has all of it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnplayground.app.theme import LIGHT, Theme
from nnplayground.app.widgets.plain_text import PlainLabel
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.explain.layer_findings import Finding

WRAP = Qt.TextFlag.TextWordWrap
LEFT, TOP = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop
HIGHEST = 10_000


class Sentence(PlainLabel):
    """Shows a finding: quietly, or in the colour of warnings; `explained` follows it in the tooltip."""

    def __init__(self, name: str, explained: str, parent: QWidget, *, lines: int) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setAlignment(LEFT | TOP)
        self._explained, self._lines = explained, lines
        self._theme = LIGHT
        self.finding = Finding("")

    def show_finding(self, finding: Finding) -> None:
        """Say something else."""
        if finding == self.finding:
            return
        self.finding = finding
        self.setToolTip(wrapped(f"{finding.text} {self._explained}"))
        self._write()

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
        words = self.finding.text.split()
        text = self.finding.text
        while len(words) > 1 and not self._fits(text):
            words.pop()
            text = " ".join(words) + " …"
        self.setText(text)
        style = f"color: {self._theme.warning if self.finding.warns else self._theme.muted};"
        if style != self.styleSheet():  # Qt would lay everything out anew for the same one
            self.setStyleSheet(style)

    def _fits(self, text: str) -> bool:
        return self._height(text) <= self.height()

    def _height(self, text: str) -> int:
        return self.fontMetrics().boundingRect(QRect(0, 0, self.width(), HIGHEST), WRAP, text).height()
