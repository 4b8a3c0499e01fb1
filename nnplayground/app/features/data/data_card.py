"""A card that shows what a data set looks like and chooses it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from nnplayground.app.features.data.thumbnails import PICTURE, Thumbnail
from nnplayground.app.text.titles import Title
from nnplayground.app.ui.theme import SMALL, Theme, scaled
from nnplayground.app.ui.tooltips import wrapped

RATIO = 2.0
FRAME = 4  # border and padding of both sides


def least_width(card: QToolButton) -> int:
    """Return the width in which picture and text are whole; Qt by itself adds the width of two spaces."""
    return max(PICTURE.width(), card.fontMetrics().horizontalAdvance(card.text())) + FRAME


class DataCard(QToolButton):
    """A checkable button with a thumbnail of the data."""

    def __init__(self, key: str, title: Title, thumbnail: Thumbnail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._theme: Theme | None = None
        self.setObjectName(f"data_{key}")
        self.show_data(title, thumbnail)
        self.setCheckable(True)
        self.setProperty("card", True)
        self.setFont(scaled(self.font(), SMALL))
        self.setIconSize(PICTURE)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(least_width(self))

    def show_data(self, title: Title, thumbnail: Thumbnail) -> None:
        """Put a name and a thumbnail on the card; until a theme is set it is not drawn."""
        self.title, self.thumbnail = title, thumbnail
        self.setText(title.name)
        self.setAccessibleName(title.name)
        self.setToolTip(wrapped(title.help))
        if self._theme is not None:
            self.setIcon(thumbnail_icon(thumbnail, self._theme))

    def set_theme(self, theme: Theme) -> None:
        """Draw the thumbnail in the colours of a theme."""
        self._theme = theme
        self.setIcon(thumbnail_icon(self.thumbnail, theme))


def thumbnail_icon(thumbnail: Thumbnail, theme: Theme) -> QIcon:
    """Return the thumbnail as an icon in the colours of a theme."""
    pixmap = QPixmap(PICTURE * RATIO)
    pixmap.setDevicePixelRatio(RATIO)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    thumbnail.draw(painter, theme)
    painter.end()
    return QIcon(pixmap)
