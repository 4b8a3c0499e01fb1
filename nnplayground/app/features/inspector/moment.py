"""What the inspector shows at one moment: a snapshot, the document, and what is selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from nnplayground.app.text.names import Names
from nnplayground.arrays import Floats
from nnplayground.engine.layers import Layer
from nnplayground.errors import InputError
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import VALUE, ParameterIndex, Selection
from nnplayground.training.observe.inspections import Inspection
from nnplayground.training.observe.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Moment:
    """Numbers are those of the snapshot; what is frozen is told by the document, which is ahead of it."""

    snapshot: Snapshot
    project: Project
    names: Names
    selection: Selection
    inspection: Inspection | None

    @property
    def layer(self) -> int:
        """The layer that is selected, or to which the selected neuron belongs."""
        return self.selection.layer

    @cached_property
    def frozen(self) -> dict[ParameterIndex, float]:
        """The values at which weights and biases are frozen."""
        return {lock.place: lock.value for lock in self.project.network.frozen}

    @property
    def kind(self) -> Layer:
        """The layer that is selected, as the engine has it."""
        return self.snapshot.architecture.weighted[self.layer]

    @property
    def activation(self) -> str:
        """The activation of the layer that is selected."""
        return self.snapshot.architecture.activations[self.layer]

    @cached_property
    def matrix(self) -> Floats:
        """The weights and, as the last column, the biases of the selected layer `[out, in + 1]`."""
        return self.snapshot.architecture.matrices(self.snapshot.parameters)[self.layer]

    @cached_property
    def gradients(self) -> Floats | None:
        """The last gradient, laid out like `matrix`."""
        gradient = self.snapshot.gradient
        return None if gradient is None else self.snapshot.architecture.matrices(gradient)[self.layer]

    @cached_property
    def leaving(self) -> tuple[Floats, Floats | None] | None:
        """The weights that lead away from the selected unit, one for each neuron above, and their last gradients.

        `None` where no layer above takes the units of this one one by one.
        """
        above, unit = self.layer + 1, self.selection.unit
        if unit is None or above > self.names.last or self.names.below(above, unit) != Selection(self.layer, unit):
            return None
        architecture, gradient = self.snapshot.architecture, self.snapshot.gradient
        weights = architecture.matrices(self.snapshot.parameters)[above][:, unit]
        return weights, None if gradient is None else architecture.matrices(gradient)[above][:, unit]

    @property
    def is_off(self) -> bool:
        """Whether the selected neuron is switched off."""
        return self.layer >= 0 and self.selection.unit in self.kind.off

    def value(self, place: ParameterIndex) -> float:
        """Return a weight or bias as it is; a frozen one as the document has it."""
        found = self.frozen.get(place)
        return found if found is not None else self.snapshot.value_at(place) or 0.0

    def freezable(self, places: Sequence[ParameterIndex]) -> dict[ParameterIndex, float]:
        """Return the values of this moment at which these weights can be frozen.

        Raises `InputError` where one has grown too large to be kept in a document.
        """
        values = {place: self.value(place) for place in places}
        for place, value in values.items():
            if not VALUE.accepts(value):
                name = self.names.weight(place)
                raise InputError(f"The {name} is {value:g} and cannot be frozen; it must be {VALUE.legal}.")
        return values
