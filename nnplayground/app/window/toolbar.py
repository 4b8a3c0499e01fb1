"""The toolbar: one row, the most important button first and largest."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolBar, QToolButton, QWidget

from nnplayground.app.widgets.readouts import Readouts
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.app.window.words import READOUTS
from nnplayground.training.pace import Pace

PACES: dict[str, Pace] = {
    "1 batch a second": Pace(batches_per_second=1.0),
    "10 batches a second": Pace(batches_per_second=10.0),
    "1 epoch a second": Pace(epochs_per_second=1.0),
    "10 epochs a second": Pace(epochs_per_second=10.0),
    "60 epochs a second": Pace(epochs_per_second=60.0),
    "Flat out": Pace(),
}
START_PACE = "60 epochs a second"
WORDED = ("play", "step_batch", "step_epoch", "restart", "new_weights")
ICON_SIZE = QSize(18, 18)
HEIGHT = 43  # said here because a style sheet counts its padding only from its second change on


class ToolBar(QToolBar):
    """Play, step, restart, speed; the read-outs; undo, redo, export."""

    pace_chosen = Signal(object)

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget) -> None:
        super().__init__("Training control", parent)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(ICON_SIZE)
        self.setFixedHeight(HEIGHT)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in WORDED:
            self._add(actions[name], worded=True)
        self.speed = self._make_speed()
        self.addWidget(self.speed)
        self.readouts = Readouts(READOUTS, self)
        self._add_space()
        self.addWidget(self.readouts)
        self._add_space()
        for name in ("undo", "redo"):
            self._add(actions[name], worded=False)
        self._add(actions["export"], worded=True)

    def show_readouts(self, values: Mapping[str, str], *, score: str) -> None:
        """Show the numbers of a moment; `score` is the word for the last one."""
        self.readouts.rename("score", score)
        self.readouts.show_values(values)

    def clear_readouts(self) -> None:
        """Show that there is nothing to read."""
        self.readouts.show_values({entry.key: "–" for entry in READOUTS})
        self.readouts.show_now()

    def _add(self, action: QAction, *, worded: bool) -> None:
        button = QToolButton(self)
        button.setObjectName(f"{action.objectName()}_button")
        button.setAccessibleName(action.iconText())
        button.setDefaultAction(action)
        style = Qt.ToolButtonStyle
        button.setToolButtonStyle(style.ToolButtonTextBesideIcon if worded else style.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(button)

    def _make_speed(self) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("speed")
        box.setAccessibleName("Training speed")
        box.setToolTip(wrapped("How fast the network trains. The result of an epoch is the same at every speed."))
        box.addItems(list(PACES))
        box.setCurrentText(START_PACE)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.textActivated.connect(self._choose)
        return box

    def _choose(self, text: str) -> None:
        self.pace_chosen.emit(PACES[text])

    def _add_space(self) -> None:
        space = QWidget(self)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
