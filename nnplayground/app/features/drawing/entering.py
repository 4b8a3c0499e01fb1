"""How drawing begins and ends in the window: the action, the card, and what there was before."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget

from nnplayground.app.document import Document
from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.player import Player
from nnplayground.app.shell.edits import Edits
from nnplayground.project.drawing import empty_drawing
from nnplayground.project.model import DataSpec, GeneratedSource, PointsSource


class Drawing(QObject):
    """Turns the drawing mode of the output view on and off; data of another kind make room for an empty drawing."""

    def __init__(self, view: BoundaryView, document: Document, player: Player, edits: Edits, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._mode = view, view.drawing
        self._document, self._player, self._edits = document, player, edits

    def join(self, action: QAction, output: QDockWidget) -> None:
        """Let the action show whether somebody draws, and drawing bring the output view to the front."""
        self._output, self._action = output, action
        action.setCheckable(True)
        self._mode.toggled.connect(action.setChecked)
        # A click on the action has already turned it over; it shows what is, not what was asked for.
        action.triggered.connect(self._show_state)

    def _show_state(self) -> None:
        self._action.setChecked(self._mode.is_on)

    def toggle(self) -> None:
        """Begin to draw, or put the tools away."""
        if self._mode.is_on:
            self._mode.leave()
        else:
            self.begin()

    def begin(self) -> None:
        """Begin to draw: on the points of the document where they are drawn ones, or else on an empty plane.

        The data of before are offered to begin with, where they lie in a plane; of several targets the one on show.
        """
        self._output.show()
        self._output.raise_()
        data, snapshot = self._document.project.data, self._player.snapshot
        if isinstance(data.source, PointsSource):
            self._mode.enter()
            return
        is_shown = snapshot is not None and snapshot.project.data == data
        self._mode.offer(snapshot.of_target(self._view.target).data.samples if snapshot and is_shown else None)
        self._edits.edit_data(_with_drawing(data), "Draw points", 0)
        self._mode.enter()


def _with_drawing(data: DataSpec) -> DataSpec:
    """Return the data with an empty drawing; what a table needed of scaling, a plane does not."""
    scaling = data.scaling if isinstance(data.source, GeneratedSource) else "none"
    return replace(data, source=empty_drawing(), scaling=scaling)
