"""Is the gradient of backpropagation right? Held against finite differences, on any network that is being trained.

A derivative is the limit of (C(w + h) - C(w - h)) / 2h. The check compares it with backpropagation in two ways: along a
few random directions, which involves every parameter at once, and for single parameters of every layer, which tells
where a mistake is. Where the cost has a kink within h (ReLU at 0, max pooling of two equal values), there is no one
derivative; such places show when differences at other distances are compared, and are counted, not judged. So are
places where the numbers are so large that their rounding hides every difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.network import Evaluation, Network
from nnplayground.message import Facts, Message
from nnplayground.training.run.prepare import Prepared
from nnplayground.training.run.run import Run

TOLERANCE = 1e-5
"""The largest relative error that rounding explains, with steps of `STEP`."""

STEP = 4e-6

NOISE = 1e-8
"""Differences of the cost below this share of it are rounding."""

WOBBLES, LAST_DIGITS = 4, 2.0**-51
"""How often, and by which share of themselves, all parameters are changed to see how well the cost can be computed."""

LEAST_SHARE = 1e-3
"""A derivative smaller than this share of the whole gradient is judged as if it were so large."""

DIRECTIONS = 4
PER_LAYER = 60
MOST_SAMPLES = 200


@dataclass(frozen=True)
class Comparison:
    """One derivative found in both ways; `place` tells of what."""

    place: Message
    backpropagation: float
    difference: float
    relative_error: float


@dataclass(frozen=True)
class LayerCheck:
    """The single parameters of one layer: how many were compared, how many could not be, and the worst one."""

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
    is_finite: bool = True

    @property
    def worst(self) -> Comparison | None:
        """The comparison with the largest relative error; `None` when no place could be compared."""
        found = [*self.directions, *(layer.worst for layer in self.layers if layer.worst is not None)]
        return max(found, key=lambda one: one.relative_error, default=None)

    @property
    def passed(self) -> bool:
        """Whether cost and gradient are finite, and no derivative that was compared disagrees."""
        return self.is_finite and (self.worst is None or self.worst.relative_error <= self.tolerance)

    @property
    def compared(self) -> int:
        """How many derivatives were compared."""
        return len(self.directions) + sum(layer.compared for layer in self.layers)

    @property
    def kinks(self) -> int:
        """How many were left out, as the cost has a kink there or cannot be measured."""
        return self.direction_kinks + sum(layer.kinks for layer in self.layers)


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
    with np.errstate(all="ignore"):
        probe = _Probe(network, Evaluation(network, inputs, targets, cost=data.rule.cost))
    if not probe.is_finite:
        return GradientReport((), 0, (), TOLERANCE, is_finite=False)
    drawn = rng.normal(size=(DIRECTIONS, network.parameters.size))
    drawn /= np.linalg.norm(drawn, axis=-1, keepdims=True)
    found = [
        probe.along(direction, Message("place.direction", {"number": place + 1}))
        for place, direction in enumerate(drawn)
    ]
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
        self.is_finite = bool(np.isfinite([self._cost, self._slope]).all())

    def along(self, direction: Floats, place: Message) -> Comparison | None:
        """Compare the derivative along a direction `[parameters]`; `None` where it cannot be measured."""
        largest = float(np.abs(direction).max())
        return self._compare(slice(None), direction, float(self.gradient @ direction), largest, place)

    def of(self, number: int, place: Message) -> Comparison | None:
        """Compare the derivative of one parameter; `None` where it cannot be measured."""
        return self._compare(slice(number, number + 1), 1.0, float(self.gradient[number]), 1.0, place)

    def _compare(
        self, part: slice, direction: Floats | float, analytic: float, largest: float, place: Message
    ) -> Comparison | None:
        if self._is_lost(part, STEP * direction):
            return None
        near, bend = self._slope_and_bend(part, direction, STEP)
        far, wide_bend = self._slope_and_bend(part, direction, 2.0 * STEP)
        noise = NOISE * max(abs(self._cost), 1.0)
        scale = max(abs(near), abs(analytic), noise / TOLERANCE, LEAST_SHARE * self._slope * largest)
        # Of a smooth cost the bend grows with the step and the slope does not; at a kink it is the other way round.
        kink = max(abs(2.0 * bend - wide_bend), abs(near - far))
        if not kink <= TOLERANCE / 4.0 * scale:
            return None
        error = abs(near - analytic)
        if error > TOLERANCE * scale and not self._is_measurable(part, direction, near, error):
            return None
        return Comparison(place, analytic, near, error / scale)

    def _is_lost(self, part: slice, step: Floats | float) -> bool:
        """Tell whether some parameters are so large that a step of theirs is rounded away."""
        start = self._start[part]
        taken = (start + step) - start
        return float(np.linalg.norm(taken - step)) > TOLERANCE / 4.0 * float(np.linalg.norm(step))

    def _is_measurable(self, part: slice, direction: Floats | float, near: float, error: float) -> bool:
        """Tell whether an error is none of rounding: differences at other distances are the same, or nearly so."""
        if self._wobble > NOISE * max(abs(self._cost), 1.0) or error <= 4.0 * self._wobble / STEP:
            return False
        slopes = (self._slope_and_bend(part, direction, factor * STEP)[0] for factor in (0.7, 1.4, 3.0))
        return all(abs(slope - near) <= error / 4.0 for slope in slopes)

    @cached_property
    def _wobble(self) -> float:
        """How much the cost changes where all parameters change in their last digits."""
        ways = np.random.default_rng(0).choice((-1.0, 1.0), size=(WOBBLES, len(self._start)))
        return max(abs(self._difference(slice(None), LAST_DIGITS * way * self._start)) for way in ways)

    def _slope_and_bend(self, part: slice, direction: Floats | float, step: float) -> tuple[float, float]:
        """Return the central difference along a direction, and how much more the cost rises ahead than behind."""
        ahead, behind = (self._difference(part, sign * step * direction) / step for sign in (1.0, -1.0))
        return (ahead - behind) / 2.0, ahead + behind

    def _difference(self, part: slice, step: Floats | float) -> float:
        """Return how much the cost changes with a step of some parameters, and go back."""
        self._network.parameters[part] += step
        changed = float(self._evaluation.cost()) - self._cost
        self._network.parameters[part] = self._start[part]
        return changed


def _check_layer(architecture: Architecture, probe: _Probe, layer: int, rng: np.random.Generator) -> LayerCheck:
    """Compare some parameters of one layer."""
    sizes = [out * (below + 1) for out, below in architecture.shapes]
    first = sum(sizes[:layer])
    chosen = np.sort(rng.permutation(sizes[layer])[:PER_LAYER])
    found = [probe.of(first + number, _place(architecture, layer, number)) for number in chosen.tolist()]
    compared = [one for one in found if one is not None]
    worst = max(compared, key=lambda one: one.relative_error, default=None)
    return LayerCheck(len(compared), len(found) - len(compared), worst)


def _place(architecture: Architecture, layer: int, number: int) -> Message:
    """Return which parameter of a layer this is."""
    weighted, shape = architecture.weighted, architecture.shapes[layer]
    row, column = divmod(number, shape[1] + 1)
    facts: Facts = {"unit": weighted[layer].unit_name, "number": row + 1}
    what = "bias" if column == shape[1] else "weight"
    facts = facts if what == "bias" else {**facts, "input": column + 1}
    if layer == len(weighted) - 1:
        return Message(f"place.output_{what}", facts)
    return Message(f"place.{what}", {**facts, "layer": architecture.numbers[architecture.weighted_places[layer]]})
