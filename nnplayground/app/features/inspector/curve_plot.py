"""Draws the activation curve of a neuron, and under it where its sums lie at this moment."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem, QVBoxLayout, QWidget

from nnplayground.app.features.inspector.curve import Curve, bars_of, curve_of, ends_of
from nnplayground.app.ui.plots.frame import PlotFrame, hairlines, thin_pen
from nnplayground.app.ui.plots.ticks import linear_ticks
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.arrays import Floats
from nnplayground.training.observe.inspections import Range

HELP = (
    "The activation function of this neuron: its weighted sum z goes in at the bottom, its answer is read off the "
    "curve. The bars show how often each z comes up in the training samples, the shaded band holds 90 % of them. "
    "Where the curve is flat under the band, the neuron learns little."
)
FAINT, BAND = 0.45, 0.10
RIGHT_MARGIN = 8.0


class CurvePlot(QWidget):
    """Shows one neuron; it draws only what has changed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("inspector_curve")
        self.setAccessibleName("Activation curve")
        self.setToolTip(wrapped(HELP))
        self._theme = LIGHT
        self._drawn: tuple[str, float, float] | None = None
        self._range: Range | None = None
        self._curve: Curve | None = None
        self.frame = PlotFrame(self)
        self.frame.setMinimumSize(160, 48)
        self.frame.set_margins(0.0, 6.0, RIGHT_MARGIN, 0.0)
        self._band, self._bars, self._line = QGraphicsRectItem(), QGraphicsPathItem(), QGraphicsPathItem()
        for item in (self._band, self._bars, self._line):
            self.frame.box.addItem(item, ignoreBounds=True)
        self.frame.box.sigResized.connect(self._draw_line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)

    def show_range(self, activation: str, found: Range | None) -> None:
        """Show the curve, and where the sums lie once they are known."""
        low, high = ends_of(found.histogram) if found is not None else (0.0, 0.0)
        curve = curve_of(activation, low, high)
        wanted = activation, *curve.across
        if wanted != self._drawn:
            self._drawn, self._curve = wanted, curve
            self._draw_frame(activation, curve)
        if found is not self._range:
            self._range = found
            self._draw_range()

    def export_table(self) -> dict[str, Floats]:
        """Return the curve as columns of equal length: sums and answers."""
        return {} if self._curve is None else {"z": self._curve.z, "a": self._curve.a}

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.frame.set_theme(theme)
        faint, band = QColor(theme.muted), QColor(theme.accent)
        faint.setAlphaF(FAINT)
        band.setAlphaF(BAND)
        for item, color in ((self._bars, faint), (self._band, band)):
            item.setPen(Qt.PenStyle.NoPen)
            item.setBrush(color)
        self._line.setPen(thin_pen(theme.accent))

    def _draw_frame(self, activation: str, curve: Curve) -> None:
        """Set ranges and axes for another curve."""
        name = "Lead over the other outputs" if activation == "softmax" else "z, the weighted sum"
        self.frame.set_range(curve.across, curve.up)
        self.frame.set_axis("bottom", name, linear_ticks(*curve.across, most=5))
        self.frame.set_axis("left", "", linear_ticks(*curve.up, most=3))
        self._draw_line()
        self._draw_range()

    def _draw_line(self) -> None:
        """Draw the curve for the pixels of the plot."""
        if self._curve is not None:
            pixel = self.frame.pixel()
            self._line.setPath(hairlines(self._curve.z, self._curve.a, connect="all", pixel=pixel))

    def _draw_range(self) -> None:
        """Draw the bars and the band."""
        path, band = QPainterPath(), QRectF()
        if self._range is not None and self._curve is not None and self._range.histogram.counts.any():
            bottom, top = self._curve.up
            edges, tops = bars_of(self._range.histogram, self._curve.up)
            for left, right, height in zip(edges[:-1].tolist(), edges[1:].tolist(), tops.tolist(), strict=True):
                path.addRect(left, bottom, right - left, height - bottom)
            band = QRectF(self._range.low, bottom, self._range.high - self._range.low, top - bottom)
        self._bars.setPath(path)
        self._band.setRect(band)
