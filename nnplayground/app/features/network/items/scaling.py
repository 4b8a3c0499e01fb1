"""Scaling as the first step of the network: a box before each input that says what is done to it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from nnplayground.app.features.network.items.look import Look, Piece, text_width
from nnplayground.app.features.network.layout import HIT, MARGIN, Layout
from nnplayground.app.features.network.words import figure
from nnplayground.app.text.titles import SCALINGS
from nnplayground.app.ui.theme import RADIUS
from nnplayground.data.scaling import Scaling

BOX_WIDTH, WAY = 58, 12
STEP_WIDTH = BOX_WIDTH + WAY
TWO_LINES = 28
CENTER = Qt.AlignmentFlag.AlignCenter
ABOUT = (
    "Scaling is the first step: it brings all inputs to a similar size, so that one learning rate suits them. It is "
    "fitted on the training part only and goes into every exported file; plots and read-outs speak the original units."
)


class ScalingItem(Piece):
    """The boxes before the inputs; `names` are those of the inputs, `kind` that of the scaling in the document."""

    def __init__(self, look: Look, layout: Layout, names: tuple[str, ...], kind: str) -> None:
        right = layout.columns[0].center - layout.side // 2
        self._left = right - STEP_WIDTH
        super().__init__(look, QRectF(self._left - WAY, 0, STEP_WIDTH + 2 * WAY, layout.bottom), 1)
        self._layout, self._names, self._kind = layout, names, kind
        self._scaling: Scaling | None = None

    def show_scaling(self, scaling: Scaling) -> None:
        """Write other numbers, once they are known."""
        if scaling != self._scaling and scaling.name == self._kind and len(scaling.shift) == len(self._names):
            self._scaling = scaling
            self.changed()

    def explain(self, place: QPointF) -> str:
        """Return what is done to the input at a point of the scene, in words."""
        column = self._layout.columns[0]
        for unit, row in zip(column.shown, column.rows, strict=True):
            if self._box(row).contains(place):
                return f"{self._formula(unit)}{SCALINGS[self._kind].help} {ABOUT}"
        return ""

    def draw(self, painter: QPainter) -> None:
        """Paint the heading, and for each input the box and its way to the node."""
        column = self._layout.columns[0]
        painter.setFont(self.look.small)
        painter.setPen(self.look.pen("muted"))
        painter.drawText(QRectF(self._left - WAY, MARGIN + 2 * HIT, BOX_WIDTH + 2 * WAY, HIT), CENTER, self._title())
        for unit, row in zip(column.shown, column.rows, strict=True):
            box = self._box(row)
            painter.setPen(self.look.pen("muted"))
            painter.drawLine(QPointF(box.right(), box.center().y()), QPointF(box.right() + WAY, box.center().y()))
            painter.setPen(self.look.pen("border"))
            painter.setBrush(self.look.color("window"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
            painter.setPen(self.look.pen("text"))
            painter.drawText(box, CENTER, self._text(unit, is_low=box.height() < TWO_LINES))

    def _title(self) -> str:
        """Return the name of the scaling, as far as there is room for it."""
        title = SCALINGS[self._kind].name
        return title if text_width(self.look.small, title) <= BOX_WIDTH + 2 * WAY else "Scaling"

    def _box(self, row: int) -> QRectF:
        """Return the place of the box before an input, on whole pixels."""
        cell = self._layout.cell(0, row)
        height = min(cell.height, 36)
        top = cell.y + (cell.height - height) // 2
        return QRectF(self._left + 0.5, top + 0.5, BOX_WIDTH - 1, height - 1)

    def _text(self, unit: int, *, is_low: bool) -> str:
        """Return the two operations; where there is little room only the second one."""
        if self._scaling is None:
            return "…"
        shift, scale = _operations(self._scaling, unit)
        return scale if is_low else f"{shift}\n{scale}"

    def _formula(self, unit: int) -> str:
        """Return what becomes of an input, such as "bill length: (x − 44) ÷ 5.5."; nothing before it is known."""
        if self._scaling is None:
            return ""
        shift, scale = _operations(self._scaling, unit)
        return f"{self._names[unit]}: {shift}, then {scale}. "


def _operations(scaling: Scaling, unit: int) -> tuple[str, str]:
    """Return what is subtracted from an input, or added, and by what it is then divided."""
    shift = scaling.shift[unit]
    first = f"+ {figure(-shift)}" if shift < 0 else f"− {figure(shift)}"
    return first, f"÷ {figure(scaling.scale[unit])}"
