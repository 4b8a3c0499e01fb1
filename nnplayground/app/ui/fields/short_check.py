"""A check box whose text gives way to a shorter one where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton, QWidget


class ShortCheck(QCheckBox):
    """Shows the whole text where it fits, else the short one."""

    def __init__(self, whole: str, short: str, parent: QWidget | None = None) -> None:
        super().__init__(whole, parent)
        self.setAccessibleName(whole)
        self._whole, self._short = whole, short
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for room for the whole text."""
        return self._size_with(self._whole)

    def minimumSizeHint(self) -> QSize:
        """Need room for the short text only."""
        return self._size_with(self._short)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the text that fits."""
        super().resizeEvent(event)
        self.setText(self._whole if self.width() >= self.sizeHint().width() else self._short)

    def _size_with(self, text: str) -> QSize:
        """Return the size that the box would have with another text, by the rule of Qt."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = text
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text)
        return self.style().sizeFromContents(QStyle.ContentsType.CT_CheckBox, option, words, self)
