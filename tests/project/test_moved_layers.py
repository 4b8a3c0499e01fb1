"""What is frozen goes along when a layer gets another place, as far as it still means something there."""

from __future__ import annotations

from dataclasses import replace

from nnplayground.project.edits import with_layers
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.project.parameter_index import FrozenParameter, ParameterIndex

FIRST, SECOND, THIRD = DenseSpec(units=3), DenseSpec(units=4), DenseSpec(units=5)


def frozen_after(*layers: DenseSpec) -> set[ParameterIndex]:
    """Return what is still frozen when these are the hidden layers of a network with four frozen numbers."""
    locks = (
        FrozenParameter(0, 2, None, 0.5),
        FrozenParameter(1, 3, 2, 0.1),
        FrozenParameter(2, 4, 3, 0.2),
        FrozenParameter(3, 0, 4, 0.3),
    )
    project = Project(network=NetworkSpec(layers=(FIRST, SECOND, THIRD), frozen=locks))
    return {lock.place for lock in with_layers(project, layers).network.frozen}


def test_a_bias_goes_with_its_neuron_and_a_weight_with_two_layers_that_stay_neighbours() -> None:
    assert frozen_after(SECOND, FIRST, THIRD) == {ParameterIndex(1, 2, None), ParameterIndex(3, 0, 4)}
    assert frozen_after(THIRD, FIRST, SECOND) == {ParameterIndex(1, 2, None), ParameterIndex(2, 3, 2)}


def test_an_activation_that_changes_moves_nothing() -> None:
    assert len(frozen_after(FIRST, replace(SECOND, activation="relu"), THIRD)) == 4
