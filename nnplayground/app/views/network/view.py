"""The network editor as the window knows it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplayground.app.theme import LIGHT, Theme
from nnplayground.app.views.network.canvas import Canvas
from nnplayground.app.views.network.structure import Structure
from nnplayground.app.views.network.words import input_title
from nnplayground.project.columns import Column, columns_of, layers_of
from nnplayground.project.model import Project
from nnplayground.training.snapshot import Snapshot

# Numbers beside the pointer change at most this often, so that they can be read.
TEXT_INTERVAL = 250


class NetworkView(QWidget):
    """Draws the network of a project and lets its layers be changed by hand.

    `layers_edited` carries the new hidden layers (`tuple[LayerSpec, ...]`), the words for undo, and the number of
    the gesture: edits with the same number other than 0 belong together. The view shows an edit
    when `show_project` brings it back, not before.
    """

    layers_edited = Signal(object, str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = Canvas(LIGHT, self)
        self.canvas.setObjectName("network_canvas")
        self.canvas.setAccessibleName("Network")
        self.setObjectName("network_view")
        self.setAccessibleName("Network editor")
        self.setFocusProxy(self.canvas)
        self.canvas.steering.edited.connect(self._ask)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self._since_text = QElapsedTimer()
        self._since_text.start()

    def sizeHint(self) -> QSize:
        """Return the size at which the starter looks its best."""
        return QSize(640, 520)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which a small network is legible."""
        return QSize(320, 240)

    def show_project(self, project: Project, *, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> None:
        """Show the structure of a project; `inputs` and `outputs` name the network's inputs and output neurons."""
        structure = Structure(tuple(map(input_title, inputs)), outputs, columns_of(project.network.layers) or ())
        self.canvas.show_structure(structure)
        self.canvas.setAccessibleDescription(structure.in_words())

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show weights, biases and maps; a frame of another network than the one on show is left out."""
        self.canvas.network.show_frame(snapshot)
        if self._since_text.hasExpired(TEXT_INTERVAL):
            self._since_text.restart()
            self.canvas.network.refresh_label()

    def _ask(self, columns: tuple[Column, ...], text: str, gesture: int) -> None:
        """Tell the window which layers somebody wants."""
        self.layers_edited.emit(layers_of(columns), text, gesture)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in the colours of this theme."""
        self.canvas.set_theme(theme)
