"""A trained network as a value of its own: everything that is needed to predict, and nothing of the program.

Every export format writes these facts and reads them back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.features import FEATURES, compute_features
from nnplayground.data.scaling import Scaling
from nnplayground.engine.activations import ACTIVATIONS, HIDDEN_ACTIVATIONS
from nnplayground.engine.layers import Architecture
from nnplayground.engine.network import Network
from nnplayground.errors import InputError, shown

PLANE = 2  # features are computed of two inputs only


@dataclass(frozen=True)
class Facts:
    """How the network was trained; costs and epochs are for the reader, not for predicting.

    A cost that is not finite is `None`; `cost` names the cost function, empty where it is not known.
    """

    epochs: int
    seed: int
    train_cost: float | None
    test_cost: float | None
    cost: str = ""


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
        if not len(self.activations) == len(self.weights) == len(self.biases) >= 1:
            raise InputError(
                f"The model has {len(self.activations)} activations, {len(self.weights)} weight matrices and "
                f"{len(self.biases)} bias vectors; it must have one of each for every layer."
            )
        self._check_activations()
        self._check_layers()
        self._check_inputs()
        self._check_classes()

    @property
    def architecture(self) -> Architecture:
        """The shape of the network."""
        return Architecture((len(self.features), *(len(bias) for bias in self.biases)), self.activations)

    @property
    def task(self) -> str:
        """Whether the target is a class or a number."""
        return "classification" if self.classes else "regression"

    def outputs(self, raw: Floats) -> Floats:
        """Return the outputs `[samples, outputs]` for raw inputs `[samples, inputs]` in original units."""
        architecture = self.architecture
        network = Network(architecture, architecture.flatten(self.weights, self.biases))
        return network.outputs(self.scaling.apply(compute_features(raw, self.features)))

    def _check_activations(self) -> None:
        """Refuse unknown activations, and softmax anywhere but at the output."""
        for number, name in enumerate(self.activations, start=1):
            known = tuple(ACTIVATIONS) if number == len(self.activations) else HIDDEN_ACTIVATIONS
            if name not in known:
                legal = ", ".join(known)
                raise InputError(
                    f"Layer {number} of the model has the activation {shown(name)}; it must be one of {legal}."
                )

    def _check_layers(self) -> None:
        """Refuse matrices and vectors that do not follow each other, and numbers that are not finite."""
        below = len(self.features)
        for number, (matrix, bias) in enumerate(zip(self.weights, self.biases, strict=True), start=1):
            if matrix.ndim != 2 or not len(matrix) or matrix.shape[1] != below or bias.shape != matrix.shape[:1]:
                raise InputError(
                    f"Layer {number} of the model has weights of shape {matrix.shape} and {bias.size} biases; "
                    f"its weights must be [out, {below}] with one bias for each row."
                )
            if not (np.isfinite(matrix).all() and np.isfinite(bias).all()):
                raise InputError(f"Layer {number} of the model holds numbers that are not finite; all must be.")
            below = len(matrix)

    def _check_inputs(self) -> None:
        """Refuse features that cannot be computed of the inputs, and a scaling of another length."""
        computed = set(self.features) <= set(FEATURES) and len(self.inputs) == PLANE
        if not self.features or not (computed or self.features == self.inputs):
            found = ", ".join(self.features) or "none"
            raise InputError(
                f"The model has the features {found} of the inputs {', '.join(self.inputs)}; they must be "
                f"the inputs themselves or, of two inputs, some of {', '.join(FEATURES)}."
            )
        lengths = len(self.scaling.shift), len(self.scaling.scale)
        if lengths != (len(self.features),) * 2:
            raise InputError(
                f"The model's scaling has {lengths[0]} shifts and {lengths[1]} scales; "
                f"it must have {len(self.features)} of each, one for every feature."
            )

    def _check_classes(self) -> None:
        """Refuse classes that the outputs cannot stand for."""
        count, outputs = len(self.classes), len(self.biases[-1])
        if len(set(self.classes)) != count or count == 1:
            raise InputError(
                f"The model has the classes {', '.join(self.classes)}; they must be two or more different names."
            )
        single = count == PLANE and self.activations[-1] != "softmax"
        if count and outputs != (1 if single else count):
            raise InputError(
                f"The model has {outputs} outputs for {count} classes; it must have {1 if single else count}."
            )


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
