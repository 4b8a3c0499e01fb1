"""Cost and score of the training, the test and the validation part, of one run or of several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.metrics import accuracy, r_squared
from nnplayground.engine.network import Evaluation, Network
from nnplayground.training.outputs import OutputRule
from nnplayground.training.prepare import Prepared


def side_by_side(arrays: Sequence[Floats], network: Network, *, shared: bool = False) -> Floats:
    """Return the arrays of all runs on a leading axis; that of a single run, or that all of them share, as it is."""
    return np.stack(arrays) if network.lead and not shared else arrays[0]


class Measuring:
    """Measures a network on the data that it trains on; `data` has one entry for each run, `shared` where all equal."""

    def __init__(self, network: Network, data: Sequence[Prepared], *, shared: bool = False) -> None:
        self._rule = data[0].rule
        parts = (
            [(one.train_inputs, one.train_targets, one.samples.targets[one.train_rows]) for one in data],
            [(one.test_inputs, one.test_targets, one.samples.targets[one.test_rows]) for one in data],
            [(one.validation_inputs, one.validation_targets, one.samples.targets[one.validation_rows]) for one in data],
        )
        self._parts = [
            _Part(
                network,
                self._rule,
                *(side_by_side(arrays, network, shared=shared) for arrays in zip(*part, strict=True)),
            )
            if len(part[0][0])
            else None
            for part in parts
        ]
        self._nothing: Floats = np.full(network.lead, np.nan)

    def row(self, between: Callable[[], object] | None = None) -> Floats:
        """Return the measurements `[6, ...]` in the order of the rows of a curve; NaN where there is none.

        Many samples are measured in parts, and `between` is called between them.
        """
        measured = [part.measure(between) if part else (self._nothing, self._nothing) for part in self._parts]
        costs, scores = zip(*measured, strict=True)
        return np.array([*costs[:2], *scores[:2], costs[2], scores[2]])

    def gradient(self) -> Floats:
        """Return the gradient `[..., parameters]` of the cost over all training samples, penalties left out."""
        train = self._parts[0]
        if train is None:
            raise ValueError("There is always a training part.")
        return train.evaluation.gradient()


class _Part:
    """One part of the data: `truth` `[..., samples]` holds the true classes or values."""

    def __init__(self, network: Network, rule: OutputRule, inputs: Floats, targets: Floats, truth: Floats) -> None:
        self.evaluation = Evaluation(network, inputs, targets, cost=rule.cost)
        truth = np.broadcast_to(truth, (*network.lead, truth.shape[-1]))
        self._rule, self._truth, self._true_classes = rule, truth, truth.astype(np.int64)

    def measure(self, between: Callable[[], object] | None) -> tuple[Floats, Floats]:
        """Return the cost and the score `[...]`."""
        cost = self.evaluation.cost(between)
        by_output = self.evaluation.outputs.swapaxes(0, -2)
        if self._rule.classes:
            return cost, accuracy(self._rule.predicted_classes(by_output), self._true_classes)
        return cost, r_squared(by_output[0], self._truth)
