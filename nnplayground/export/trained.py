"""From a run or a snapshot to a model, and from a model back to a project."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.csv_table import Table
from nnplayground.data.datasets import CLASSES
from nnplayground.data.scaling import Scaling
from nnplayground.data.tables import open_table, shipped_tables, table_samples
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.costs import COSTS
from nnplayground.errors import FieldError, InputError, printable, shown
from nnplayground.export.model import PLANE, Facts, TrainedModel
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, NetworkSpec, Parameters, Project, TableSource
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.prepare import Prepared


def trained_model(architecture: Architecture, parameters: Floats, data: Prepared, facts: Facts) -> TrainedModel:
    """Return the model made of these parameters; the arrays are copied."""
    return TrainedModel(
        activations=architecture.activations,
        weights=tuple(weights.copy() for weights in architecture.weights(parameters)),
        biases=tuple(biases.copy() for biases in architecture.biases(parameters)),
        inputs=data.samples.input_names,
        features=data.features,
        scaling=data.scaling,
        classes=data.samples.classes,
        facts=facts,
    )


def project_from(model: TrainedModel) -> Project:
    """Return a project that starts with the model's weights, on data that come with the program and fit.

    A model of the plane with two classes gets the starter's points; one made from a shipped table gets that table.
    Raises `InputError` for any other, as a model file does not hold the data it was trained on.
    """
    absorbed = _absorb_scaling(model)
    hidden = zip(model.biases[:-1], model.activations[:-1], strict=True)
    layers = tuple(_layer(place, len(biases), activation) for place, (biases, activation) in enumerate(hidden))
    network = NetworkSpec(layers=layers, output_activation=model.activations[-1])
    parameters = Parameters(
        weights=tuple(tuple(map(tuple, weights.tolist())) for weights in absorbed.weights),
        biases=tuple(tuple(biases.tolist()) for biases in absorbed.biases),
    )
    cost = model.facts.cost if model.facts.cost in COSTS else "auto"
    data = _fitting_data(model)
    return Project(data=data, network=network, training=TrainingSpec(cost=cost), parameters=parameters)


def _layer(place: int, units: int, activation: str) -> DenseSpec:
    """Return a hidden layer; what a project cannot hold is told with its place in the model file."""
    try:
        return DenseSpec(units=units, activation=activation)
    except FieldError as error:
        raise error.within(f"layers[{place}]") from None


def _absorb_scaling(model: TrainedModel) -> TrainedModel:
    """Return the same function without scaling: W' = W / scale, b' = b - W (shift / scale) in the first layer."""
    shift, scale = (np.array(values) for values in (model.scaling.shift, model.scaling.scale))
    with np.errstate(over="ignore", invalid="ignore"):  # what becomes too large is told below
        first = model.weights[0] / scale
        biases = model.biases[0] - first @ shift
    if not (np.isfinite(first).all() and np.isfinite(biases).all()):
        legal = "numbers by which the weights of the first layer can be divided without becoming infinite"
        raise FieldError("input.scaling.scale", model.scaling.scale, legal)
    none = Scaling("none", (0.0,) * len(shift), (1.0,) * len(shift))
    return replace(model, weights=(first, *model.weights[1:]), biases=(biases, *model.biases[1:]), scaling=none)


def _fitting_data(model: TrainedModel) -> DataSpec:
    """Return data that come with the program, have the model's inputs, and its classes in the model's order."""
    features = model.features if len(model.inputs) == PLANE else DataSpec().features
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
                source = TableSource(path=path, inputs=model.inputs, target=target, task="classification")
                return DataSpec(source=source, features=features)
    names = ", ".join(model.inputs)
    raise InputError(
        f"The model was trained on {printable(names)}, and a model file does not hold its data; "
        "open the project or the table that it was trained on."
    )


def _classes(table: Table, inputs: tuple[str, ...], target: str) -> tuple[str, ...]:
    """Return the classes of a column in the order in which the outputs stand for them, none where it has none."""
    try:
        return table_samples(table, inputs=inputs, target=target, task="classification").classes
    except InputError:
        return ()


def _check_order(model: TrainedModel, classes: tuple[str, ...], place: str) -> None:
    """Refuse the classes of the data in another order: the outputs would stand for other classes."""
    if set(model.classes) == set(classes) and model.classes != classes:
        wanted = ", ".join(map(shown, classes))
        raise FieldError("output.classes", model.classes, f"in the order of {place}: {wanted}")
