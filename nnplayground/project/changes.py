"""What an edit of the document means for a run that is under way."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from nnplayground.data.datasets import WITH_ANY_CLASSES
from nnplayground.project.layer_specs import WEIGHTED, DenseSpec, DropoutSpec, LayerSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, PointsSource, Project, Source


class Consequence(Enum):
    """From nothing to a fresh start."""

    NOTHING = "nothing that training depends on has changed"
    RETUNE = "the next batch simply uses the new numbers"
    KEEP = "the weights that still have a place are kept"
    START_OVER = "training starts over from new weights"


def consequence(old: Project, new: Project) -> Consequence:
    """Return what the step from one document to the other means for training."""
    if _core(old) == _core(new):
        return Consequence.NOTHING
    if _start(old) != _start(new):
        return Consequence.START_OVER
    other_optimizer = old.training.optimizer.name != new.training.optimizer.name
    if other_optimizer or (old.data, old.network) != (new.data, new.network):
        return Consequence.KEEP
    return Consequence.RETUNE if old.parameters == new.parameters else Consequence.START_OVER


def reason(old: Project, new: Project) -> str:
    """Return, in a few words, what makes training start over."""
    named = {
        "the seed": (old.seed, new.seed),
        "the initial weights": (_weights(old), _weights(new)),
        "the cost function": (old.training.cost, new.training.cost),
        "the output activation": (old.network.output_activation, new.network.output_activation),
        "the data": (_family(old.data.source), _family(new.data.source)),
    }
    return next((name for name, (before, after) in named.items() if before != after), "the document")


def same_inputs(one: DataSpec, other: DataSpec) -> bool:
    """Tell whether the network has the same inputs and outputs for both, so that their names can stay."""
    return (_family(one.source), one.features) == (_family(other.source), other.features)


def only_dropout(old: NetworkSpec, new: NetworkSpec) -> bool:
    """Tell whether two networks differ in dropout alone: every weight then has its place in both."""
    return old != new and _without_dropout(old) == _without_dropout(new)


def _without_dropout(network: NetworkSpec) -> NetworkSpec:
    return replace(network, layers=tuple(layer for layer in network.layers if not isinstance(layer, DropoutSpec)))


def same_data(old: Project, new: Project) -> bool:
    """Tell whether both projects prepare the same arrays, so that loading them again can be saved."""
    return _prepared(old) == _prepared(new)


def start_of(network: NetworkSpec) -> object:
    """What decides which start values a network can have, besides its layers."""
    return network.initializer, network.bias_initializer, network.output_activation


def with_layers(project: Project, layers: tuple[LayerSpec, ...]) -> Project:
    """Return the project with other hidden layers; explicit start values that no longer fit are left out."""
    network = replace(project.network, layers=layers)
    same = _weighted(layers) == _weighted(project.network.layers)
    return replace(project, network=network, parameters=project.parameters if same else None)


def _weighted(layers: tuple[LayerSpec, ...]) -> list[object]:
    """What decides which start values layers can have; an activation and a dropout layer do not."""
    return [
        layer.units if isinstance(layer, DenseSpec) else replace(layer, activation="relu")
        for layer in layers
        if isinstance(layer, WEIGHTED)
    ]


def with_data(project: Project, data: DataSpec) -> Project:
    """Return the project with other data; explicit start values go where inputs or classes may be others."""
    same = (_family(data.source), data.features) == (_family(project.data.source), project.data.features)
    return replace(project, data=data, parameters=project.parameters if same else None)


def _prepared(project: Project) -> object:
    """Everything that decides the arrays a run trains on."""
    return project.data, project.seed, project.network.output_activation, project.training.cost


def _core(project: Project) -> Project:
    """The project without what training does not depend on."""
    return replace(project, name="")


def _weights(project: Project) -> object:
    return (
        project.network.initializer,
        project.network.bias_initializer,
        project.parameters is None or project.parameters,
    )


def _start(project: Project) -> object:
    """What cannot change without making the weights and the curve so far meaningless."""
    return (
        project.seed,
        start_of(project.network),
        project.training.cost,
        _family(project.data.source),
    )


def _family(source: Source) -> object:
    """What makes two sources the same data set, with more or fewer samples or noise."""
    if isinstance(source, GeneratedSource):
        return source.kind, source.name, source.classes if source.name in WITH_ANY_CLASSES else None
    if isinstance(source, PointsSource):
        return source.kind, source.task, source.classes
    return source
