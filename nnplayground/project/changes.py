"""What an edit of the document means for a run that is under way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from nnplayground.data.datasets import WITH_ANY_CLASSES, WITH_ONE_INPUT
from nnplayground.engine.moving import moved_places
from nnplayground.project.layer_specs import MAX_UNITS, WEIGHTED, DenseSpec, DropoutSpec, LayerSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    NetworkSpec,
    PointsSource,
    Project,
    Source,
    TableSource,
)
from nnplayground.project.parameter_index import FrozenParameters, moved


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
        "the data": (_family(old.data.source), _family(new.data.source)),
    }
    return next((name for name, (before, after) in named.items() if before != after), "the document")


def same_inputs(one: DataSpec, other: DataSpec) -> bool:
    """Tell whether the network has the same inputs and outputs for both, so that their names can stay."""
    return (_family(one.source), one.features) == (_family(other.source), other.features)


def only_switches(old: NetworkSpec, new: NetworkSpec) -> bool:
    """Tell whether two networks differ only in what is dropped, off or frozen: every weight has its place in both."""
    return old != new and _without_switches(old) == _without_switches(new)


def only_points(old: DataSpec, new: DataSpec) -> bool:
    """Tell whether two data differ only in the points that somebody draws, which goes on while the network learns."""
    if not (isinstance(old.source, PointsSource) and isinstance(new.source, PointsSource)):
        return False
    same_rest = replace(old, source=new.source) == new
    return old != new and same_rest and _family(old.source) == _family(new.source)


def _without_switches(network: NetworkSpec) -> NetworkSpec:
    layers = (layer for layer in network.layers if not isinstance(layer, DropoutSpec))
    plain = (replace(layer, off=()) if isinstance(layer, DenseSpec) else layer for layer in layers)
    return replace(network, layers=tuple(plain), frozen=())


def _unlocked(network: NetworkSpec) -> NetworkSpec:
    return replace(network, frozen=())


def same_data(old: Project, new: Project) -> bool:
    """Tell whether both projects prepare the same arrays, so that loading them again can be saved."""
    return _prepared(old) == _prepared(new)


def start_of(network: NetworkSpec) -> object:
    """What decides which start values a network can have, besides its layers."""
    return network.initializer, network.bias_initializer, network.output_activation


def with_layers(project: Project, layers: tuple[LayerSpec, ...]) -> Project:
    """Return the project with other hidden layers; explicit start values that no longer fit are left out."""
    frozen = _with_room(moved(project.network.frozen, _kept_layers(project.network.layers, layers)), layers)
    network = replace(project.network, layers=layers, frozen=frozen)
    same = _weighted(layers) == _weighted(project.network.layers)
    return replace(project, network=network, parameters=project.parameters if same else None)


def misfit_start(old: Project, new: Project) -> bool:
    """Tell whether explicit start values were left out as they no longer fit, not because somebody wanted others."""
    if old.parameters is None or new.parameters is not None:
        return False
    before, after = old.network, new.network
    same_network = (_weighted(before.layers), before.output_activation) == (
        _weighted(after.layers),
        after.output_activation,
    )
    return not (same_network and same_inputs(old.data, new.data))


def _weighted(layers: Sequence[LayerSpec]) -> list[object]:
    """What decides which start values layers can have; an activation and a dropout layer do not."""
    return [
        layer.units if isinstance(layer, DenseSpec) else replace(layer, activation="relu")
        for layer in layers
        if isinstance(layer, WEIGHTED)
    ]


def _with_room(frozen: FrozenParameters, layers: Sequence[LayerSpec]) -> FrozenParameters:
    """Return what is frozen without the neurons that have gone."""
    units = dict(enumerate(layer.units for layer in layers if isinstance(layer, DenseSpec)))
    if len(units) < len(_weighted(layers)):
        return frozen  # pictures: what has no place is passed over in training
    endless = MAX_UNITS + 1
    return tuple(
        lock
        for lock in frozen
        if lock.unit < units.get(lock.layer, endless) and (lock.source or 0) < units.get(lock.layer - 1, endless)
    )


def _kept_layers(old: Sequence[LayerSpec], new: Sequence[LayerSpec]) -> dict[int, int]:
    """Return the new place of each layer with weights that is still there, the output included.

    With as many layers as before they are paired in order, unless one has moved to another place; otherwise equal ones
    are paired from both sides.
    """
    before, after = _weighted(old), _weighted(new)
    if len(before) == len(after):
        whole = ([layer for layer in layers if isinstance(layer, WEIGHTED)] for layers in (old, new))
        order = moved_places(*whole) or range(len(before))
        return {source: place for place, source in enumerate([*order, len(before)])}
    shorter = min(len(before), len(after))
    front = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    back = next((step for step in range(shorter - front) if before[-1 - step] != after[-1 - step]), shorter - front)
    ends = {len(before) - step: len(after) - step for step in range(back + 1)}
    return {place: place for place in range(front)} | ends


def with_data(project: Project, data: DataSpec) -> Project:
    """Return the project with other data, split at random where they cannot say the part of each sample.

    Where inputs or classes may be others, explicit start values go, and so does what is frozen at an input or output
    that is not there any more.
    """
    old, outputs = project.data, len(_weighted(project.network.layers))
    if data.split == "given" and not _may_give_parts(data.source, old.source):
        data = replace(data, split="random")
    same_family = _family(data.source) == _family(old.source)
    same = same_family and data.features == old.features
    if same:
        return replace(project, data=data)
    names = old.features if same_family else ()
    sources = {place: data.features.index(name) for place, name in enumerate(names) if name in data.features}
    layers = {place: place for place in range(outputs + same_family)}
    frozen = moved(project.network.frozen, layers, sources)
    return replace(project, data=data, parameters=None, network=replace(project.network, frozen=frozen))


def _may_give_parts(source: Source, before: Source) -> bool:
    """Tell whether a source may say the part of each sample, given the one before; what files say shows only later."""
    if isinstance(source, PointsSource):
        return len(source.parts) == len(source.points) and (bool(source.parts) or isinstance(before, PointsSource))
    if isinstance(source, TableSource):
        return bool(source.part or source.test_path) or _place_of(source) == _place_of(before)
    return isinstance(source, ImagesSource) and source.path is not None


def _place_of(source: Source) -> object:
    """What makes two sources the same table."""
    return (source.path, source.text) if isinstance(source, TableSource) else None


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
        _family(project.data.source),
    )


def is_planar(source: Source) -> bool:
    """Tell whether a source surely gives points of the plane, of which features are computed."""
    return isinstance(source, PointsSource) or (
        isinstance(source, GeneratedSource) and source.name not in WITH_ONE_INPUT
    )


def _family(source: Source) -> object:
    """What makes two sources the same data set, with more or fewer samples or noise."""
    if isinstance(source, GeneratedSource):
        return source.kind, source.name, source.classes if source.name in WITH_ANY_CLASSES else None
    if isinstance(source, PointsSource):
        return source.kind, source.task, len(source.classes)  # their names are only what they are called
    return source
