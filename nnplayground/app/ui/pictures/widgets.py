"""Paints widgets without their controls, and tables with all their rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsView,
    QHeaderView,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from nnplayground.app.ui.pictures.scenes import DrawsItself, paint_view
from nnplayground.app.ui.theme import Theme, palette

CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
NOTHING_ELSE = QWidget.RenderFlag(0)
PADDING = 3
CENTER = int(Qt.AlignmentFlag.AlignCenter)
Role = Qt.ItemDataRole


def whole_size(widget: QWidget) -> QSize:
    """Return how large the picture of a widget is: as on the screen, and larger where a table in it scrolls."""
    if isinstance(widget, QTableView):
        return _table_size(widget)
    size = widget.size()
    for table in widget.findChildren(QTableView):
        if table.isVisibleTo(widget):
            corner = table.mapTo(widget, QPoint(0, 0))
            size = size.expandedTo(_table_size(table) + QSize(corner.x(), corner.y()))
    return size


def paint_widget(painter: QPainter, widget: QWidget, theme: Theme) -> None:
    """Paint a widget and what is in it, its upper left corner at the origin of the painter; controls are left out."""
    if isinstance(widget, QGraphicsView):
        paint_view(painter, widget)
    elif isinstance(widget, QTableView):
        _paint_table(painter, widget, theme)
    elif isinstance(widget, DrawsItself):
        widget.draw(painter)
    elif not isinstance(widget, CONTROLS):
        widget.render(painter, QPoint(0, 0), QRegion(), NOTHING_ELSE)
        for child in widget.children():
            if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
                painter.save()
                painter.translate(child.pos())
                paint_widget(painter, child, theme)
                painter.restore()


def _columns(table: QTableView) -> list[int]:
    return [place for place in range(table.model().columnCount()) if not table.isColumnHidden(place)]


def _table_size(table: QTableView) -> QSize:
    """Return the size of a table with its names and all its rows."""
    width = sum(map(table.columnWidth, _columns(table)))
    height = sum(map(table.rowHeight, range(table.model().rowCount())))
    return QSize(width + _room(table.verticalHeader()), height + _room(table.horizontalHeader()))


def _room(header: QHeaderView) -> int:
    """Return how much room the names at the side or above take."""
    if header.isHidden():
        return 0
    return header.width() if header.orientation() == Qt.Orientation.Vertical else header.height()


def _paint_table(painter: QPainter, table: QTableView, theme: Theme) -> None:
    """Paint names and cells, each cell by what paints it on the screen."""
    left, top = _room(table.verticalHeader()), _room(table.horizontalHeader())
    painter.setFont(table.font())
    across = left
    for column in _columns(table):
        if top:
            area = QRect(across, 0, table.columnWidth(column), top)
            _paint_name(painter, table, area, column, Qt.Orientation.Horizontal, theme)
        across += table.columnWidth(column)
    for row in range(table.model().rowCount()):
        height = table.rowHeight(row)
        if left:
            _paint_name(painter, table, QRect(0, top, left, height), row, Qt.Orientation.Vertical, theme)
        across = left
        for column in _columns(table):
            area = QRect(across, top, table.columnWidth(column), height)
            _paint_cell(painter, table, area, table.model().index(row, column), theme)
            across += area.width()
        top += height


def _paint_name(
    painter: QPainter, table: QTableView, area: QRect, place: int, side: Qt.Orientation, theme: Theme
) -> None:
    """Write the name of a row or column, after the small square of its colour where it has one."""
    model = table.model()
    swatch = model.headerData(place, side, Role.DecorationRole)
    area = area.adjusted(PADDING, 0, -PADDING, 0)
    if swatch is not None:
        painter.drawPixmap(area.left(), area.center().y() - swatch.height() // 2, swatch)
        area = area.adjusted(swatch.width() + 2 * PADDING, 0, 0, 0)
    text = str(model.headerData(place, side, Role.DisplayRole) or "")
    text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.setPen(QColor(theme.muted))
    found = model.headerData(place, side, Role.TextAlignmentRole)
    painter.drawText(QRectF(area), CENTER if found is None else int(found), text)


def _paint_cell(painter: QPainter, table: QTableView, area: QRect, index: QModelIndex, theme: Theme) -> None:
    """Let the delegate of a cell paint it, in the colours of the theme."""
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    option.rect, option.palette = area, palette(theme)
    delegate = table.itemDelegateForIndex(index)
    painter.save()
    delegate.paint(painter, option, index)
    painter.restore()
