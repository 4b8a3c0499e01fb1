"""What panels and views ask for becomes an edit of the document, one method for each kind of wish."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from nnplayground.app.document import Document, Values, gesture_at
from nnplayground.app.views.network.edits import switch
from nnplayground.project.changes import start_of, with_data, with_layers
from nnplayground.project.columns import columns_of, layers_of
from nnplayground.project.layer_specs import LayerSpec
from nnplayground.project.model import MAX_SEED, DataSpec, NetworkSpec, Parameters, PointsSource, Project
from nnplayground.project.parameter_index import FrozenParameters, Selection, locked
from nnplayground.project.training_spec import TrainingSpec


def weights_seed(project: Project) -> int:
    """Return the seed that draws the first weights: their own, or that of the project."""
    own = project.network.initializer.seed
    return project.seed if own is None else own


class Edits(QObject):
    """Takes intentions up: each carries a new part of the document, the words for undo, and the gesture's number."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document

    def edit_data(self, data: DataSpec, text: str, gesture: int) -> None:
        """Use other data."""
        self._document.edit(with_data(self._document.project, data), text, gesture_at("data", gesture))

    def draw_points(self, source: PointsSource, text: str, gesture: int) -> None:
        """Use other drawn points, or other classes of them."""
        project = self._document.project
        data = replace(project.data, source=source)
        self._document.edit(with_data(project, data), text, gesture_at("drawing", gesture))

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
        project = self._document.project
        network = replace(project.network, frozen=frozen)
        self._document.edit(replace(project, network=network), text, gesture_at("locks", gesture))

    def switch(self, selection: Selection) -> None:
        """Switch a neuron of a hidden layer off, or on again."""
        columns = columns_of(self._document.project.network.layers)
        if columns is None or selection.unit is None or not 0 <= selection.layer < len(columns):
            return
        edit = switch(columns, selection.layer, selection.unit)
        if edit is not None:
            self.edit_layers(layers_of(edit.layers), edit.text, 0)

    def start_from(self, parameters: Parameters) -> None:
        """Make these weights and biases the start of the experiment, to which Restart returns."""
        self._document.edit(replace(self._document.project, parameters=parameters), "Start from these weights")

    def new_weights(self) -> None:
        """Take the next seed for the weights; the data stay as they are."""
        self._draw_weights((weights_seed(self._document.project) + 1) % (MAX_SEED + 1), "New weights")

    def seed_weights(self, seed: int | None) -> None:
        """Draw the weights of this seed, or with `None` those of the project's."""
        self._draw_weights(seed, "Weights by the data seed" if seed is None else f"Seed {seed}")

    def seed_data(self, seed: int) -> None:
        """Take another seed for the project; the first weights stay those of the seed that is on show for them."""
        project = self._document.project
        initializer = replace(project.network.initializer, seed=weights_seed(project))
        network = replace(project.network, initializer=initializer)
        self._document.edit(replace(project, seed=seed, network=network), f"Data seed {seed}")

    def _draw_weights(self, seed: int | None, text: str) -> None:
        project = self._document.project
        network = replace(project.network, initializer=replace(project.network.initializer, seed=seed))
        self._document.edit(replace(project, network=network, parameters=None), text)
