"""The inputs that are not on the axes: one slider for each, in a window of its own beside the map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnplayground.app.features.output.slider_scale import slider_scale
from nnplayground.app.ui.fields.slider_field import QuietSlider
from nnplayground.app.ui.plain_text import PlainLabel, one_line
from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.theme import NORMAL, RADIUS, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.explain.figures import number_text
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.run.prepare import Prepared

MOST_ROWS = 40
"""More sliders than these nobody looks through; the others are found by their names."""
FEW_ROWS = 12
NAME_WIDTH, SLIDER_WIDTH = 132, 130
TALLEST = 400
HELP = "The map shows what the network answers with these inputs fixed. They begin at their mean."


def matching(names: Sequence[str], places: Sequence[int], text: str) -> list[int]:
    """Return those of `places` whose names hold `text`, whatever its case; those that begin with it come first."""
    wanted = text.strip().casefold()
    found = [place for place in places if wanted in names[place].casefold()]
    return sorted(found, key=lambda place: not names[place].casefold().startswith(wanted)) if wanted else found


class MeanSlider(QuietSlider):
    """A slider that a double click takes back; `taken_back` tells of it."""

    taken_back = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go back to the mean."""
        self.taken_back.emit()
        event.accept()


class InputRow(QWidget):
    """One input: its name, a slider over the range of the data, its value in its own units and a way back.

    `wished` carries the index of the input and the value, or `None` for the mean.
    """

    wished = Signal(int, object)

    def __init__(self, place: int, name: str, bounds: tuple[float, float], parent: QWidget) -> None:
        super().__init__(parent)
        self.place, name = place, one_line(name)
        self._scale = slider_scale(*bounds)
        self._name = ElidedLabel(self)
        self._name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name.setFixedWidth(NAME_WIDTH)
        self._name.set_whole_text(name)
        self.slider = MeanSlider(Qt.Orientation.Horizontal, self)
        self.slider.setObjectName(f"other_input_{place}")
        self.slider.setAccessibleName(name)
        self.slider.setToolTip(wrapped(f"{name}: drag to fix it; a double click goes back to its mean."))
        self.slider.setRange(0, self._scale.count - 1)
        self.slider.setMinimumSize(SLIDER_WIDTH, 24)
        self._value = PlainLabel(self)
        self._value.setFont(tabular(self.font()))
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._value.setFixedWidth(self._value.fontMetrics().horizontalAdvance("−88.8e−88"))
        self.mean = QToolButton(self)
        self.mean.setObjectName(f"other_input_{place}_mean")
        self.mean.setText("Mean")
        self.mean.setAccessibleName(f"{name} at its mean")
        self.mean.setToolTip(wrapped(f"Put {name} back to its mean over the training part."))
        self.mean.setProperty("chip", True)
        self.mean.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self._name)
        row.addWidget(self.slider, 1)
        row.addWidget(self._value)
        row.addWidget(self.mean)
        self.slider.actionTriggered.connect(self._slid)
        self.slider.taken_back.connect(self._back_to_mean)
        self.mean.clicked.connect(self._back_to_mean)

    def show_value(self, value: float, *, is_mean: bool) -> None:
        """Show where the input stands; this is no news to anybody."""
        self._value.setText(number_text(value))
        self.mean.setEnabled(not is_mean)
        if not self.slider.isSliderDown():
            self.slider.setValue(self._scale.position(value))

    def _slid(self, _action: int) -> None:
        self.wished.emit(self.place, self._scale.value(self.slider.sliderPosition()))

    def _back_to_mean(self) -> None:
        self.slider.setSliderDown(False)
        self.wished.emit(self.place, None)


class OtherInputs(QFrame):
    """The window with the sliders; a click beside it or Escape closes it.

    `wished` carries the index of an input and its new value, or `None` for its mean; `all_to_mean` wants that of all.
    """

    wished = Signal(int, object)
    all_to_mean = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("other_inputs")
        self.setAccessibleName("Other inputs")
        self._data: Prepared | None = None
        self._request = MapRequest()
        self._rows: dict[int, InputRow] = {}
        self._shown: tuple[Prepared, list[int]] | None = None
        self._build()

    def set_theme(self, theme: Theme) -> None:
        """Recolour the window."""
        self.setStyleSheet(
            f"QFrame#other_inputs {{ background: {theme.panel}; border: 1px solid {theme.border}; "
            f"border-radius: {RADIUS}px; }} QScrollArea, QWidget#other_inputs_rows {{ background: {theme.panel}; }}"
        )
        for label in (self._help, self._count):
            label.setStyleSheet(f"color: {theme.muted};")

    def show_request(self, data: Prepared, request: MapRequest) -> None:
        """Show where the inputs outside the plane stand."""
        self._data, self._request = data, request
        if self.isVisible():
            self._draw()

    def open_beside(self, view: QWidget, button: QWidget) -> None:
        """Open left of `view`, so that its map can be seen; below `button` where there is no room."""
        self._find.clear()
        self._draw()
        self._fit()
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + SPACE[0]))
        beside = view.mapToGlobal(QPoint(-self.width() - SPACE[0], 0)).x()
        screen = view.screen().availableGeometry()
        left = beside if beside >= screen.left() else max(corner.x(), screen.left())
        top = min(corner.y(), screen.bottom() - self.height())
        self.move(left, max(top, screen.top()))
        self.show()
        if self._find.isVisible():
            self._find.setFocus()
        elif self._rows:
            next(iter(self._rows.values())).slider.setFocus()

    def _build(self) -> None:
        self._title = PlainLabel("Other inputs", self)
        self._title.setFont(scaled(self.font(), NORMAL, bold=True))
        self._help = PlainLabel(HELP, self)
        self._help.setWordWrap(True)
        self._count = PlainLabel(self)
        for label in (self._help, self._count):
            label.setFont(scaled(self.font(), SMALL))
        self._find = QLineEdit(self)
        self._find.setObjectName("other_inputs_find")
        self._find.setAccessibleName("Find an input")
        self._find.setPlaceholderText("Find an input by its name")
        self._find.setToolTip("Type a part of the name of an input.")
        self._all = QPushButton("Put all back to their mean", self)
        self._all.setObjectName("other_inputs_mean")
        self._all.setToolTip("Put every other input back to its mean over the training part.")
        content = QWidget()
        content.setObjectName("other_inputs_rows")
        self._list = QVBoxLayout(content)
        self._list.setContentsMargins(0, 0, SPACE[1], 0)
        self._list.setSpacing(SPACE[0])
        self._list.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[1], SPACE[1], SPACE[1])
        column.setSpacing(SPACE[1])
        for part in (self._title, self._help, self._find, self._area, self._count, self._all):
            column.addWidget(part)
        self._find.textChanged.connect(self._draw)
        self._all.clicked.connect(self.all_to_mean)

    def _draw(self) -> None:
        """Show the rows that are wanted, with the values of this moment."""
        data = self._data
        if data is None:
            return
        names = data.samples.input_names
        off_axes = [place for place in range(len(names)) if place not in (self._request.across, self._request.up)]
        found = matching(names, off_axes, self._find.text())
        if self._shown is None or self._shown[0] is not data or self._shown[1] != found[:MOST_ROWS]:
            self._make_rows(data, found[:MOST_ROWS])
        fixed = dict(self._request.others)
        for place, row in self._rows.items():
            row.show_value(fixed.get(place, float(data.input_means[place])), is_mean=place not in fixed)
        self._find.setVisible(len(off_axes) > FEW_ROWS)
        self._count.setVisible(len(found) != len(off_axes) or len(found) > MOST_ROWS)
        self._count.setText(f"{min(len(found), MOST_ROWS)} of {len(off_axes):,} inputs are shown.")
        self._all.setEnabled(any(place in fixed for place in off_axes))

    def _make_rows(self, data: Prepared, places: list[int]) -> None:
        """Make a row for each of the inputs."""
        for row in self._rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self._shown = {}, (data, places)
        for index, place in enumerate(places):
            low, high = data.samples.bounds[place].tolist()
            row = InputRow(place, data.samples.input_names[place], (low, high), self)
            row.wished.connect(self.wished)
            self._list.insertWidget(index, row)
            row.show()
            self._rows[place] = row

    def _fit(self) -> None:
        """Be as tall as the rows need, and then scroll."""
        rows = self._list.sizeHint()
        self._area.setFixedHeight(min(rows.height() + SPACE[0], TALLEST))
        self._area.setFixedWidth(rows.width() + SPACE[2])
        # The lines of the help follow from the width, and the height of the window from them.
        self._help.setFixedHeight(self._help.heightForWidth(rows.width() + SPACE[2]))
        self.adjustSize()
