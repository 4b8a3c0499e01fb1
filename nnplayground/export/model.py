"""A trained network as a value of its own: everything that is needed to predict, and nothing of the program.

Every export format writes these facts and reads them back. What is wrong with them is told with its place in
the model file, such as `layers[0].weights`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.features import check_features, compute_features
from nnplayground.data.scaling import AS_THEY_ARE, SCALINGS, Scaling
from nnplayground.engine.activations import ACTIVATIONS, HIDDEN_ACTIVATIONS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Layer, Shape
from nnplayground.engine.network import Network
from nnplayground.errors import FieldError
from nnplayground.export.experiment import Experiment, are_same, left_out
from nnplayground.export.layers import TrainedLayer, form_of
from nnplayground.project.feature_list import FeatureList, normal_features
from nnplayground.project.limits import Choice, Names, Rule, Text, Whole

PLANE = 2  # features are computed of two inputs only
COUNT = Whole(0, (1 << 63) - 1, "")
SIDE = Whole(1, (1 << 31) - 1, "")
IMAGE_SHAPE = "a list of channels, height and width"


@dataclass(frozen=True)
class Facts:
    """How the network was trained; costs and epochs are for the reader, not for predicting.

    A cost that is not finite becomes `None`; `cost` names the cost function, empty where it is not known.
    """

    epochs: int
    seed: int
    train_cost: float | None
    test_cost: float | None
    cost: str = ""
    validation_cost: float | None = None

    def __post_init__(self) -> None:
        for name in ("epochs", "seed"):
            _require(f"training.{name}", getattr(self, name), COUNT)
        _require("training.cost", self.cost, Text(100, ""))
        for name in ("train_cost", "validation_cost", "test_cost"):
            value = getattr(self, name)
            if value is not None and not math.isfinite(value):
                object.__setattr__(self, name, None)


@dataclass(frozen=True, eq=False)
class TrainedModel:
    """The `layers` from the input to the output with their weights, and what surrounds them.

    A network that looks at pictures has an `image_shape` (channels, height, width). `inputs` names the raw columns,
    `features` what is computed of them, `scaling` what then brings them to size; pixels lie in the order channel, row,
    column. `classes` is empty for regression. `targets` names what is predicted, where it is known, and
    `target_scaling` brought targets that are numbers to size for training: one shift and one scale for each output, or
    none. `experiment` is what the network was trained in, where the file holds it.
    Raises `InputError` when the parts do not fit together.
    """

    layers: tuple[TrainedLayer, ...]
    inputs: tuple[str, ...]
    features: tuple[str, ...]
    scaling: Scaling
    classes: tuple[str, ...]
    facts: Facts
    image_shape: Shape | None = None
    targets: tuple[str, ...] = ()
    target_scaling: Scaling = AS_THEY_ARE
    experiment: Experiment | None = None

    def __post_init__(self) -> None:
        if not self.activations:
            raise FieldError(
                "layers", [layer.kind for layer in self.layers], "at least one layer, the last of them dense"
            )
        self._check_inputs()
        self._check_image_shape()
        self._check_activations()
        self._check_layers()
        self._check_outputs()
        self._check_targets()
        _ = self.architecture  # refuses networks that are too large
        if self.experiment is not None:
            self._check_experiment(self.experiment)

    @property
    def activations(self) -> tuple[str, ...]:
        """The activation of each layer with weights."""
        return tuple(layer.activation for layer in self.layers if layer.activation is not None)

    @property
    def weights(self) -> tuple[Floats, ...]:
        """The weights of each layer that has some."""
        return tuple(layer.weights for layer in self.layers if layer.weights is not None)

    @property
    def biases(self) -> tuple[Floats, ...]:
        """The biases of each layer with weights."""
        return tuple(layer.biases for layer in self.layers if layer.biases is not None)

    @property
    def output(self) -> TrainedLayer:
        """The last layer, which gives the outputs."""
        return self.layers[-1]

    @property
    def weighs_every_input(self) -> bool:
        """Whether the first layer that does something is dense, and sees each input with weights of its own."""
        first = next(layer for layer in self.layers if not layer.layer.hands_on)
        return first.weights is not None and not first.form.window

    @property
    def architecture(self) -> Architecture:
        """The shape of the network."""
        return Architecture(self.image_shape or (len(self.features),), tuple(layer.layer for layer in self.layers))

    @property
    def task(self) -> str:
        """Whether the target is a class or a number."""
        return "classification" if self.classes else "regression"

    def outputs(self, raw: Floats) -> Floats:
        """Return the outputs `[samples, outputs]` for raw inputs `[samples, inputs]`, both in original units.

        Raises `InputError` where a formula among the features has no value.
        """
        answers, scaling = self._network_outputs(raw), self.target_scaling
        return answers * np.array(scaling.scale) + np.array(scaling.shift) if scaling.scale else answers

    def _network_outputs(self, raw: Floats) -> Floats:
        """Return what the network gives, which is of the scaled target where that was scaled."""
        architecture = self.architecture
        rows = [weights.reshape(len(weights), -1) for weights in self.weights]
        network = Network(architecture, architecture.flatten(rows, self.biases))
        features = compute_features(raw, self.features)
        check_features(raw, self.features, features)
        inputs = self.scaling.apply(features)
        starts = range(0, max(1, len(inputs)), network.chunk)
        return np.concatenate([network.outputs(inputs[start : start + network.chunk]) for start in starts])

    def _check_inputs(self) -> None:
        """Refuse features that cannot be computed of the inputs, and a scaling of another length."""
        _require("input.names", self.inputs, Names("", shortest=1))
        if len(self.inputs) == PLANE:
            _require("input.features", normal_features("input.features", self.features), FeatureList(""))
        elif self.features != self.inputs:
            legal = "the same list as input.names, because features are computed of two inputs only"
            raise FieldError("input.features", self.features, legal)
        if len(self.scaling.shift) != len(self.features):
            legal = f"a list of {len(self.features)}, one number for each feature"
            raise FieldError("input.scaling.shift", self.scaling.shift, legal)

    def _check_image_shape(self) -> None:
        """Refuse pictures that are no pictures of these inputs, and layers that see pictures where there are none."""
        shape = self.image_shape
        if shape is None:
            if any(layer.form.reads_pictures for layer in self.layers):
                raise FieldError("input.image_shape", None, f"{IMAGE_SHAPE}, as the layers look at pictures")
        elif len(shape) != 3 or not all(map(SIDE.accepts, shape)) or math.prod(shape) != len(self.features):
            legal = f"{IMAGE_SHAPE}, whole numbers whose product is {len(self.features)}, the number of features"
            raise FieldError("input.image_shape", shape, legal)

    def _check_activations(self) -> None:
        """Refuse an output layer that is not dense, unknown activations, and softmax anywhere but at the output."""
        last = len(self.layers) - 1
        if self.output.activation is None or self.output.form.reads_pictures:
            legal = '"dense", because the last layer gives the outputs'
            raise FieldError(f"layers[{last}].kind", self.output.kind, legal)
        for place, layer in enumerate(self.layers):
            if layer.activation is not None:
                known = tuple(ACTIVATIONS) if place == last else HIDDEN_ACTIVATIONS
                _require(f"layers[{place}].activation", layer.activation, Choice(known, ""))

    def _check_layers(self) -> None:
        """Refuse layers, weights and biases that do not follow each other, and numbers that are not finite."""
        below: Shape = self.image_shape or (len(self.features),)
        for place, layer in enumerate(self.layers):
            try:
                layer.form.check_below(below)
            except FieldError as error:
                raise error.within(f"layers[{place}]") from None
            if layer.weights is not None and layer.biases is not None:
                _check_arrays(f"layers[{place}]", layer.weights, layer.biases, layer.form.weights_shape(below))
            below = layer.layer.shape(below)

    def _check_outputs(self) -> None:
        """Refuse classes that the outputs cannot stand for."""
        _require("output.classes", self.classes, Names(""))
        count, outputs = len(self.classes), self.output.units
        if count == 1:
            raise FieldError("output.classes", self.classes, "an empty list (regression) or at least two classes")
        wanted = 1 if count == 2 and self.output.activation != "softmax" else count
        if count and outputs != wanted:
            rows = "one row" if wanted == 1 else f"{wanted} rows"
            legal = f"a matrix of {rows} for {count} classes and {self.output.activation} outputs"
            _refuse_shape(f"layers[{len(self.layers) - 1}].weights", self.weights[-1], legal)

    def _check_targets(self) -> None:
        """Refuse names and a scaling of targets that are not those of the outputs."""
        _require("output.targets", self.targets, Names(""))
        columns = 1 if self.classes else self.output.units
        if self.targets and len(self.targets) != columns:
            raise FieldError("output.targets", self.targets, f"a list of {columns}, or an empty one")
        count = len(self.target_scaling.shift)
        if count and (self.classes or count != self.output.units):
            legal = "left out, as classes are not scaled" if self.classes else f"a list of {self.output.units}"
            raise FieldError("output.scaling.shift", self.target_scaling.shift, legal)

    def _check_experiment(self, experiment: Experiment) -> None:
        """Refuse an experiment with other layers than those of the weights."""
        try:
            architecture = self.architecture_of(experiment)
        except FieldError as error:
            raise error.within("experiment.project.network") from None
        found = [(form_of(layer), layer.activation) for layer in acting_layers(architecture)]
        own = [(layer.form, layer.activation) for layer in self.layers]
        if (found, architecture.shapes) != (own, self.architecture.shapes):
            legal = "the layers of the model: " + ", ".join(layer.words for layer in self.layers)
            raise FieldError("experiment.project.network.layers", [form.kind for form, _ in found], legal)
        if len(experiment.off) != len(left_out(architecture)):
            legal = f"a list of {len(left_out(architecture))}, one for each weight from a neuron that is switched off"
            raise FieldError("experiment.off", experiment.off, legal)

    def architecture_of(self, experiment: Experiment) -> Architecture:
        """Return the shape of the network with all layers of an experiment, with the inputs and outputs of the model.

        Raises `InputError` where these layers cannot stand on these inputs.
        """
        hidden = tuple(layer.layer() for layer in experiment.project.network.layers)
        looks = self.image_shape is not None and any(layer.reads_pictures for layer in hidden)
        below: Shape = self.image_shape if looks and self.image_shape else (len(self.features),)
        return Architecture(below, (*hidden, self.output.layer))


def fitted_scaling(name: str, shift: Floats, scale: Floats, *, place: str = "input.scaling") -> Scaling:
    """Return the scaling; raises `FieldError` with the place in the model file where it is not possible."""
    _require(f"{place}.name", name, Choice(tuple(SCALINGS), ""))
    if len(shift) != len(scale):
        legal = f"a list of {len(shift)}, one number for each of {place}.shift"
        raise FieldError(f"{place}.scale", scale.tolist(), legal)
    _check_finite(f"{place}.shift", shift)
    _check_finite(f"{place}.scale", scale)
    if not scale.all():
        number = int(np.flatnonzero(scale == 0.0)[0])
        raise FieldError(f"{place}.scale[{number}]", 0, "another number, because it divides")
    return Scaling(name, tuple(shift.tolist()), tuple(scale.tolist()))


def acting_layers(architecture: Architecture) -> tuple[Layer, ...]:
    """Return the layers that a model lists: one that hands on what it gets only where it makes pictures a row."""
    has_pictures = len(architecture.input_shape) > 1
    return tuple(
        layer for layer in architecture.layers if not layer.hands_on or (has_pictures and layer.reads_pictures)
    )


def same(one: TrainedModel, other: TrainedModel) -> bool:
    """Tell whether two models agree to the last bit."""
    arrays = zip((*one.weights, *one.biases), (*other.weights, *other.biases), strict=False)
    return (
        [(layer.form, layer.activation) for layer in one.layers]
        == [(layer.form, layer.activation) for layer in other.layers]
        and (one.inputs, one.features, one.scaling, one.classes, one.facts)
        == (other.inputs, other.features, other.scaling, other.classes, other.facts)
        and (one.image_shape, one.targets, one.target_scaling)
        == (other.image_shape, other.targets, other.target_scaling)
        and are_same(one.experiment, other.experiment)
        and all(np.array_equal(first, second) for first, second in arrays)
    )


def _require(path: str, value: object, rule: Rule) -> None:
    if not rule.accepts(value):
        raise FieldError(path, value, rule.legal)


def _check_arrays(place: str, weights: Floats, biases: Floats, wanted: tuple[int, ...]) -> None:
    """Refuse weights that are not `[out, *wanted]`, biases of another number, and numbers that are not finite."""
    if weights.shape[1:] != wanted or not len(weights):
        size = " × ".join(map(str, wanted))
        legal = f"a matrix of the shape out × {size}" if len(wanted) == 1 else f"of the shape filters × {size}"
        _refuse_shape(f"{place}.weights", weights, legal)
    if biases.shape != weights.shape[:1]:
        _refuse_shape(f"{place}.biases", biases, f"a list of {len(weights)}, one for each row of weights")
    _check_finite(f"{place}.weights", weights)
    _check_finite(f"{place}.biases", biases)


def _refuse_shape(path: str, array: Floats, legal: str) -> None:
    raise FieldError(path, " × ".join(map(str, array.shape)) or "one number", legal)


def _check_finite(path: str, array: Floats) -> None:
    """Refuse an array that holds infinity or what is no number."""
    wrong = np.argwhere(~np.isfinite(array))
    if len(wrong):
        place = "".join(f"[{index}]" for index in wrong[0])
        raise FieldError(path + place, float(array[tuple(wrong[0])]), "a finite number")
