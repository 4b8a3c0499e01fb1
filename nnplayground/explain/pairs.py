"""How an output activation and a cost go together, in a sentence, where they are not the usual pair."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.costs import COSTS
from nnplayground.training.run.outputs import OutputRule

FAR = 50.0
"""A weighted sum at which every bounded activation has reached its limit."""

PROBABILITIES = {"binary_cross_entropy", "cross_entropy"}
SQUASHED = {"sigmoid", "softmax", "tanh"}


def pair_note(rule: OutputRule, targets: Floats) -> str:
    """Return what to know about the pair of output activation and cost; empty where it is the usual one.

    `targets` `[samples]` are the classes or the values to predict.
    """
    if rule.activation == "step":
        return f"A step has no slope, so nothing can learn; {_usual(rule)}"
    return _note_for_classes(rule) if rule.classes else _note_for_numbers(rule, targets)


@cache
def reach(activation: str) -> tuple[float, float]:
    """Return the lowest and the highest value that an activation can have; infinite where there is no limit."""
    z = np.linspace(-FAR, FAR, 20_001).reshape(1, -1)
    a = np.empty_like(z)
    with np.errstate(all="ignore"):
        ACTIVATIONS[activation].value(z, a)
    low, high = float(a.min()), float(a.max())
    # Rounded, because a limit such as 0 is only come near to.
    return (-np.inf if low < -FAR / 2.0 else round(low, 6)), (np.inf if high > FAR / 2.0 else round(high, 6))


def _usual(rule: OutputRule) -> str:
    name = COSTS[rule.cost].suggests
    if rule.classes and not COSTS[rule.cost].for_classes:
        name = "sigmoid" if len(rule.classes) == 2 else "softmax"
    return f"{'linear' if name == 'identity' else name} outputs are the usual choice with this cost."


def _note_for_classes(rule: OutputRule) -> str:
    """Return what to know where the target is a class."""
    if rule.cost == "hinge" and rule.activation == "tanh":
        return f"Tanh never quite reaches the margin of 1 that this cost asks for, so no sample is done; {_usual(rule)}"
    if rule.cost == "binary_cross_entropy" and rule.outputs > 1:
        return "Every class gets a yes or no of its own; to choose one of several, take softmax and cross-entropy."
    if rule.cost in PROBABILITIES or rule.cost == "hinge":
        return ""
    if rule.activation in SQUASHED:
        better = "cross-entropy" if rule.activation == "softmax" else "binary cross-entropy"
        return f"Works, but where an output is far wrong its slope fades and it learns slowly; {better} does not fade."
    if np.isfinite(reach(rule.activation)).all():
        return ""
    return "The outputs may overshoot the targets, which counts as wrong; sigmoid or softmax outputs cannot."


def _note_for_numbers(rule: OutputRule, targets: Floats) -> str:
    """Return what to know where the target is a number: whether the outputs can reach it."""
    low, high = reach(rule.activation)
    least, most = float(targets.min()), float(targets.max())
    if low <= least and most <= high:
        return ""
    limits = f"from {low:.3g} up" if np.isinf(high) else f"from {low:.3g} to {high:.3g}"
    return f"The outputs reach {limits}, but the target goes from {least:.3g} to {most:.3g}; {_usual(rule)}"
