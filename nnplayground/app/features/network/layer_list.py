"""The layers of a network that cannot be drawn as columns, from the input down to the output."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from nnplayground.app.features.network.layer_words import HOW_TO_EDIT, Row
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import LIGHT, RADIUS, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped

CENTER = Qt.AlignmentFlag.AlignCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SHAPE_HELP = "What the layer gives for one sample; of pictures channels × height × width."


class LayerList(QWidget):
    """Shows rows, and the sentence that says how such a network is edited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layer_list")
        self.rows: tuple[Row, ...] = ()
        self._area = QScrollArea(self)
        self._area.setObjectName("layer_list_area")
        self._area.setAccessibleName("Layers of the network")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._note = _quiet(HOW_TO_EDIT, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        column.setSpacing(SPACE[1])
        column.addWidget(self._area, 1)
        column.addWidget(self._note)
        self.set_theme(LIGHT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on to the list itself."""
        self._area.setFocus(event.reason())

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other rows; nothing happens when they are the same."""
        if rows == self.rows:
            return
        self.rows = rows
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, row in enumerate(rows):
            if place:
                column.addWidget(_arrow(content))
            column.addWidget(LayerRow(row, content))
        column.addStretch(1)
        position = self._area.verticalScrollBar().value()
        self._area.setWidget(content)  # the old one is deleted
        self._area.verticalScrollBar().setValue(position)

    def set_theme(self, theme: Theme) -> None:
        """Show the rows in other colours."""
        self.setStyleSheet(
            f"QScrollArea, QScrollArea > QWidget > QWidget {{ background: {theme.panel}; }}"
            f"QFrame#layer_row {{ background: {theme.window}; border: 1px solid {theme.border};"
            f" border-radius: {RADIUS}px; }}"
            f"QScrollArea:focus {{ border: 1px solid {theme.accent}; border-radius: {RADIUS}px; }}"
        )


class LayerRow(QFrame):
    """One layer: its kind and settings, what that means, and at the right what comes out of it."""

    def __init__(self, row: Row, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("layer_row")
        self.setAccessibleName(row.in_words())
        self.setAccessibleDescription(row.about)
        self.setToolTip(wrapped(row.help))
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE[2], SPACE[0], SPACE[2], SPACE[0])
        grid.setHorizontalSpacing(SPACE[2])
        grid.setVerticalSpacing(1)
        grid.addWidget(_strong(row.title, self), 0, 0)
        grid.addWidget(_small(row.settings, self), 0, 1)
        shape = _strong(row.shape, self)
        shape.setToolTip(wrapped(SHAPE_HELP if row.shape else ""))
        grid.addWidget(shape, 0, 2, RIGHT)
        grid.addWidget(_quiet(row.about, self), 1, 0, 1, 2)
        grid.addWidget(_quiet(row.parameters, self, wraps=False), 1, 2, RIGHT)
        grid.setColumnStretch(1, 1)


def _arrow(parent: QWidget) -> QLabel:
    """Return the arrow from one layer to the next."""
    label = _quiet("↓", parent, wraps=False)
    label.setAlignment(CENTER)
    return label


def _strong(text: str, parent: QWidget) -> QLabel:
    """Return a text that stands out."""
    label = PlainLabel(text, parent)
    label.setFont(tabular(scaled(label.font(), 1.0, bold=True)))
    return label


def _small(text: str, parent: QWidget) -> QLabel:
    """Return a small text that may take two lines."""
    label = PlainLabel(text, parent)
    label.setFont(tabular(scaled(label.font(), SMALL)))
    label.setWordWrap(True)
    return label


def _quiet(text: str, parent: QWidget, *, wraps: bool = True) -> QLabel:
    """Return a small quiet text."""
    label = _small(text, parent)
    label.setWordWrap(wraps)
    label.setProperty("muted", True)
    return label
