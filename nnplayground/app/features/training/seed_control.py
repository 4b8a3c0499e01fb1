"""The seed of the first weights beside the button that draws others: shown, typed, stepped through and copied."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from nnplayground.app.ui.fields.seed_field import SeedField
from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import HIT_AREA, SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.edits import weights_seed
from nnplayground.project.limits import Whole
from nnplayground.project.model import MAX_SEED, Project

TITLE = "Seed of the first weights"
RULE = Whole(
    0,
    MAX_SEED,
    "The number from which the first weights are drawn: the same number gives the same weights on every machine. "
    "Type one to have its weights, or go through them with the arrow keys. The data have a seed of their own "
    "(Data, “More settings”).",
    optional=True,
)
EMPTY = "the data seed"
GIVEN = "given"
COPY = "Copy the seed of the first weights, to write it down or to send it to somebody."
ICON = QSize(16, 16)
DIGITS = "888888"


class SeedControl(QWidget):
    """Shows the seed that draws the first weights; `chosen` carries another one, or `None` for that of the data.

    Where the document gives the weights themselves, no seed draws them and the field says so. `said` tells that a seed
    was copied, `refused` what cannot be a seed.
    """

    chosen = Signal(object)
    refused = Signal(str)
    said = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("seed_control")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._label = label = PlainLabel("Seed", self)
        label.setProperty("muted", True)
        self.field = SeedField(RULE, TITLE, empty=EMPTY, parent=self)
        self.field.setObjectName("weights_seed")
        self.field.setFixedWidth(self.field.fontMetrics().horizontalAdvance(DIGITS) + 2 * SPACE[1])
        self.field.entered.connect(self.chosen)
        self.field.refused.connect(self.refused)
        label.setToolTip(self.field.toolTip())
        label.setBuddy(self.field)
        self.copy = self._button()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, SPACE[1], 0)
        row.setSpacing(SPACE[0])
        for widget in (label, self.field):
            row.addWidget(widget)
        row.addWidget(self.copy)

    def show_project(self, project: Project) -> None:
        """Show the seed of a project; this is no news to anybody."""
        if project.parameters is not None:
            self.field.show_given(GIVEN)
        else:
            self.field.show_value(weights_seed(project))
        self.copy.setEnabled(project.parameters is None)

    def show_label(self, *, wanted: bool) -> None:
        """Show the word before the field, or do without it where there is no room."""
        self._label.setVisible(wanted)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in other colours."""
        self.copy.setIcon(icon("copy", theme.text))

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("copy_seed")
        button.setProperty("slim", True)
        button.setAccessibleName("Copy the seed")
        button.setToolTip(wrapped(COPY))
        button.setIconSize(ICON)
        button.setFixedSize(HIT_AREA, HIT_AREA)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._copy)
        return button

    def _copy(self) -> None:
        """Put the seed on the clipboard."""
        if self.field.value is not None:
            QGuiApplication.clipboard().setText(str(self.field.value))
            self.said.emit(f"The seed {self.field.value} is copied.")
