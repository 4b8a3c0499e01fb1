"""What panels and views ask for becomes an edit of the document: a pure edit with its words for undo."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from nnplayground.app.document import Document, Values, gesture_at
from nnplayground.app.features.network.edits import switch
from nnplayground.project import edits
from nnplayground.project.blocks import blocks_of
from nnplayground.project.layer_specs import LayerSpec
from nnplayground.project.model import DataSpec, NetworkSpec, Parameters, PointsSource
from nnplayground.project.parameter_index import FrozenParameters, Selection, locked
from nnplayground.project.training_spec import TrainingSpec


class Edits(QObject):
    """Takes intentions up: each carries a new part of the document, the words for undo, and the gesture's number."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document

    def edit_data(self, data: DataSpec, text: str, gesture: int) -> None:
        """Use other data."""
        self._document.edit(edits.with_data(self._document.project, data), text, gesture_at("data", gesture))

    def draw_points(self, source: PointsSource, text: str, gesture: int) -> None:
        """Use other drawn points, or other classes of them."""
        project = self._document.project
        data = replace(project.data, source=source)
        self._document.edit(edits.with_data(project, data), text, gesture_at("drawing", gesture))

    def edit_training(self, training: TrainingSpec, text: str, gesture: int) -> None:
        """Train in another way."""
        new = edits.with_training(self._document.project, training)
        self._document.edit(new, text, gesture_at("training", gesture))

    def edit_network(self, network: NetworkSpec, text: str, gesture: int) -> None:
        """Take another output or another start."""
        self._document.edit(edits.with_network(self._document.project, network), text, gesture_at("bar", gesture))

    def edit_layers(self, layers: tuple[LayerSpec, ...], text: str, gesture: int) -> None:
        """Take other hidden layers."""
        self._document.edit(edits.with_layers(self._document.project, layers), text, gesture_at("layers", gesture))

    def edit_values(self, old: Values, new: Values, text: str, gesture: int) -> None:
        """Change weights and biases of the network that is being trained, from the old values to the new ones.

        Numbers that are frozen change only when all of them are, and then in the document, where they are kept.
        """
        frozen = {lock.place for lock in self._document.project.network.frozen}
        if all(place in frozen for place, _ in new):
            locks = locked(self._document.project.network.frozen, dict(new))
            self.edit_locks(locks, text, gesture)
            return
        before, after = ([pair for pair in values if pair[0] not in frozen] for values in (old, new))
        self._document.set_values(before, after, text, gesture_at("values", gesture))

    def edit_locks(self, frozen: FrozenParameters, text: str, gesture: int) -> None:
        """Freeze these weights and biases, and no others."""
        self._document.edit(edits.set_frozen(self._document.project, frozen), text, gesture_at("locks", gesture))

    def switch(self, selection: Selection) -> None:
        """Switch a neuron of a hidden layer off, or on again."""
        layers = self._document.project.network.layers
        block = next((one for one in blocks_of(layers) if one.weights == selection.layer), None)
        edit = switch(layers, block.index, selection.unit) if block and selection.unit is not None else None
        if edit is not None:
            self.edit_layers(edit.layers, edit.text, 0)

    def start_from(self, parameters: Parameters) -> None:
        """Make these weights and biases the start of the experiment, to which Restart returns."""
        self._document.edit(edits.start_from(self._document.project, parameters), "Start from these weights")

    def new_weights(self) -> None:
        """Take the next seed for the weights; the data stay as they are."""
        self._document.edit(edits.new_weights(self._document.project), "New weights")

    def seed_weights(self, seed: int | None) -> None:
        """Draw the weights of this seed, or with `None` those of the project's."""
        text = "Weights by the data seed" if seed is None else f"Seed {seed}"
        self._document.edit(edits.seed_weights(self._document.project, seed), text)

    def seed_data(self, seed: int) -> None:
        """Take another seed for the project; the first weights stay those of the seed that is on show for them."""
        self._document.edit(edits.seed_data(self._document.project, seed), f"Data seed {seed}")
