"""A slider with its name and its exact number; a whole drag is one gesture."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SPACE
from nnplayground.project.limits import Number, Whole

TICKS = 200
WIDEST_LABEL = "Learning rate"  # labels of all panels stand on one grid


class QuietSlider(QSlider):
    """A slider that lets the wheel scroll the panel around it; `begun` tells the start of each gesture.

    A drag is one gesture, and so is a key that is held down.
    """

    begun = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press begins a drag, or a jump towards the pointer."""
        self.begun.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key begins a gesture, its repetitions go on with it."""
        if not event.isAutoRepeat():
            self.begun.emit()
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()


class SliderField(QWidget):
    """Edits a number by dragging or typing; `changed(value, gesture)` follows only what the user did.

    `to_value` turns the position of the slider, 0 to 1, into a value and `to_position` goes back; between them the
    slider may be coarse, the number beside it never is. All sliders of a panel take the numbers of their drags from
    the same `gestures`.
    """

    changed = Signal(object, int)
    refused = Signal(str)

    def __init__(
        self,
        rule: Number | Whole,
        title: str,
        *,
        to_value: Callable[[float], float | int],
        to_position: Callable[[float], float],
        gestures: Iterator[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._to_value, self._to_position = to_value, to_position
        self._gesture, self._gestures = 0, gestures
        self.number = NumberField(rule, title, parent=self)
        self.number.setFixedWidth(self.number.fontMetrics().horizontalAdvance("20,000") + SPACE[2])
        self.slider = QuietSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, TICKS)
        self.slider.setAccessibleName(title)
        self.slider.setToolTip(self.number.toolTip())
        self.label = PlainLabel(WIDEST_LABEL, self)
        self.label.setFixedWidth(self.label.sizeHint().width())
        self.label.setText(title)
        self.label.setToolTip(self.number.toolTip())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self.label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        self.slider.begun.connect(self._begin)
        self.slider.actionTriggered.connect(self._slide)
        self.number.entered.connect(self._take)
        self.number.refused.connect(self.refused)

    def changeEvent(self, event: QEvent) -> None:
        """Explain slider and label in the decimal sign that the number has been explained in."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LocaleChange:
            self.number.explain()
            for part in (self.slider, self.label):
                part.setToolTip(self.number.toolTip())

    def set_name(self, name: str) -> None:
        """Name the whole, and the parts after it."""
        self.setObjectName(name)
        self.slider.setObjectName(f"{name}_slider")
        self.number.setObjectName(f"{name}_number")

    def show_value(self, value: float | int) -> None:
        """Show a value; this is no news to anybody."""
        self.number.show_value(value)
        if not self.slider.isSliderDown():
            self.slider.setValue(round(TICKS * self._to_position(float(value))))

    def _begin(self) -> None:
        self._gesture = next(self._gestures)

    def _slide(self, _action: int) -> None:
        """The user has moved the slider with mouse or keys."""
        value = self._aimed_at()
        if value != self.number.value:
            self.show_value(value)
            self.changed.emit(value, self._gesture)

    def _aimed_at(self) -> float | int:
        """Return the value under the handle; a key or a jump goes on until it meets another one than now."""
        position = self.slider.sliderPosition()
        direction = 1 if position > self.slider.value() else -1
        value = self._to_value(position / TICKS)
        if not self.slider.isSliderDown():
            while value == self.number.value and 0 < position < TICKS:
                position += direction
                value = self._to_value(position / TICKS)
        return value

    def _take(self, value: float | int) -> None:
        self.slider.setValue(round(TICKS * self._to_position(float(value))))
        self.changed.emit(value, 0)
