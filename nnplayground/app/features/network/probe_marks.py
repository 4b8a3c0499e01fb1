"""What each neuron answers at the probe: a plate with the number on every neuron, in the colour of the value scale."""

from __future__ import annotations

from math import isfinite, isnan

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene, QGraphicsSimpleTextItem

from nnplayground.app.features.network.items.look import Look
from nnplayground.app.features.network.layout import Layout
from nnplayground.app.features.network.pieces import Pieces
from nnplayground.app.ui.contrast import readable
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.app.ui.theme import SMALL, scaled
from nnplayground.arrays import Floats
from nnplayground.explain.figures import number_text

DEPTH = 4.5
"""Above the neurons and their biases, below what the pointer tells."""
LEAST_SIDE, LARGE_SIDE = 30, 42
"""On smaller neurons there is only the colour, on large ones the number is as large as other labels."""
LEAST_HEIGHT = 8.0


class Plate:
    """The plate of one neuron: its colour follows every frame, its number at a pace that can be read."""

    def __init__(self, look: Look, area: QRectF, *, has_text: bool) -> None:
        self._look, self._area = look, area
        self._step: int | None = None
        self.item = QGraphicsRectItem(area)
        self.item.setZValue(DEPTH)
        self.item.setPen(QPen(look.color("text"), 1.0))
        self._text: QGraphicsSimpleTextItem | None = None
        if has_text:
            self._text = QGraphicsSimpleTextItem(self.item)
            self._text.setFont(font_for(look, round(area.width())))

    def show_value(self, value: float) -> None:
        """Take the colour of a value."""
        step = self._look.value_index(value)
        if step == self._step:
            return
        self._step = step
        ground = QColor.fromRgb(int(self._look.table[step]))
        self.item.setBrush(ground)
        if self._text is not None:
            self._text.setBrush(readable(self._look.color("text"), ground))

    def write(self, value: float) -> None:
        """Write the number as long as it may be."""
        if self._text is None:
            return
        self._text.setText(short_text(value))
        size = QFontMetricsF(self._text.font())
        self._text.setPos(
            self._area.center().x() - size.horizontalAdvance(self._text.text()) / 2.0,
            self._area.center().y() - size.height() / 2.0,
        )

    @property
    def text(self) -> str:
        """The number as it is written."""
        return "" if self._text is None else self._text.text()


class ProbeMarks:
    """Keeps the plates up to date. The scene deletes them together with all other items: `forget` before that."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._activations: tuple[Floats, ...] | None = None
        self._places: tuple[Pieces, Layout, Look] | None = None
        self._plates: list[tuple[Plate, int, int]] = []  # with the column and the unit
        self._pacer = Pacer(self._write, scene)

    @property
    def plates(self) -> list[tuple[Plate, int, int]]:
        """The plates on show, each with its column and its unit."""
        return self._plates

    def forget(self) -> None:
        """Take note that all items are gone."""
        self._plates, self._places = [], None

    def renew(self, pieces: Pieces, layout: Layout, look: Look) -> None:
        """Make all plates anew in a scene that holds others."""
        self._places = pieces, layout, look
        self.show(self._activations)

    def show(self, activations: tuple[Floats, ...] | None) -> None:
        """Show what the inputs are and each layer answers, or nothing; what is not of this network is left out."""
        self._activations = activations
        if activations is None or not self._fits(activations):
            self._clear()
            return
        is_new = not self._plates
        if is_new:
            self._make()
        for plate, column, unit in self._plates:
            plate.show_value(float(activations[column][unit]))
        if is_new:
            self._pacer.now()
        else:
            self._pacer.ask()

    def _write(self) -> None:
        """Write the numbers of this moment."""
        for plate, column, unit in self._plates:
            if self._activations is not None:
                plate.write(float(self._activations[column][unit]))

    def _fits(self, activations: tuple[Floats, ...]) -> bool:
        if self._places is None:
            return False
        columns = self._places[1].columns
        return [len(layer) for layer in activations] == [column.units for column in columns]

    def _clear(self) -> None:
        for plate, _, _ in self._plates:
            self._scene.removeItem(plate.item)
        self._plates = []

    def _make(self) -> None:
        """Make a plate for each neuron that has a place."""
        if self._places is None:
            return
        pieces, layout, look = self._places
        has_text = layout.side >= LEAST_SIDE
        height = QFontMetricsF(font_for(look, layout.side)).height() if has_text else LEAST_HEIGHT
        for number, column in enumerate(layout.columns):
            for neuron, unit in zip(pieces.neurons[number], column.shown, strict=True):
                box = neuron.box
                area = QRectF(box.x + 0.5, box.y + 0.5, box.width - 1.0, min(height, box.height - 1.0))
                plate = Plate(look, area, has_text=has_text)
                self._scene.addItem(plate.item)
                self._plates.append((plate, number, unit))


def font_for(look: Look, side: int) -> QFont:
    """Return the font of a number on a neuron of this size."""
    return look.small if side >= LARGE_SIDE else scaled(look.small, SMALL)


def short_text(value: float) -> str:
    """Return a number in few characters: two digits behind the point, fewer where it is large."""
    if not isfinite(value):
        return "–" if isnan(value) else number_text(value)
    if abs(value) < 9.995:
        return f"{value + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "−")
    return f"{value:.0f}".replace("-", "−") if abs(value) < 9999.5 else f"{value:.0e}".replace("-", "−")
