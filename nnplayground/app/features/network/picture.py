"""The whole network as a part of a picture, however little of it is in view."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QTransform

from nnplayground.app.features.network.canvas import Canvas
from nnplayground.app.features.network.items.neuron import NeuronItem
from nnplayground.app.features.network.layout import FOOT
from nnplayground.app.ui.pictures.scenes import paint_scene
from nnplayground.app.ui.theme import Theme


class NetworkPart:
    """Paints the editor as large as it is shown, without what is there to change the network."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def size(self) -> QSize:
        """Return how large the whole network is at the zoom of now."""
        zoom, area = self._canvas.navigator.zoom, self._area()
        return QSize(round(area.width() * zoom), round(area.height() * zoom))

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint all of it; what is out of view is brought up to date for that."""
        canvas, network, zoom, area = self._canvas, self._canvas.network, self._canvas.navigator.zoom, self._area()
        seen = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
        network.show_pointer(None)
        network.show_part(area)
        to_picture = QTransform.fromTranslate(-area.x(), -area.y()) * QTransform.fromScale(zoom, zoom)
        paint_scene(painter, network, to_picture, QRectF(0.0, 0.0, *self.size().toTuple()))
        network.show_part(seen)

    def _area(self) -> QRectF:
        """Return the part of the scene with the network in it, and below it room for the legend."""
        whole, layout = self._canvas.network.sceneRect(), self._canvas.network.layout
        neurons = [item for item in self._canvas.network.items() if isinstance(item, NeuronItem)]
        if layout is None or not neurons:
            return whole
        below = 1.2 * layout.cell(0, 0).height  # for what stands below an output
        bottom = max(item.sceneBoundingRect().bottom() for item in neurons) + below
        bottom = max([bottom, *(bar.box.bottom for bar in layout.bars)])
        foot = FOOT / self._canvas.navigator.zoom
        return QRectF(whole.x(), whole.y(), whole.width(), min(bottom + foot, whole.height()))
