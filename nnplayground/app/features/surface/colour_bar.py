"""The scale of the colours of a cost surface: a strip from the lowest to the highest cost, with its ends."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.app.features.surface.shading import CostScale
from nnplayground.app.ui.theme import LIGHT, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.explain.figures import number_text

WIDTH, HEIGHT = 120, 10


class ColourBar(QWidget):
    """Paints the strip with a number at each end; costs above the scale are told by "≥"."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("surface_colours")
        self._theme = LIGHT
        self._scale: CostScale | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def texts(self) -> tuple[str, str]:
        """What stands at the ends."""
        if self._scale is None:
            return "", ""
        mark = "≥ " if self._scale.above else ""
        return f"cost {number_text(self._scale.low)}", f"{mark}{number_text(self._scale.high)}"

    def set_theme(self, theme: Theme) -> None:
        """Recolour the strip."""
        self._theme = theme
        self.update()

    def show_scale(self, scale: CostScale) -> None:
        """Show the ends of another scale."""
        self._scale = scale
        about = "Logarithmic: every power of ten has equally many colours." if scale.log else "Linear."
        self.setToolTip(wrapped(f"The cost that each colour stands for. {about}"))
        self.setAccessibleName("Colours of the costs: from {} to {}".format(*self.texts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Leave room for the texts."""
        metrics = QFontMetricsF(self._font())
        width = sum(metrics.horizontalAdvance(text) for text in self.texts) + WIDTH + 2 * SPACE[1]
        return QSize(round(width), round(metrics.height()) + 2)

    def minimumSizeHint(self) -> QSize:
        """Never cut a number."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the numbers and the strip between them."""
        if self._scale is None:
            return
        font, (low, high) = self._font(), self.texts
        metrics = QFontMetricsF(font)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted))
        left = metrics.horizontalAdvance(low) + SPACE[1]
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, low)
        after = QRectF(left + WIDTH + SPACE[1], 0.0, metrics.horizontalAdvance(high) + 2.0, self.height())
        painter.drawText(after, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, high)
        strip = QRectF(left, (self.height() - HEIGHT) / 2.0, WIDTH, HEIGHT)
        table = np.ascontiguousarray(self._theme.cost_table()[np.newaxis])
        image = QImage(table.data, table.shape[1], 1, 4 * table.shape[1], QImage.Format.Format_RGBX8888)
        painter.drawImage(strip, image)
        painter.setPen(QColor(self._theme.border))
        painter.drawRect(strip)
        painter.end()

    def _font(self) -> QFont:
        return tabular(scaled(self.font(), SMALL))
