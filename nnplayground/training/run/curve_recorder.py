"""Writes down what was measured of a single run after each epoch."""

from __future__ import annotations

from math import sqrt

from nnplayground.arrays import Floats
from nnplayground.engine.network import Network
from nnplayground.engine.regularizers import penalty
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.epoch_loop import EpochLoop
from nnplayground.training.run.history import Curve, History


class CurveRecorder:
    """An `EpochRecorder` that keeps the `history` of one run, with its penalty and the gradient of each layer."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._network: Network | None = None
        self._gradients: list[Floats] = []

    def go_on(self, curve: Curve, layers: int) -> None:
        """Go on behind a curve, with a network of so many layers with weights."""
        self.history = History(curve)
        self.history.expect_layers(layers)

    def record(self, row: Floats, loop: EpochLoop, /) -> None:
        """Add what was measured `[6]` to the curve; before training there is no gradient."""
        norms = [sqrt(one.dot(one)) for one in self._gradients_of(loop.network)] if loop.has_gradient else []
        self.history.append(row.tolist(), penalty_of(loop.network, loop.training), norms)

    def _gradients_of(self, network: Network) -> list[Floats]:
        """Return views of the gradient, a flat one for each layer with weights."""
        if network is not self._network:
            self._network = network
            self._gradients = [matrix.reshape(-1) for matrix in network.architecture.matrices(network.gradient)]
        return self._gradients


def penalty_of(network: Network, spec: TrainingSpec) -> float:
    """Return what l1 and l2 add to the cost that training makes small."""
    if not (spec.l1 or spec.l2):
        return 0.0
    return penalty(network.parameters, network.architecture.weight_mask, l1=spec.l1, l2=spec.l2)
