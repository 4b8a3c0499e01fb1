"""From a run or a snapshot to a model, and from a model back to a project."""

from __future__ import annotations

from dataclasses import replace

from nnplayground.arrays import Floats
from nnplayground.data.scaling import Scaling
from nnplayground.data.tables import open_table, shipped_tables
from nnplayground.engine.costs import COSTS
from nnplayground.engine.layers import Architecture
from nnplayground.errors import InputError
from nnplayground.export.model import Facts, TrainedModel
from nnplayground.project.model import DataSpec, LayerSpec, NetworkSpec, Parameters, Project, TableSource
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
    layers = tuple(
        LayerSpec(units=len(biases), activation=activation)
        for biases, activation in zip(model.biases[:-1], model.activations[:-1], strict=True)
    )
    network = NetworkSpec(layers=layers, output_activation=model.activations[-1])
    parameters = Parameters(
        weights=tuple(tuple(map(tuple, weights.tolist())) for weights in absorbed.weights),
        biases=tuple(tuple(biases.tolist()) for biases in absorbed.biases),
    )
    cost = model.facts.cost if model.facts.cost in COSTS else "auto"
    training = TrainingSpec(cost=cost)
    return Project(data=_fitting_data(model), network=network, training=training, parameters=parameters)


def _absorb_scaling(model: TrainedModel) -> TrainedModel:
    """Return the same function without scaling: W' = W / scale, b' = b - W (shift / scale) in the first layer."""
    shift, scale = (list(values) for values in (model.scaling.shift, model.scaling.scale))
    first = model.weights[0] / scale
    biases = model.biases[0] - first @ shift
    none = Scaling("none", (0.0,) * len(shift), (1.0,) * len(shift))
    return replace(model, weights=(first, *model.weights[1:]), biases=(biases, *model.biases[1:]), scaling=none)


def _fitting_data(model: TrainedModel) -> DataSpec:
    """Return data that come with the program, have the model's inputs, and its classes in the model's order."""
    if model.inputs == ("x1", "x2") and len(model.classes) == 2:
        return DataSpec(features=model.features)
    for path in shipped_tables():
        table = open_table(path)
        if not (model.classes and set(model.inputs) <= set(table.columns)):
            continue
        target = next((name for name in table.columns if set(table.column(name)) >= set(model.classes)), None)
        if target is not None:
            _check_order(model, path)
            features = model.features if model.features != model.inputs else DataSpec().features
            source = TableSource(path=path, inputs=model.inputs, target=target)
            return DataSpec(source=source, features=features)
    names = ", ".join(model.inputs)
    raise InputError(
        f"The model was trained on {names}, and a model file does not hold its data; "
        "open the project or the table that it was trained on."
    )


def _check_order(model: TrainedModel, path: str) -> None:
    """Refuse classes in another order than a table gives them: the outputs would stand for other classes."""
    if list(model.classes) != sorted(model.classes):
        found, wanted = ", ".join(model.classes), ", ".join(sorted(model.classes))
        raise InputError(
            f"The model has the classes in the order {found}; those of {path} must be in the order {wanted}."
        )
