"""Cards that stand for data of one's own: a click asks for the file or folder."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from nnplayground.app.theme import SMALL, Theme, scaled
from nnplayground.app.widgets.data_card import least_width
from nnplayground.app.widgets.icons import icon
from nnplayground.app.widgets.thumbnails import PICTURE


class OpenCard(QToolButton):
    """A button that looks like the cards of the data sets, with an icon instead of a thumbnail."""

    def __init__(self, name: str, text: str, about: str, icon_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setObjectName(name)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(about)
        self.setProperty("card", True)
        self.setFont(scaled(self.font(), SMALL))
        self.setIconSize(PICTURE)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(least_width(self))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in other colours."""
        self.setIcon(icon(self._icon_name, theme.muted))
