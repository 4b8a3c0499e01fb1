"""What an edit of the document means for a run that is under way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from nnplayground.data.datasets import WITH_ANY_CLASSES, WITH_ONE_INPUT
from nnplayground.project.layer_specs import LayerSpec, weighted
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    NetworkSpec,
    PointsSource,
    Project,
    Source,
)


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
    if other_optimizer or (old.data, _unlocked(old.network)) != (new.data, _unlocked(new.network)):
        return Consequence.KEEP
    return Consequence.RETUNE if old.parameters == new.parameters else Consequence.START_OVER


def reason(old: Project, new: Project) -> str:
    """Return, in a few words, what makes training start over."""
    named = {
        "the seed": (old.seed, new.seed),
        "the initial weights": (_weights(old), _weights(new)),
        "the cost function": (old.training.cost, new.training.cost),
        "the output activation": (old.network.output_activation, new.network.output_activation),
        "the scaling of the target": (old.data.target_scaling, new.data.target_scaling),
        "the data": (data_family(old.data.source), data_family(new.data.source)),
    }
    return next((name for name, (before, after) in named.items() if before != after), "the document")


def same_inputs(one: DataSpec, other: DataSpec) -> bool:
    """Tell whether the network has the same inputs and outputs for both, so that their names can stay."""
    return (data_family(one.source), one.features) == (data_family(other.source), other.features)


def only_switches(old: NetworkSpec, new: NetworkSpec) -> bool:
    """Tell whether two networks differ only in what is dropped, off or frozen: every weight has its place in both."""
    return old != new and _without_switches(old) == _without_switches(new)


def only_points(old: DataSpec, new: DataSpec) -> bool:
    """Tell whether two data differ only in the points that somebody draws, which goes on while the network learns."""
    if not (isinstance(old.source, PointsSource) and isinstance(new.source, PointsSource)):
        return False
    same_rest = replace(old, source=new.source) == new
    return old != new and same_rest and data_family(old.source) == data_family(new.source)


def _without_switches(network: NetworkSpec) -> NetworkSpec:
    plain = (layer.without_switches() for layer in network.layers)
    return replace(network, layers=tuple(layer for layer in plain if layer is not None), frozen=())


def _unlocked(network: NetworkSpec) -> NetworkSpec:
    return replace(network, frozen=())


def same_data(old: Project, new: Project) -> bool:
    """Tell whether both projects prepare the same arrays, so that loading them again can be saved."""
    return _prepared(old) == _prepared(new)


def start_of(network: NetworkSpec) -> object:
    """What decides which start values a network can have, besides its layers."""
    return network.initializer, network.bias_initializer, network.output_activation


def misfit_start(old: Project, new: Project) -> bool:
    """Tell whether explicit start values were left out as they no longer fit, not because somebody wanted others."""
    if old.parameters is None or new.parameters is not None:
        return False
    before, after = old.network, new.network
    same_network = (start_shapes(before.layers), before.output_activation) == (
        start_shapes(after.layers),
        after.output_activation,
    )
    return not (same_network and same_inputs(old.data, new.data))


def start_shapes(layers: Sequence[LayerSpec]) -> list[LayerSpec]:
    """Return what decides which start values layers can have; an activation and a dropout layer do not."""
    return [layer.start_shape() for layer in weighted(layers)]


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
        project.data.target_scaling,
        data_family(project.data.source),
    )


def is_planar(source: Source) -> bool:
    """Tell whether a source surely gives points of the plane, of which features are computed."""
    return isinstance(source, PointsSource) or (
        isinstance(source, GeneratedSource) and source.name not in WITH_ONE_INPUT
    )


def data_family(source: Source) -> object:
    """Return what makes two sources the same data set, with more or fewer samples or noise."""
    if isinstance(source, GeneratedSource):
        return source.kind, source.name, source.classes if source.name in WITH_ANY_CLASSES else None
    if isinstance(source, PointsSource):
        return source.kind, source.task, len(source.classes)  # their names are only what they are called
    return source
