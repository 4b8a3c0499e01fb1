"""A small picture of one frame of an animation, with its name below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SMALL, scaled

LEAST = QSize(240, 135)


class Preview(QWidget):
    """Shows a picture as large as there is room for it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._picture, self._title = PlainLabel("Being drawn …", self), PlainLabel(title, self)
        self._picture.setObjectName("animation_picture")
        self._picture.setAccessibleName(title)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumSize(LEAST)
        self._picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._title.setFont(scaled(self.font(), SMALL))
        self._title.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._picture, 1)

    @property
    def image(self) -> QImage | None:
        """The picture that is shown, in its whole size."""
        return self._image

    def set_title(self, title: str) -> None:
        """Name the frame."""
        self._title.setText(title)
        self._picture.setAccessibleName(title)

    def show_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self._image is None:
            return
        ratio = self.devicePixelRatioF()
        room = (self._picture.contentsRect().size() - QSize(2, 2)) * ratio
        how = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        pixmap = QPixmap.fromImage(self._image.scaled(room, *how))
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)
