"""What the outputs of the network mean: how targets are encoded for it, and how its answers are read.

Follows the output activation: `tanh` has targets ±1, `sigmoid` 0 and 1, `softmax` one-hot, `identity` the value itself
(and ±1 for classes).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats, Integers
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.costs import COSTS, suits
from nnplayground.errors import FieldError
from nnplayground.project.model import Project


@dataclass(frozen=True)
class OutputRule:
    """The output side of a network: activation, cost, number of outputs and the classes they stand for.

    `classes` is empty for regression, which has one output for each of its `targets`. Two classes use one output unless
    the activation is softmax.
    """

    activation: str
    cost: str
    classes: tuple[str, ...]
    targets: int = 1

    @property
    def outputs(self) -> int:
        """How many output neurons there are."""
        if not self.classes:
            return self.targets
        return 1 if len(self.classes) == 2 and self.activation != "softmax" else len(self.classes)

    @property
    def off(self) -> float:
        """The target of a class that a sample does not belong to; the other is 1."""
        return ACTIVATIONS[self.activation].off

    def encode(self, targets: Floats) -> Floats:
        """Return the targets `[samples, outputs]` for class indices or values `[samples]` or `[samples, targets]`."""
        if not self.classes:
            return targets.reshape(len(targets), -1)
        if self.outputs == 1:
            return np.where(targets.reshape(-1, 1) == 1.0, 1.0, self.off)
        hit = targets.reshape(-1, 1) == np.arange(len(self.classes))
        return np.where(hit, 1.0, self.off)

    def predicted_classes(self, outputs: Floats) -> Integers:
        """Return the class index `[...]` that outputs `[outputs, ...]` speak for; the first where they are level."""
        if self.outputs == 1:
            hit: Integers = (outputs[0] > (1.0 + self.off) / 2.0).astype(np.int64)
            return hit
        strongest: Integers = np.argmax(outputs, axis=0).astype(np.int64)
        return strongest

    def leaning(self, outputs: Floats) -> Floats:
        """Return, for two classes, -1 (surely the first) to +1 (surely the second) for outputs `[outputs, ...]`."""
        if self.outputs == 1:
            middle, half = (1.0 + self.off) / 2.0, (1.0 - self.off) / 2.0
            return _clipped((outputs[0] - middle) / half, -1.0)
        return _clipped((outputs[1] - outputs[0]) / (1.0 - self.off), -1.0)

    def probability(self, outputs: Floats) -> Floats:
        """Return 0 to 1: the probability that outputs `[outputs, ...]` give to the class they speak for.

        Where an output is not a probability by itself, its place between the two targets is read as one.
        """
        if self.outputs == 1:
            return 0.5 + 0.5 * np.abs(self.leaning(outputs))
        return _clipped((np.max(outputs, axis=0) - self.off) / (1.0 - self.off), 0.0)

    def confidence(self, outputs: Floats) -> Floats:
        """Return, for more classes, 0 to 1: how far the strongest output `[outputs, ...]` stands above the second."""
        ordered = np.sort(outputs, axis=0)
        return _clipped((ordered[-1] - ordered[-2]) / (1.0 - self.off), 0.0)


def _clipped(values: Floats, low: float) -> Floats:
    """Return the values cut to `low` to 1."""
    result: Floats = np.clip(values, low, 1.0)
    return result


def output_rule(project: Project, classes: tuple[str, ...], targets: int = 1) -> OutputRule:
    """Return the output side that the project asks for; `auto` is settled by the task (`classes` empty: regression).

    `targets` is how many numbers a regression predicts. Where only one of activation and cost is `auto`, it follows the
    other. Raises `FieldError` where they do not fit each other or the task.
    """
    activation, cost = project.network.output_activation, project.training.cost
    if activation == "softmax" and not classes:
        raise FieldError("network.output_activation", activation, "another one for a target that is a number")
    if activation == "auto":
        activation = _fitting_activation(cost, classes)
    if cost == "auto":
        cost = _fitting_cost(activation) if classes else "mse"
    if COSTS[cost].for_classes and not classes:
        legal = ", ".join(name for name, entry in COSTS.items() if not entry.for_classes)
        raise FieldError("training.cost", cost, f"one of {legal} for a target that is a number")
    if not suits(cost, output_activation=activation):
        legal = ", ".join(name for name in COSTS if suits(name, output_activation=activation))
        outputs = " or ".join(COSTS[cost].outputs)
        raise FieldError("training.cost", cost, f"one of {legal} for {activation} outputs, or the outputs {outputs}")
    return OutputRule(activation, cost, classes, targets)


def _fitting_activation(cost: str, classes: tuple[str, ...]) -> str:
    """Return the usual output activation for the task, or that of the cost where the cost asks for another one."""
    if not classes:
        return "identity"
    usual = "sigmoid" if len(classes) == 2 else "softmax"
    return usual if cost == "auto" or suits(cost, output_activation=usual) else COSTS[cost].suggests


def _fitting_cost(activation: str) -> str:
    """Return the usual cost of classes for an output activation."""
    return {"sigmoid": "binary_cross_entropy", "softmax": "cross_entropy"}.get(activation, "mse")
