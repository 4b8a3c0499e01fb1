"""A trained network as a value of its own: everything that is needed to predict, and nothing of the program.

Every export format writes these facts and reads them back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.features import compute_features
from nnplayground.data.scaling import Scaling
from nnplayground.engine.layers import Architecture
from nnplayground.engine.network import Network
from nnplayground.errors import InputError


@dataclass(frozen=True)
class Facts:
    """How the network was trained; costs and epochs are for the reader, not for predicting."""

    epochs: int
    seed: int
    train_cost: float | None
    test_cost: float | None


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
                "The model must have one activation, one weight matrix and one bias vector for each layer."
            )
        below = len(self.features)
        for number, (matrix, bias) in enumerate(zip(self.weights, self.biases, strict=True), start=1):
            if matrix.ndim != 2 or matrix.shape[1] != below or bias.shape != matrix.shape[:1]:
                raise InputError(
                    f"Layer {number} of the model has weights of shape {matrix.shape} and {bias.size} biases; "
                    f"its weights must be [out, {below}] with one bias for each row."
                )
            if not (np.isfinite(matrix).all() and np.isfinite(bias).all()):
                raise InputError(f"Layer {number} of the model holds numbers that are not finite.")
            below = len(matrix)

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
