"""The bar of the drawing mode: tools and brush above, classes or the value below."""

from __future__ import annotations

from functools import partial
from itertools import count

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnplayground.app.features.drawing.palette import Palette
from nnplayground.app.features.drawing.tools import (
    DENSEST,
    LARGEST_BRUSH,
    SMALLEST_BRUSH,
    THINNEST,
    TOOLS,
    Tool,
    key_of,
)
from nnplayground.app.ui.fields.slider_field import QuietSlider, SliderField
from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import HIT_AREA, LIGHT, SMALL, SPACE, Theme, scaled
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.data.samples import PARTS
from nnplayground.project.drawing import value_ends
from nnplayground.project.limits import Number
from nnplayground.project.model import PointsSource
from nnplayground.project.strokes import Brush

SLIDER, CHOICE_HEIGHT = 64, 28
SWATCH, RATIO = 16, 2.0
VALUE = "The value of the points that are drawn next."
TASKS = {"classification": "Classes", "regression": "Values"}
PART_TITLES = ("Training points", "Validation points", "Test points")
PART_HELP = (
    "To which part the points belong that are drawn next. Training points are learned from, validation points choose "
    "the best epoch, test points only tell how good the network is."
)
TASK_HELP = (
    "Whether points are of a class or have a value to predict. Points that are there are turned into the other kind, "
    "and training starts over."
)


class DrawingBar(QWidget):
    """Shows tool, brush, class or value; what the user chooses comes as a signal and is shown at once.

    `task_chosen(task)`, `part_chosen(part)`, `cleared()` and `done()` ask the owner.
    """

    tool_chosen = Signal(object)
    brush_changed = Signal(object)
    value_chosen = Signal(float)
    task_chosen = Signal(str)
    part_chosen = Signal(str)
    cleared = Signal()
    done = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("drawing_bar")
        self.setAccessibleName("Drawing tools")
        self.ends, self._theme = (-1.0, 1.0), LIGHT
        self.tools = {spec.tool: self._tool(spec.text, place) for place, spec in enumerate(TOOLS)}
        self.radius = self._slider("brush_size", "Brush size", SMALLEST_BRUSH, LARGEST_BRUSH)
        self.density = self._slider("brush_density", "Density of the spray", THINNEST, DENSEST)
        self.task = self._task()
        self.part_row, self.parts = self._part_choice()
        self.classes = Palette(self)
        self.value = self._value()
        self.swatch = PlainLabel(self)
        self.swatch.setObjectName("drawing_swatch")
        self.note = PlainLabel(self)
        self.note.setObjectName("drawing_note")
        self.note.setProperty("muted", True)
        self.note.setFont(scaled(self.font(), SMALL))
        self.note.hide()
        self.clear = self._button("clear_drawing", "Clear", "Take all points away; undo brings them back.")
        self.finish = self._button("finish_drawing", "Done", "Put the drawing tools away (D). The points stay.")
        self._lay_out()
        self._connect()
        self._show_brush_words()

    @property
    def tool(self) -> Tool:
        """The tool that is chosen."""
        return next(tool for tool, button in self.tools.items() if button.isChecked())

    @property
    def brush(self) -> Brush:
        """The brush that is set."""
        return Brush(float(self.radius.value()), float(self.density.value()))

    @property
    def part(self) -> str:
        """The part that points belong to which are drawn next, where the split is given."""
        return PARTS[self.parts.currentIndex()]

    def show_parts(self, *, given: bool) -> None:
        """Offer the choice of the part where points are marked with it, and only there."""
        self.part_row.setVisible(given)

    def show_note(self, text: str) -> None:
        """Say what is missing, beside the classes; without text nothing is said."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def show_value(self, value: float) -> None:
        """Show the value that is drawn next, and its colour."""
        self.value.show_value(value)
        farthest = max(map(abs, self.ends))
        picture = QPixmap(round(SWATCH * RATIO), round(SWATCH * RATIO))
        picture.setDevicePixelRatio(RATIO)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.muted))
        painter.setBrush(self._theme.value_color(value / farthest))
        painter.drawEllipse(QRectF(1.0, 1.0, SWATCH - 2.0, SWATCH - 2.0))
        painter.end()
        self.swatch.setPixmap(picture)

    def choose_tool(self, tool: Tool) -> None:
        """Take a tool, as a click on it would."""
        self.tools[tool].click()

    def step_size(self, steps: int) -> None:
        """Make the brush larger or smaller."""
        self.radius.setValue(self.radius.value() + 2 * steps)

    def show_source(self, source: PointsSource, *, current: int) -> None:
        """Show classes or values of a drawing; this is no news to anybody."""
        has_classes = bool(source.classes)
        self.task.setCurrentIndex(list(TASKS).index(source.task))
        self.classes.setVisible(has_classes)
        for part in (self.value, self.swatch):
            part.setVisible(not has_classes)
        self.clear.setEnabled(bool(source.points))
        if has_classes:
            self.classes.show_classes(source.classes, current=current)
        else:
            self.ends = value_ends(source.points)
            self.value.number.rule = Number(*self.ends, VALUE)

    def set_theme(self, theme: Theme) -> None:
        """Draw icons and marks in other colours."""
        self._theme = theme
        self.show_value(float(self.value.number.value or 0.0))
        for spec in TOOLS:
            self.tools[spec.tool].setIcon(icon(spec.icon, theme.text))
        self.classes.set_theme(theme)

    def _tool(self, text: str, place: int) -> QToolButton:
        spec = TOOLS[place]
        button = QToolButton(self)
        button.setObjectName(f"tool_{spec.tool.value}")
        button.setAccessibleName(text)
        button.setToolTip(wrapped(f"{text} ({key_of(spec)}): {spec.help}"))
        button.setCheckable(True)
        button.setMinimumSize(HIT_AREA + 4, HIT_AREA)
        button.setProperty("slim", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _slider(self, name: str, title: str, low: int, high: int) -> QuietSlider:
        slider = QuietSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName(name)
        slider.setAccessibleName(title)
        slider.setRange(low, high)
        slider.setFixedWidth(SLIDER)
        slider.setMinimumHeight(HIT_AREA)
        return slider

    def _task(self) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("drawing_task")
        box.setAccessibleName("What is drawn")
        box.setToolTip(wrapped(TASK_HELP))
        box.addItems(list(TASKS.values()))
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return box

    def _part_choice(self) -> tuple[QWidget, QComboBox]:
        """Return the row that chooses to which part the next points belong, and its list."""
        row = QWidget(self)
        box = QComboBox(row)
        box.setObjectName("drawing_part")
        box.setAccessibleName("Part of the points")
        box.setToolTip(wrapped(PART_HELP))
        box.addItems(list(PART_TITLES))
        box.setMinimumHeight(HIT_AREA)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        label = PlainLabel("Draws", row)
        label.setFont(scaled(self.font(), SMALL))
        label.setBuddy(box)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE[0])
        line.addWidget(label)
        line.addWidget(box)
        line.addStretch(1)
        row.hide()
        return row, box

    def _value(self) -> SliderField:
        rule = Number(*self.ends, VALUE)
        value = SliderField(
            rule, "Value", to_value=self._value_at, to_position=self._position_of, gestures=count(1), parent=self
        )
        value.set_name("drawing_value")
        value.label.setFixedWidth(value.label.fontMetrics().horizontalAdvance("Value") + SPACE[0])
        value.show_value(1.0)
        return value

    def _value_at(self, position: float) -> float:
        low, high = self.ends
        return round(low + position * (high - low), 2)

    def _position_of(self, value: float) -> float:
        low, high = self.ends
        return (value - low) / (high - low)

    def _button(self, name: str, text: str, about: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setToolTip(wrapped(about))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumHeight(HIT_AREA)
        return button

    def _lay_out(self) -> None:
        above, below = QHBoxLayout(), QHBoxLayout()
        for button in self.tools.values():
            above.addWidget(button)
        above.addSpacing(SPACE[0])
        for title, slider in (("Size", self.radius), ("Density", self.density)):
            label = PlainLabel(title, self)
            label.setFont(scaled(self.font(), SMALL))
            label.setBuddy(slider)
            above.addWidget(label)
            above.addWidget(slider)
        above.addStretch(1)
        above.addWidget(self.clear)
        above.addWidget(self.finish)
        for part, stretch in ((self.task, 0), (self.classes, 1), (self.note, 0), (self.swatch, 0), (self.value, 1)):
            below.addWidget(part, stretch)
        for choice in (self.classes, self.value):
            choice.setFixedHeight(CHOICE_HEIGHT)  # so that the plot stays where it is when the task changes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        for row in (above, below):
            row.setSpacing(SPACE[0])
            column.addLayout(row)
        column.addWidget(self.part_row)

    def _connect(self) -> None:
        group = QButtonGroup(self)
        for tool, button in self.tools.items():
            group.addButton(button)
            button.clicked.connect(partial(self._choose_tool, tool))
        self.tools[Tool.PLACE].setChecked(True)
        brush = Brush()
        self.radius.setValue(round(brush.radius))
        self.density.setValue(round(brush.density))
        for slider in (self.radius, self.density):
            slider.valueChanged.connect(self._brush_changed)
        self.task.activated.connect(self._choose_task)
        self.parts.activated.connect(self._choose_part)
        self.value.changed.connect(self._choose_value)
        self.value.refused.connect(self.refused)
        self.clear.clicked.connect(self.cleared)
        self.finish.clicked.connect(self.done)

    def _choose_tool(self, tool: Tool) -> None:
        """Tell of the tool; a brush that it does not have cannot be set."""
        self.radius.setEnabled(tool is not Tool.MOVE)
        self.density.setEnabled(tool is Tool.PLACE)
        self.tool_chosen.emit(tool)

    def _brush_changed(self, _value: int) -> None:
        self._show_brush_words()
        self.brush_changed.emit(self.brush)

    def _show_brush_words(self) -> None:
        """Say in the tooltips what the sliders stand at."""
        self.radius.setToolTip(
            wrapped(
                f"Brush and eraser reach {self.radius.value()} pixels around the pointer. The wheel changes it too."
            )
        )
        self.density.setToolTip(wrapped(f"A spray leaves {self.density.value()} points on a way of 100 pixels."))

    def _choose_part(self, _place: int) -> None:
        self.part_chosen.emit(self.part)

    def _choose_task(self, place: int) -> None:
        self.task_chosen.emit(list(TASKS)[place])

    def _choose_value(self, value: float, _gesture: int) -> None:
        self.value_chosen.emit(value)
