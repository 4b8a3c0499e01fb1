"""Cards that stand for data of one's own: a click asks for the file or folder."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from nnplayground.app.features.data.data_card import least_width
from nnplayground.app.features.data.thumbnails import PICTURE
from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.theme import SMALL, Theme, scaled
from nnplayground.app.ui.tooltips import wrapped


class OpenCard(QToolButton):
    """A button that looks like the cards of the data sets, with an icon for a thumbnail; checked while it is in use."""

    def __init__(self, name: str, text: str, about: str, icon_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setObjectName(name)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(wrapped(about))
        self.setCheckable(True)
        self.setProperty("card", True)
        self.setFont(scaled(self.font(), SMALL))
        self.setIconSize(PICTURE)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(least_width(self))

    def nextCheckState(self) -> None:
        """A click chooses nothing yet; the card is shown as chosen once its data are."""

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in other colours."""
        self.setIcon(icon(self._icon_name, theme.muted))
