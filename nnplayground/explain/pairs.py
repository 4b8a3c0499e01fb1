"""How an output activation and a cost go together, where they are not the usual pair."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.costs import COSTS
from nnplayground.message import Facts, Message
from nnplayground.training.run.outputs import OutputRule

FAR = 50.0
"""A weighted sum at which every bounded activation has reached its limit."""

PROBABILITIES = {"binary_cross_entropy", "cross_entropy"}
SQUASHED = {"sigmoid", "softmax", "tanh"}


def pair_note(rule: OutputRule, targets: Floats) -> Message | None:
    """Return what to know about the pair of output activation and cost; `None` where it is the usual one.

    `targets` `[samples]` are the classes or the values to predict.
    """
    if rule.activation == "step":
        return Message("pair.step", {"usual": _usual(rule)})
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
    """Return the output activation that is usual with the cost."""
    if rule.classes and not COSTS[rule.cost].for_classes:
        return "sigmoid" if len(rule.classes) == 2 else "softmax"
    return COSTS[rule.cost].suggests


def _note_for_classes(rule: OutputRule) -> Message | None:
    """Return what to know where the target is a class."""
    if rule.cost == "hinge" and rule.activation == "tanh":
        return Message("pair.margin", {"usual": _usual(rule)})
    if rule.cost == "binary_cross_entropy" and rule.outputs > 1:
        return Message("pair.each_class")
    if rule.cost in PROBABILITIES or rule.cost == "hinge":
        return None
    if rule.activation in SQUASHED:
        better = "cross_entropy" if rule.activation == "softmax" else "binary_cross_entropy"
        return Message("pair.slope_fades", {"better": better})
    return None if np.isfinite(reach(rule.activation)).all() else Message("pair.overshoots")


def _note_for_numbers(rule: OutputRule, targets: Floats) -> Message | None:
    """Return what to know where the target is a number: whether the outputs can reach it."""
    low, high = reach(rule.activation)
    least, most = float(targets.min()), float(targets.max())
    if low <= least and most <= high:
        return None
    facts: Facts = {"low": low, "least": least, "most": most, "usual": _usual(rule)}
    return Message("pair.reach_up", facts) if np.isinf(high) else Message("pair.reach", {**facts, "high": high})
