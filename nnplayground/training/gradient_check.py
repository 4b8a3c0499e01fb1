"""Is the gradient of backpropagation right? Held against finite differences, on any network that is being trained.

A derivative is the limit of (C(w + h) - C(w - h)) / 2h. The check compares it with backpropagation in two ways: along a
few random directions, which involves every parameter at once, and for single parameters of every layer, which tells
where a mistake is. Where the cost has a kink within h (ReLU at 0, max pooling of two equal values), there is no one
derivative; such places show when differences at other distances are compared, and are counted, not judged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.network import Evaluation, Network
from nnplayground.training.prepare import Prepared
from nnplayground.training.run import Run

TOLERANCE = 1e-5
"""The largest relative error that rounding explains, with steps of `STEP`."""

STEP = 4e-6
KINK = 1e-3
"""How large a bend must be, as a share of the slope, to count as a kink."""

NOISE = 1e-8
"""Differences of the cost below this share of it are rounding."""

DIRECTIONS = 4
PER_LAYER = 60
MOST_SAMPLES = 200


@dataclass(frozen=True)
class Comparison:
    """One derivative found in both ways; `place` says of what, in words."""

    place: str
    backpropagation: float
    difference: float
    relative_error: float


@dataclass(frozen=True)
class LayerCheck:
    """The single parameters of one layer: how many were compared, how many sat at a kink, and the worst one."""

    compared: int
    kinks: int
    worst: Comparison | None


@dataclass(frozen=True)
class GradientReport:
    """What the check found. `directions` compares derivatives along random directions, `layers` single parameters."""

    directions: tuple[Comparison, ...]
    direction_kinks: int
    layers: tuple[LayerCheck, ...]
    tolerance: float

    @property
    def worst(self) -> Comparison | None:
        """The comparison with the largest relative error; `None` when every place sat at a kink."""
        found = [*self.directions, *(layer.worst for layer in self.layers if layer.worst is not None)]
        return max(found, key=lambda one: one.relative_error, default=None)

    @property
    def passed(self) -> bool:
        """Whether every derivative that was compared agrees."""
        return self.worst is None or self.worst.relative_error <= self.tolerance

    @property
    def sentence(self) -> str:
        """The outcome in words."""
        compared = len(self.directions) + sum(layer.compared for layer in self.layers)
        kinks = self.direction_kinks + sum(layer.kinks for layer in self.layers)
        places = "place at a kink was" if kinks == 1 else "places at a kink were"
        left_out = f" {kinks:,} {places} left out." if kinks else ""
        if self.worst is None:
            return f"There was nothing to compare.{left_out}"
        verdict = "agree" if self.passed else "do NOT agree"
        return (
            f"Backpropagation and finite differences {verdict} at {compared:,} places; the largest relative error is "
            f"{self.worst.relative_error:.1e} ({self.worst.place}).{left_out}"
        )


def gradient_check(run: Run, *, seed: int = 0) -> GradientReport:
    """Compare the gradient of a run's cost at its present weights with finite differences; the run is left as it is.

    Uses up to `MOST_SAMPLES` training samples, without dropout and penalties, and up to `PER_LAYER` weights or biases
    of each layer, drawn with `seed`. Source of the method: Goodfellow et al. 2016, section 11.5.
    """
    return check_gradient(run.architecture, run.network.parameters, run.data, seed=seed)


def check_gradient(architecture: Architecture, parameters: Floats, data: Prepared, *, seed: int = 0) -> GradientReport:
    """Do the same for a network with these parameters on these data, for example those of a snapshot."""
    rng = np.random.default_rng(seed)
    network = Network(architecture, parameters.copy())
    inputs, targets = (values[:MOST_SAMPLES] for values in (data.train_inputs, data.train_targets))
    probe = _Probe(network, Evaluation(network, inputs, targets, cost=data.rule.cost))
    drawn = rng.normal(size=(DIRECTIONS, network.parameters.size))
    drawn /= np.linalg.norm(drawn, axis=-1, keepdims=True)
    found = [probe.compare(direction, f"random direction {place + 1}") for place, direction in enumerate(drawn)]
    directions = tuple(one for one in found if one is not None)
    layers = tuple(_check_layer(architecture, probe, layer, rng) for layer in range(len(architecture.shapes)))
    return GradientReport(directions, DIRECTIONS - len(directions), layers, TOLERANCE)


class _Probe:
    """The cost near the present weights."""

    def __init__(self, network: Network, evaluation: Evaluation) -> None:
        self._network, self._evaluation = network, evaluation
        self._start = network.parameters.copy()
        self.gradient = evaluation.gradient()
        self._cost = float(evaluation.cost())
        self._slope = float(np.linalg.norm(self.gradient))

    def compare(self, direction: Floats, place: str) -> Comparison | None:
        """Compare the derivative along a direction `[parameters]`; `None` where the cost has a kink."""
        near, bend = self._slope_and_bend(direction, STEP)
        far, wide_bend = self._slope_and_bend(direction, 2.0 * STEP)
        analytic = float(self.gradient @ direction)
        noise = NOISE * max(abs(self._cost), 1.0)
        scale = max(abs(near), abs(analytic), noise / TOLERANCE, KINK * self._slope * float(np.abs(direction).max()))
        # The bend of a smooth cost grows with the step, that at a kink does not; and the slope does not change with it.
        is_kink = abs(bend) > max(KINK * scale, 0.7 * abs(wide_bend))
        if is_kink or abs(near - far) > TOLERANCE / 4.0 * scale:
            return None
        return Comparison(place, analytic, near, abs(near - analytic) / scale)

    def _slope_and_bend(self, direction: Floats, step: float) -> tuple[float, float]:
        """Return the central difference along a direction, and how much more the cost rises ahead than behind."""
        ahead, behind = (self._difference(sign * step * direction) / step for sign in (1.0, -1.0))
        return (ahead - behind) / 2.0, ahead + behind

    def _difference(self, step: Floats) -> float:
        """Return how much the cost changes with a step, and go back."""
        np.add(self._start, step, self._network.parameters)
        changed = float(self._evaluation.cost()) - self._cost
        np.copyto(self._network.parameters, self._start)
        return changed


def _check_layer(architecture: Architecture, probe: _Probe, layer: int, rng: np.random.Generator) -> LayerCheck:
    """Compare some parameters of one layer."""
    numbers = architecture.matrices(np.arange(architecture.parameter_count, dtype=np.float64))[layer].ravel()
    chosen = rng.permutation(numbers.astype(np.int64))[:PER_LAYER]
    found = []
    for number in np.sort(chosen):
        direction = np.zeros(architecture.parameter_count)
        direction[number] = 1.0
        found.append(probe.compare(direction, _place(architecture.shapes[layer], layer, int(number - numbers[0]))))
    compared = [one for one in found if one is not None]
    worst = max(compared, key=lambda one: one.relative_error, default=None)
    return LayerCheck(len(compared), len(found) - len(compared), worst)


def _place(shape: tuple[int, int], layer: int, number: int) -> str:
    """Return in words which parameter of a layer this is."""
    row, column = divmod(number, shape[1] + 1)
    what = "bias" if column == shape[1] else f"weight {column + 1}"
    return f"layer {layer + 1}, neuron {row + 1}, {what}"
