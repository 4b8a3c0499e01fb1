"""Cost and score of the training, the test and the validation part, of one run or of several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nnplayground.arrays import Floats, Integers
from nnplayground.engine.metrics import accuracy, mean_r_squared
from nnplayground.engine.network import Evaluation, Network
from nnplayground.training.run.outputs import OutputRule
from nnplayground.training.run.prepare import Prepared


def side_by_side(arrays: Sequence[Floats], network: Network, *, shared: bool = False) -> Floats:
    """Return the arrays of all runs on a leading axis; that of a single run, or that all of them share, as it is."""
    return np.stack(arrays) if network.lead and not shared else arrays[0]


class Measuring:
    """Measures a network on the data that it trains on; `data` has one entry for each run, `shared` where all equal."""

    def __init__(self, network: Network, data: Sequence[Prepared], *, shared: bool = False) -> None:
        self._rule = data[0].rule
        parts = (
            [_measured(one, one.train_rows, one.train_inputs, one.train_targets) for one in data],
            [_measured(one, one.test_rows, one.test_inputs, one.test_targets) for one in data],
            [_measured(one, one.validation_rows, one.validation_inputs, one.validation_targets) for one in data],
        )
        self._parts = [
            _MeasuredPart(
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

    def gradient_norms(self, held: Integers) -> Floats:
        """Return the length `[...]` of that gradient; what lies at the places `held` does not count."""
        gradient = self.gradient()
        gradient[..., held] = 0.0
        with np.errstate(all="ignore"):
            # A single vector is summed in another order than the rows of a matrix, which shows in the last bit.
            if gradient.ndim == 1:
                return np.asarray(np.linalg.norm(gradient))
            return np.asarray(np.linalg.norm(gradient, axis=-1))


def _measured(data: Prepared, rows: Integers, inputs: Floats, targets: Floats) -> tuple[Floats, Floats, Floats]:
    """Return inputs, targets and what is right of one part: the classes `[samples]`, or the targets themselves.

    R² is the same for scaled targets, so that runs with scalings of their own are measured side by side.
    """
    return inputs, targets, data.samples.targets[rows] if data.rule.classes else targets


class _MeasuredPart:
    """One part of the data: `truth` holds the true classes `[..., samples]`, or values `[..., samples, outputs]`."""

    def __init__(self, network: Network, rule: OutputRule, inputs: Floats, targets: Floats, truth: Floats) -> None:
        self.evaluation = Evaluation(network, inputs, targets, cost=rule.cost)
        own = truth.shape[-1:] if rule.classes else truth.shape[-2:]
        truth = np.broadcast_to(truth, (*network.lead, *own))
        self._rule, self._classes = rule, truth.astype(np.int64) if rule.classes else None
        self._values = np.moveaxis(truth, -1, 0)
        self._outputs = self.evaluation.outputs.swapaxes(0, -2)  # one output after another

    def measure(self, between: Callable[[], object] | None) -> tuple[Floats, Floats]:
        """Return the cost and the score `[...]`."""
        cost = self.evaluation.cost(between)
        if self._classes is not None:
            return cost, accuracy(self._rule.predicted_classes(self._outputs), self._classes)
        return cost, mean_r_squared(self._outputs, self._values)
