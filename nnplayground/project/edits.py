"""Every edit of a document that needs no window: a project and plain arguments in, a new project out.

What the window asks for, what a command of a lesson or of the command line does and what a remedy mends is one of these
functions. An edit that changes nothing gives an equal project; one that is not legal raises `InputError` with one
sentence. The blocks of the hidden layers are counted from 0 as `blocks_of` gives them; layers, neurons and inputs of
single weights and biases as in a `ParameterIndex`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nnplayground.errors import FieldError
from nnplayground.project import layer_edits
from nnplayground.project.changes import same_inputs, start_of
from nnplayground.project.codec import with_value
from nnplayground.project.layer_specs import DropoutSpec, LayerSpec, start_shapes
from nnplayground.project.model import (
    MAX_SEED,
    DataSpec,
    ImagesSource,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
    Source,
    TableSource,
)
from nnplayground.project.pairing import NetworkOutline, Pairing
from nnplayground.project.parameter_index import (
    FrozenParameters,
    ParameterIndex,
    check_locks,
    locked,
    moved,
    unlocked,
)
from nnplayground.project.training_spec import TrainingSpec


def set_layer_size(project: Project, block: int, units: int) -> Project:
    """Give a dense layer another number of neurons."""
    return set_layer_sizes(project, [block], [units])


def set_layer_sizes(project: Project, blocks: Sequence[int], units: Sequence[int]) -> Project:
    """Give several dense layers other numbers of neurons, one for each block."""
    if len(blocks) != len(units):
        raise FieldError("units", list(units), f"a list of {len(blocks)} numbers, one for each block")
    return with_layers(project, layer_edits.resized(project.network.layers, dict(zip(blocks, units, strict=True))))


def insert_layer(project: Project, block: int, units: int | None = None, activation: str | None = None) -> Project:
    """Insert a dense layer before a block, or behind all of them; what is not given is as in the layer before it."""
    layers = project.network.layers
    layer = layer_edits.new_layer(layers, block)
    layer = layer if units is None else layer.with_units(units)
    layer = layer if activation is None else layer.with_activation(activation)
    return with_layers(project, layer_edits.inserted(layers, block, layer))


def insert_dropout(project: Project, block: int, rate: float = DropoutSpec.rate) -> Project:
    """Insert a dropout before a block, or behind all of them; directly behind a dense layer it belongs to that."""
    return with_layers(project, layer_edits.inserted(project.network.layers, block, DropoutSpec(rate)))


def remove_layer(project: Project, block: int) -> Project:
    """Take a block out: a layer with the dropout that belongs to it, or a lone dropout."""
    return with_layers(project, layer_edits.removed(project.network.layers, block))


def move_layer(project: Project, block: int, place: int) -> Project:
    """Give a block another place among the others; a layer takes the dropout along that belongs to it."""
    return with_layers(project, layer_edits.moved_block(project.network.layers, block, place))


def set_activation(project: Project, block: int, activation: str) -> Project:
    """Give a layer with weights another activation."""
    return with_layers(project, layer_edits.activated(project.network.layers, block, activation))


def set_all_activations(project: Project, activation: str) -> Project:
    """Give all hidden layers with weights the same activation."""
    layers = tuple(layer.with_activation(activation) for layer in project.network.layers)
    return with_layers(project, layers)


def set_dropout(project: Project, block: int, rate: float) -> Project:
    """Drop another share of the values of a dense layer (0: none), or of those that pass a lone dropout."""
    return with_layers(project, layer_edits.dropping(project.network.layers, block, rate))


def switch_unit(project: Project, block: int, unit: int) -> Project:
    """Switch a neuron of a dense layer off, or on again."""
    return with_layers(project, layer_edits.switched(project.network.layers, block, unit))


def toggle_feature(project: Project, feature: str) -> Project:
    """Give the network an input more, or take it away where it is there; the last one cannot go."""
    (name,) = replace(project.data, features=(feature,)).features
    features = project.data.features
    kept = tuple(one for one in features if one != name) if name in features else (*features, name)
    return with_data(project, replace(project.data, features=kept))


def set_value(project: Project, path: str, value: Any) -> Project:
    """Give one field another value, both as in a file: `"training.optimizer.learning_rate"` and 0.01.

    Raises `FieldError` with the field's own sentence for a path that does not exist and for a value that is not legal.
    What does not fit the new value any more is left out: explicit start values, and what is frozen and has no place.
    """
    if path.partition(".")[0].partition("[")[0] == "parameters":
        return with_value(project, path, value)
    changed = with_value(replace(project, parameters=None), path, value)
    edited = replace(project, name=changed.name, seed=changed.seed, training=changed.training)
    if changed.data != project.data:
        return with_data(edited, changed.data)
    if changed.network.layers != project.network.layers and path != "network":
        return with_layers(edited, changed.network.layers)
    return with_network(edited, changed.network)


def freeze(project: Project, layer: int, unit: int, source: int | None, value: float) -> Project:
    """Freeze a weight at a value, or with no `source` a bias."""
    return set_frozen(project, locked(project.network.frozen, {ParameterIndex(layer, unit, source): value}))


def unfreeze(project: Project, layer: int, unit: int, source: int | None) -> Project:
    """Let training change a weight or bias again; nothing changes where it is not frozen."""
    return set_frozen(project, unlocked(project.network.frozen, {ParameterIndex(layer, unit, source)}))


def set_frozen(project: Project, frozen: FrozenParameters) -> Project:
    """Freeze these weights and biases, and no others."""
    check_locks(frozen)
    return replace(project, network=replace(project.network, frozen=frozen))


def with_training(project: Project, training: TrainingSpec) -> Project:
    """Return the project with another way to train."""
    return replace(project, training=training)


def with_network(project: Project, network: NetworkSpec) -> Project:
    """Return the project with another network; explicit start values that do not fit it are left out."""
    old = project.network
    same_start = start_of(network) == start_of(old) and start_shapes(network.layers) == start_shapes(old.layers)
    return replace(project, network=network, parameters=project.parameters if same_start else None)


def with_layers(project: Project, layers: tuple[LayerSpec, ...]) -> Project:
    """Return the project with other hidden layers; explicit start values that no longer fit are left out.

    What is frozen goes with its layer, a weight only where the weights of the layer go on.
    """
    pairing = Pairing(*(NetworkOutline.of(project.data, ones) for ones in (project.network.layers, layers)))
    network = replace(project.network, layers=layers, frozen=moved(project.network.frozen, pairing.place_of))
    same = start_shapes(layers) == start_shapes(project.network.layers)
    return replace(project, network=network, parameters=project.parameters if same else None)


def with_data(project: Project, data: DataSpec) -> Project:
    """Return the project with other data, split at random where they cannot say the part of each sample.

    Where inputs or classes may be others, explicit start values go, and so does what is frozen at an input or output
    that is not there any more.
    """
    old = project.data
    if data.split == "given" and not _may_give_parts(data.source, old.source):
        data = replace(data, split="random")
    if same_inputs(old, data):
        return replace(project, data=data)
    pairing = Pairing(*(NetworkOutline.of(ones, project.network.layers) for ones in (old, data)))
    network = replace(project.network, frozen=moved(project.network.frozen, pairing.place_of))
    return replace(project, data=data, parameters=None, network=network)


def _may_give_parts(source: Source, before: Source) -> bool:
    """Tell whether a source may say the part of each sample, given the one before; what files say shows only later."""
    if isinstance(source, PointsSource):
        return len(source.parts) == len(source.points) and (bool(source.parts) or isinstance(before, PointsSource))
    if isinstance(source, TableSource):
        return bool(source.part or source.test_path) or _place_of(source) == _place_of(before)
    return isinstance(source, ImagesSource) and source.path is not None


def _place_of(source: Source) -> tuple[str, str] | None:
    """What makes two sources the same table."""
    return (source.path, source.text) if isinstance(source, TableSource) else None


def start_from(project: Project, parameters: Parameters) -> Project:
    """Make these weights and biases the start of the experiment."""
    return replace(project, parameters=parameters)


def weights_seed(project: Project) -> int:
    """Return the seed that draws the first weights: their own, or that of the project."""
    own = project.network.initializer.seed
    return project.seed if own is None else own


def new_weights(project: Project) -> Project:
    """Draw the first weights with the next seed; the data stay as they are."""
    return seed_weights(project, (weights_seed(project) + 1) % (MAX_SEED + 1))


def seed_weights(project: Project, seed: int | None) -> Project:
    """Draw the first weights with this seed, or with `None` with that of the project."""
    network = replace(project.network, initializer=replace(project.network.initializer, seed=seed))
    return replace(project, network=network, parameters=None)


def seed_data(project: Project, seed: int) -> Project:
    """Give the project another seed; the first weights stay those of the seed that has drawn them."""
    initializer = replace(project.network.initializer, seed=weights_seed(project))
    return replace(project, seed=seed, network=replace(project.network, initializer=initializer))
