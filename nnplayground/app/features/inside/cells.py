"""The cells of the table of layers: a spread with its numbers above it, or a share as a number and a bar."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnplayground.app.features.inside.spread_picture import Spread, paint_spread, spread_picture
from nnplayground.app.text.figures import number
from nnplayground.app.ui.text_table import Index, Role
from nnplayground.app.ui.theme import LIGHT, SPACE

BAR_HEIGHT = 5
GAP = 2
NAMED_ENDS = 56
"""From so many pixels on a row has room for the ends of the axis below its pictures."""
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1."""

    value: float


class LayerCells(QStyledItemDelegate):
    """Draws what a cell holds below its text; a cell without anything only shows the text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = LIGHT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw text and picture between margins."""
        area = option.rect.adjusted(SPACE[0], GAP, -SPACE[0], -GAP)
        if area.height() < 8 or area.width() < 8:
            return
        painter.save()
        line = self._write(painter, area, option.fontMetrics, index)
        held = index.data(Role.UserRole)
        rest = QRect(area.left(), area.top() + line, area.width(), area.height() - line)
        if isinstance(held, Spread):
            self._draw_spread(painter, rest, option.fontMetrics, held)
        elif isinstance(held, Share):
            self._draw_share(painter, rest, held, warns=index.data(Role.ForegroundRole) is not None)
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, metrics: QFontMetrics, index: Index) -> int:
        """Write the text of a cell into its first line, and return how high that is."""
        color = index.data(Role.ForegroundRole)
        painter.setPen(color if isinstance(color, QColor) else QColor(self.theme.text))
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, LEFT | Qt.AlignmentFlag.AlignTop, text)
        return metrics.height()

    def _draw_spread(self, painter: QPainter, area: QRect, metrics: QFontMetrics, spread: Spread) -> None:
        """Draw the histograms, and in a high row the ends of their axis below."""
        names_ends = area.height() + metrics.height() >= NAMED_ENDS
        if names_ends:
            low, high = map(number, spread.ends)
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(area, LEFT | Qt.AlignmentFlag.AlignBottom, low)
            painter.drawText(area, RIGHT | Qt.AlignmentFlag.AlignBottom, high)
            area = area.adjusted(0, 0, 0, -metrics.height())
        size = QSize(area.width(), area.height())
        if size.height() > 6:
            if isinstance(painter.device(), QWidget):
                ratio = painter.device().devicePixelRatioF()
                painter.drawPixmap(area.topLeft(), spread_picture(spread, size, self.theme, ratio=ratio))
            else:  # in a picture for another place lines stay lines
                painter.translate(area.topLeft())
                paint_spread(painter, spread, size, self.theme)

    def _draw_share(self, painter: QPainter, area: QRect, share: Share, *, warns: bool) -> None:
        """Draw a bar as long as the share."""
        track = QRect(area.left(), area.top() + GAP, area.width(), BAR_HEIGHT)
        painter.fillRect(track, QColor(self.theme.border))
        track.setWidth(round(track.width() * min(max(share.value, 0.0), 1.0)))
        painter.fillRect(track, QColor(self.theme.warning if warns else self.theme.accent))
