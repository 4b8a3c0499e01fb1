"""From a run or a snapshot to a model, and from a model back to a project."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NoReturn

from nnplayground.arrays import Floats
from nnplayground.data.cells import listed
from nnplayground.data.datasets import CLASSES
from nnplayground.data.images import IMAGE_SETS, load_image_set
from nnplayground.data.scaling import Scaling
from nnplayground.data.table import Table
from nnplayground.data.tables import open_table, shipped_tables, table_samples
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.costs import COSTS
from nnplayground.engine.layers import Layer
from nnplayground.errors import FieldError, InputError, printable, shown
from nnplayground.export.experiment import experiment_of
from nnplayground.export.layers import TrainedLayer, form_of, make_spec, trained_layers
from nnplayground.export.model import PLANE, Facts, TrainedModel, acting_layers
from nnplayground.export.reopening import rescaled
from nnplayground.project.layer_specs import LayerSpec
from nnplayground.project.model import (
    MAX_SEED,
    DataSpec,
    ImagesSource,
    NetworkSpec,
    Parameters,
    Project,
    TableSource,
)
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.measures import PartMeasures
from nnplayground.training.run.prepare import Prepared, prepare
from nnplayground.training.run.trained_state import Standing

MOST_NAMES = 20  # that a sentence holds


def facts_of(project: Project, data: Prepared, epoch: int, measured: PartMeasures) -> Facts:
    """Return how a network was trained, with what it costs on every part of the data."""
    return Facts(
        epoch,
        project.seed,
        measured.train.cost,
        measured.test.cost,
        cost=data.rule.cost,
        validation_cost=measured.validation.cost,
    )


def trained_model(
    architecture: Architecture,
    parameters: Floats,
    data: Prepared,
    facts: Facts,
    *,
    project: Project | None = None,
    standing: Standing | None = None,
) -> TrainedModel:
    """Return the model made of these parameters; the arrays are copied.

    Layers that do nothing in prediction are left out: dropout, and flatten where no pictures go in. Nothing leads on
    from a neuron that is switched off. With a `project`, the model holds the whole experiment, and how far it has come.
    """
    found = None if project is None else experiment_of(project, architecture, parameters, standing or Standing())
    parameters = architecture.without_off(parameters)
    pictures = architecture.input_shape if len(architecture.input_shape) > 1 else None
    matrices = zip(architecture.weighted, architecture.weights(parameters), strict=True)
    return TrainedModel(
        layers=trained_layers(
            [form_of(layer) for layer in acting_layers(architecture)],
            architecture.activations,
            [_filters(layer, weights).copy() for layer, weights in matrices],
            [biases.copy() for biases in architecture.biases(parameters)],
        ),
        inputs=data.samples.input_names,
        features=data.features,
        scaling=data.scaling,
        classes=data.samples.classes,
        facts=facts,
        image_shape=pictures,
        targets=data.samples.target_names,
        target_scaling=data.target_scaling,
        experiment=found,
    )


def _filters(layer: Layer, weights: Floats) -> Floats:
    """Return the weights as files have them, those of a convolution `[filters, channels, kernel, kernel]`."""
    return weights.reshape(len(weights), -1, layer.window, layer.window) if layer.window else weights


def project_from(model: TrainedModel) -> Project:
    """Return a project that starts with the model's weights, on data that come with the program and fit.

    This is the way for models without an experiment. Where the data get the scaling of the model they keep it, else it
    goes into the weights. A model of the plane with two classes gets the starter's points; one made from a shipped
    table or from shipped pictures gets these. Raises `InputError` for any other, as such a file does not hold the data
    it was trained on.
    """
    data, seed = _fitting_data(model), Project().seed
    if any(model.scaling.shift) or set(model.scaling.scale) != {1.0}:
        scaled, its_seed = replace(data, scaling=model.scaling.name), min(model.facts.seed, MAX_SEED)
        if _get_scaling(scaled, its_seed) == model.scaling:
            data, seed = scaled, its_seed
        elif model.weighs_every_input:
            model = _absorb_scaling(model)
        else:
            _refuse_scaling(model, its_seed)
    layers = tuple(_layer(layer, place) for place, layer in enumerate(model.layers[:-1]))
    network = NetworkSpec(layers=layers, output_activation=model.output.activation or "auto")
    parameters = Parameters(
        weights=tuple(_rows(weights) for weights in model.weights),
        biases=tuple(tuple(biases.tolist()) for biases in model.biases),
    )
    cost = model.facts.cost if model.facts.cost in COSTS else "auto"
    return Project(seed=seed, data=data, network=network, training=TrainingSpec(cost=cost), parameters=parameters)


def _rows(weights: Floats) -> tuple[tuple[float, ...], ...]:
    """Return weights as a project has them: one row for each neuron or filter."""
    return tuple(map(tuple, weights.reshape(len(weights), -1).tolist()))


def _layer(layer: TrainedLayer, place: int) -> LayerSpec:
    """Return a hidden layer; what a project cannot hold is told with its place in the model file."""
    settings: dict[str, Any] = dict(layer.form.settings)
    if layer.activation is not None:
        units = "filters" if layer.form.window else "units"
        settings |= {units: layer.units, "activation": layer.activation}
    try:
        return make_spec(layer.kind, settings)
    except FieldError as error:
        raise error.within(f"layers[{place}]") from None


def _get_scaling(data: DataSpec, seed: int) -> Scaling | None:
    """Return the scaling that data get; `None` where they cannot be prepared so."""
    try:
        return prepare(Project(seed=seed, data=data)).scaling
    except InputError:
        return None


def _refuse_scaling(model: TrainedModel, seed: int) -> NoReturn:
    """Refuse a scaling other than the one that the data get: the first layer has no weights of its own for each."""
    data, parts = ("pictures", "pixels") if model.image_shape is not None else ("data", "inputs")
    legal = (
        f'"none" or what the program finds for these {data} with the seed {seed}, because the scaling of single '
        f"{parts} cannot go into the weights of a {model.layers[0].kind} layer"
    )
    raise FieldError("input.scaling.name", model.scaling.name, legal)


def _absorb_scaling(model: TrainedModel) -> TrainedModel:
    """Return the same function without scaling: what it does goes into the weights of the first layer."""
    count = len(model.scaling.shift)
    try:
        return rescaled(model, Scaling("none", (0.0,) * count, (1.0,) * count))
    except ValueError:
        legal = "numbers by which the weights of the first layer can be divided without becoming infinite"
        raise FieldError("input.scaling.scale", model.scaling.scale, legal) from None


def _fitting_data(model: TrainedModel) -> DataSpec:
    """Return data that come with the program, have the model's inputs, and its classes in the model's order."""
    features = model.features if len(model.inputs) == PLANE else DataSpec().features
    if model.image_shape is not None:
        return _fitting_pictures(model, features)
    if model.inputs == ("x1", "x2") and len(model.classes) == len(CLASSES):
        _check_order(model, CLASSES, "the points that come with the program")
        return DataSpec(features=features)
    for path in shipped_tables():
        table = open_table(path)
        for target in (
            [name for name in table.columns if name not in model.inputs]
            if set(model.inputs) <= set(table.columns)
            else ()
        ):
            classes = _classes(table, model.inputs, target)
            if classes and set(classes) == set(model.classes):
                _check_order(model, classes, path)
                source = TableSource(path=path, inputs=model.inputs, targets=(target,), task="classification")
                return DataSpec(source=source, features=features)
    return _fitting_pictures(model, features)


def _fitting_pictures(model: TrainedModel, features: tuple[str, ...]) -> DataSpec:
    """Return pictures that come with the program and fit; raises `InputError` where there are none."""
    for name in IMAGE_SETS:
        pictures = load_image_set(name)
        fits = model.image_shape in (None, pictures.image_shape) and model.inputs == pictures.input_names
        if fits and set(model.classes) == set(pictures.classes):
            _check_order(model, pictures.classes, f"the {name} that come with the program")
            return DataSpec(source=ImagesSource(name=name), features=features)
    names = listed(model.inputs, limit=MOST_NAMES, write=printable)
    raise InputError(
        f"The model was trained on {names}, and a model file does not hold its data; "
        "open the project or the table that it was trained on."
    )


def _classes(table: Table, inputs: tuple[str, ...], target: str) -> tuple[str, ...]:
    """Return the classes of a column in the order in which the outputs stand for them, none where it has none."""
    try:
        samples = table_samples(table, inputs=inputs, targets=(target,), task="classification")
    except InputError:
        return ()
    return samples.classes if samples.input_names == inputs else ()  # a text column becomes inputs of other names


def _check_order(model: TrainedModel, classes: tuple[str, ...], place: str) -> None:
    """Refuse the classes of the data in another order: the outputs would stand for other classes."""
    if set(model.classes) == set(classes) and model.classes != classes:
        wanted = ", ".join(map(shown, classes))
        raise FieldError("output.classes", model.classes, f"in the order of {place}: {wanted}")
