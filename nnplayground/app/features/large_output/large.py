"""The output view as large as the window, for drawing and for showing it to a room, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

ENLARGE, SHRINK = "Make the output &large", "Back to the &whole window"


class Movable(Protocol):
    """What is said over a part of the window, and can be said over another."""

    def move_to(self, parent: QWidget) -> None:
        """Stand over another widget from now on."""
        ...


class LargeOutput(QObject):
    """Hides everything around one dock and puts it back exactly as it was."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._layout: QByteArray | None = None
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._escape.setEnabled(False)
        for pressed in (self._escape.activated, self._escape.activatedAmbiguously):
            pressed.connect(self.leave)

    def join(self, center: QWidget, docks: Mapping[str, QDockWidget], said: Sequence[Movable], action: QAction) -> None:
        """Get to know what is to be hidden, and the action that shows what it does next."""
        self._center, self._docks, self._said, self._action = center, docks, said, action
        action.setCheckable(True)

    @property
    def is_on(self) -> bool:
        """Whether the output fills the window."""
        return self._layout is not None

    @property
    def whole_layout(self) -> QByteArray:
        """The layout with everything in it: that of now, or the one to which `leave` goes back."""
        return self._window.saveState() if self._layout is None else self._layout

    def toggle(self) -> None:
        """Make the output large, or go back."""
        if self.is_on:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Hide all but the output; what is said is said over it."""
        if self.is_on:
            return
        focus, self._layout = self._window.focusWidget(), self._window.saveState()
        output = self._docks["output"]
        output.setFloating(False)
        for dock in self._docks.values():
            dock.setVisible(dock is output)
        self._center.hide()
        self._say_in(output.widget())
        self._show(focus)

    def leave(self) -> None:
        """Put everything back where it was."""
        if self._layout is None:
            return
        focus, state, self._layout = self._window.focusWidget(), self._layout, None
        self._center.show()
        self._say_in(self._center)
        self._window.restoreState(state)
        self._show(focus)

    def _say_in(self, place: QWidget) -> None:
        for said in self._said:
            said.move_to(place)

    def _show(self, focus: QWidget | None) -> None:
        """Let the action and the Escape key say what they do next, and leave the keyboard where it was."""
        if focus is not None and focus.isVisible():
            focus.setFocus()
        self._action.setChecked(self.is_on)
        self._action.setText(SHRINK if self.is_on else ENLARGE)
        self._escape.setEnabled(self.is_on)
