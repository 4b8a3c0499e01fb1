"""The toolbar: one row, the most important button first and largest."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from nnplayground.app.features.training.seed_control import SeedControl
from nnplayground.app.features.training.speed import SpeedBox
from nnplayground.app.shell.words import READOUTS
from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.split_button import SplitButton
from nnplayground.app.ui.readouts import Readouts
from nnplayground.app.ui.theme import SPACE, Theme
from nnplayground.project.model import Project

STEPS = ("step_epoch", "step_batch", "step_sample")
ICON_SIZE = QSize(18, 18)
WITH_WORD, ICON_ONLY = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
# Where the fonts are large or the window is small, these give up their words first; their icons and tooltips stay.
GIVE_WAY = ("export", "restart", "new_weights")
HEIGHT = 43  # said here because a style sheet counts its padding only from its second change on


class ToolBar(QToolBar):
    """Play, step, restart, new weights and their seed, speed; the read-outs; undo, redo, export."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget) -> None:
        super().__init__("Training control", parent)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(ICON_SIZE)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._worded: dict[str, QToolButton] = {}
        self._add(actions["play"], worded=True)
        self.steps = SplitButton("step", [actions[name] for name in STEPS], [actions["run_to"]], self)
        self.addWidget(self.steps)
        for name in ("restart", "new_weights"):
            self._add(actions[name], worded=True)
        self.seed, self.speed = SeedControl(self), SpeedBox(self)
        self.readouts = Readouts(READOUTS, self)
        self.readouts.show_entry("validation", visible=False)
        self._has_validation = False
        self.addWidget(self.seed)
        self.addWidget(self.speed)
        self._add_space()
        self.addWidget(self.readouts)
        self._add_space()
        for name in ("undo", "redo"):
            self._add(actions[name], worded=False)
        self._add(actions["export"], worded=True)
        self.setFixedHeight(max(HEIGHT, self.readouts.sizeHint().height() + 2 * SPACE[0]))

    def show_project(self, project: Project) -> None:
        """Show the seed of the first weights; this is no news to anybody."""
        self.seed.show_project(project)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.seed.set_theme(theme)

    def show_readouts(self, values: Mapping[str, str], *, names: Mapping[str, Title]) -> None:
        """Show the numbers of a moment; `names` has the words for some of them."""
        renamed = [self.readouts.rename(key, name.name, name.help) for key, name in names.items()]
        has_validation = values.get("validation", "–") != "–"
        if has_validation != self._has_validation:
            self._has_validation = has_validation
            self.readouts.show_entry("validation", visible=has_validation)
            self.readouts.widen("score", " · ".join(["99.9 %"] * (3 if has_validation else 2)))
            self._give_way()
        elif any(renamed):
            self._give_way()
        self.readouts.show_values(values)

    def clear_readouts(self) -> None:
        """Show that there is nothing to read."""
        self.readouts.show_values({entry.key: "–" for entry in READOUTS})
        self.readouts.show_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let words give way where there is too little room."""
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Keep everything in the one row: buttons show their words as far as there is room for them."""
        givers = [*(self._worded[name] for name in GIVE_WAY), self.steps]
        for button in givers:
            button.setToolButtonStyle(WITH_WORD)
        self.seed.show_label(wanted=True)
        self.readouts.show_entry("score", visible=True)
        for button in givers:
            if not self._fits():
                button.setToolButtonStyle(ICON_ONLY)
        self.seed.show_label(wanted=self._fits())
        if self._has_validation:  # five numbers may be one too many, and the last one is in other views as well
            self.readouts.show_entry("score", visible=self._fits())

    def _fits(self) -> bool:
        """Tell whether everything has room, with the size that is asked for now."""
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
        return self.sizeHint().width() <= self.width()

    def _add(self, action: QAction, *, worded: bool) -> None:
        button = QToolButton(self)
        button.setObjectName(f"{action.objectName()}_button")
        button.setAccessibleName(action.iconText())
        button.setDefaultAction(action)
        button.setToolButtonStyle(WITH_WORD if worded else ICON_ONLY)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._worded |= {action.objectName(): button} if worded else {}
        self.addWidget(button)

    def _add_space(self) -> None:
        space = QWidget(self)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
