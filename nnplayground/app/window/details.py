"""The docks that are closed at first: measures and inspector below, inputs over the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nnplayground.app.window.layout import show_or_hide, show_or_hide_over

if TYPE_CHECKING:
    from nnplayground.app.window.main_window import MainWindow

INSPECTOR_HEIGHT = 260


class Details(QObject):
    """Shows and hides them, with as much height as their content can use."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def toggle_measures(self) -> None:
        """Show the measures, or hide them."""
        snapshot = self._window.player.snapshot
        wanted = self._window.measures_view.height_for(len(snapshot.data.rule.classes) if snapshot else 0)
        show_or_hide(self._window, self._window.docks, "measures", wanted=wanted)

    def toggle_inspector(self) -> None:
        """Show the numbers of what is selected, or hide them."""
        show_or_hide(self._window, self._window.docks, "inspector", wanted=INSPECTOR_HEIGHT)

    def show_inspector(self) -> None:
        """Show the numbers of what is selected."""
        if not self._window.inspector_view.isVisible():
            self.toggle_inspector()

    def toggle_inputs(self) -> None:
        """Show the inputs of the data over the network, beside the output, or hide them."""
        center = self._window.centralWidget()
        if center is not None:
            show_or_hide_over(center, self._window.docks["inputs"])
