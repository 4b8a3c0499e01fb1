"""What panels and views ask for becomes an edit of the document, one method for each kind of wish."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from nnplayground.app.document import Document, gesture_at
from nnplayground.project.changes import start_of, with_data, with_layers
from nnplayground.project.layer_specs import LayerSpec
from nnplayground.project.model import MAX_SEED, DataSpec, NetworkSpec
from nnplayground.project.training_spec import TrainingSpec


class Edits(QObject):
    """Takes intentions up: each carries a new part of the document, the words for undo, and the gesture's number."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document

    def edit_data(self, data: DataSpec, text: str, gesture: int) -> None:
        """Use other data."""
        self._document.edit(with_data(self._document.project, data), text, gesture_at("data", gesture))

    def edit_training(self, training: TrainingSpec, text: str, gesture: int) -> None:
        """Train in another way."""
        self._document.edit(replace(self._document.project, training=training), text, gesture_at("training", gesture))

    def edit_network(self, network: NetworkSpec, text: str, gesture: int) -> None:
        """Take another output or another start; start values that no longer fit are left out."""
        project = self._document.project
        same_start = start_of(network) == start_of(project.network)
        parameters = project.parameters if same_start else None
        self._document.edit(replace(project, network=network, parameters=parameters), text, gesture_at("bar", gesture))

    def edit_layers(self, layers: tuple[LayerSpec, ...], text: str, gesture: int) -> None:
        """Take other hidden layers."""
        self._document.edit(with_layers(self._document.project, layers), text, gesture_at("layers", gesture))

    def new_weights(self) -> None:
        """Take the next seed for the weights; the data stay as they are."""
        project = self._document.project
        initializer = project.network.initializer
        seed = project.seed if initializer.seed is None else initializer.seed
        drawn = replace(initializer, seed=(seed + 1) % (MAX_SEED + 1))
        network = replace(project.network, initializer=drawn)
        self._document.edit(replace(project, network=network, parameters=None), "New weights")
