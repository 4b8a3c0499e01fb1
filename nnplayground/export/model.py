"""A trained network as a value of its own: everything that is needed to predict, and nothing of the program.

Every export format writes these facts and reads them back. What is wrong with them is told with its place in
the model file, such as `layers[0].weights`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.features import FEATURES, compute_features
from nnplayground.data.scaling import SCALINGS, Scaling
from nnplayground.engine.activations import ACTIVATIONS, HIDDEN_ACTIVATIONS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.network import Network
from nnplayground.errors import FieldError
from nnplayground.project.limits import Choice, Names, Text, Whole

PLANE = 2  # features are computed of two inputs only
COUNT = Whole(0, (1 << 63) - 1, "")


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

    def __post_init__(self) -> None:
        for name in ("epochs", "seed"):
            _require(f"training.{name}", getattr(self, name), COUNT)
        _require("training.cost", self.cost, Text(100, ""))
        for name in ("train_cost", "test_cost"):
            value = getattr(self, name)
            if value is not None and not math.isfinite(value):
                object.__setattr__(self, name, None)


@dataclass(frozen=True, eq=False)
class TrainedModel:
    """Layers with `weights` `W[out, in]`, `biases` `[out]` and activations, and what surrounds them.

    `inputs` names the raw columns, `features` what is computed of them, `scaling` what then brings them to size.
    `classes` is empty for regression. Raises `InputError` when the parts do not fit together.
    """

    activations: tuple[str, ...]
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    inputs: tuple[str, ...]
    features: tuple[str, ...]
    scaling: Scaling
    classes: tuple[str, ...]
    facts: Facts

    def __post_init__(self) -> None:
        counts = f"{len(self.activations)} activations, {len(self.weights)} weights, {len(self.biases)} biases"
        if not len(self.activations) == len(self.weights) == len(self.biases) >= 1:
            raise FieldError("layers", counts, "at least one layer, with one of each for every layer")
        self._check_inputs()
        self._check_activations()
        self._check_layers()
        self._check_outputs()
        _ = self.architecture  # refuses networks that are too large

    @property
    def architecture(self) -> Architecture:
        """The shape of the network."""
        return Architecture.dense((len(self.features), *(len(bias) for bias in self.biases)), self.activations)

    @property
    def task(self) -> str:
        """Whether the target is a class or a number."""
        return "classification" if self.classes else "regression"

    def outputs(self, raw: Floats) -> Floats:
        """Return the outputs `[samples, outputs]` for raw inputs `[samples, inputs]` in original units."""
        architecture = self.architecture
        network = Network(architecture, architecture.flatten(self.weights, self.biases))
        return network.outputs(self.scaling.apply(compute_features(raw, self.features)))

    def _check_inputs(self) -> None:
        """Refuse features that cannot be computed of the inputs, and a scaling of another length."""
        _require("input.names", self.inputs, Names("", shortest=1))
        if len(self.inputs) == PLANE:
            _require("input.features", self.features, Names("", tuple(FEATURES), shortest=1))
        elif self.features != self.inputs:
            legal = "the same list as input.names, because features are computed of two inputs only"
            raise FieldError("input.features", self.features, legal)
        if len(self.scaling.shift) != len(self.features):
            legal = f"a list of {len(self.features)}, one number for each feature"
            raise FieldError("input.scaling.shift", self.scaling.shift, legal)

    def _check_activations(self) -> None:
        """Refuse unknown activations, and softmax anywhere but at the output."""
        for layer, name in enumerate(self.activations):
            known = tuple(ACTIVATIONS) if layer == len(self.activations) - 1 else HIDDEN_ACTIVATIONS
            _require(f"layers[{layer}].activation", name, Choice(known, ""))

    def _check_layers(self) -> None:
        """Refuse matrices and vectors that do not follow each other, and numbers that are not finite."""
        below = len(self.features)
        for layer, (matrix, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            if matrix.ndim != 2 or not len(matrix) or matrix.shape[1] != below:
                _refuse_shape(f"layers[{layer}].weights", matrix, f"a matrix of the shape out × {below}")
            if bias.shape != matrix.shape[:1]:
                _refuse_shape(f"layers[{layer}].biases", bias, f"a list of {len(matrix)}, one for each row of weights")
            _check_finite(f"layers[{layer}].weights", matrix)
            _check_finite(f"layers[{layer}].biases", bias)
            below = len(matrix)

    def _check_outputs(self) -> None:
        """Refuse classes that the outputs cannot stand for."""
        _require("output.classes", self.classes, Names(""))
        count, outputs = len(self.classes), len(self.biases[-1])
        if count == 1:
            raise FieldError("output.classes", self.classes, "an empty list (regression) or at least two classes")
        wanted = 1 if count == 2 and self.activations[-1] != "softmax" else count
        if count and outputs != wanted:
            rows = "one row" if wanted == 1 else f"{wanted} rows"
            legal = f"a matrix of {rows} for {count} classes and {self.activations[-1]} outputs"
            _refuse_shape(f"layers[{len(self.biases) - 1}].weights", self.weights[-1], legal)


def fitted_scaling(name: str, shift: Floats, scale: Floats) -> Scaling:
    """Return the scaling; raises `FieldError` with the place in the model file where it is not possible."""
    _require("input.scaling.name", name, Choice(tuple(SCALINGS), ""))
    if len(shift) != len(scale):
        legal = f"a list of {len(shift)}, one number for each of input.scaling.shift"
        raise FieldError("input.scaling.scale", scale.tolist(), legal)
    _check_finite("input.scaling.shift", shift)
    _check_finite("input.scaling.scale", scale)
    if not scale.all():
        place = int(np.flatnonzero(scale == 0.0)[0])
        raise FieldError(f"input.scaling.scale[{place}]", 0, "another number, because it divides")
    return Scaling(name, tuple(shift.tolist()), tuple(scale.tolist()))


def same(one: TrainedModel, other: TrainedModel) -> bool:
    """Tell whether two models agree to the last bit."""
    arrays = [
        (first, second)
        for model_parts in ((one.weights, other.weights), (one.biases, other.biases))
        for first, second in zip(*model_parts, strict=False)
    ]
    return (
        (one.activations, one.inputs, one.features, one.scaling, one.classes, one.facts)
        == (other.activations, other.inputs, other.features, other.scaling, other.classes, other.facts)
        and len(one.weights) == len(other.weights)
        and all(np.array_equal(first, second) for first, second in arrays)
    )


def _require(path: str, value: object, rule: Choice | Names | Text | Whole) -> None:
    if not rule.accepts(value):
        raise FieldError(path, value, rule.legal)


def _refuse_shape(path: str, array: Floats, legal: str) -> None:
    raise FieldError(path, " × ".join(map(str, array.shape)) or "one number", legal)


def _check_finite(path: str, array: Floats) -> None:
    """Refuse an array that holds infinity or what is no number."""
    wrong = np.argwhere(~np.isfinite(array))
    if len(wrong):
        place = "".join(f"[{index}]" for index in wrong[0])
        raise FieldError(path + place, float(array[tuple(wrong[0])]), "a finite number")
