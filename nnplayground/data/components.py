"""Principal components: the two directions along which samples with many inputs spread the most (Pearson 1901).

They turn a cloud of many dimensions into a picture of two: every sample has a place on the plane that they span, its
two scores, and every place of the plane is a set of inputs that a network can answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats

MOST_ROWS = 2_000
"""From so many samples at most the directions are found; more would hardly turn them."""
MOST_SUMS = 1_000
"""The side of the largest matrix whose eigenvectors are sought, about 0.3 s of work."""
MARGIN = 0.05
"""How far a plot reaches beyond the outermost samples, as a share of their range."""
FLAT = 1e-12
"""A variance below this share of the whole is rounding."""


@dataclass(frozen=True, eq=False)
class Components:
    """The first two principal components of inputs `[samples, inputs]`.

    A sample is measured from `center` `[inputs]` in units of `spread` `[inputs]`: one standard deviation of each
    input, or the same for all where they share a unit. `directions` `[2, inputs]` are orthogonal and of length 1 in
    these units; the largest part of each is positive. `shares` are the parts of the whole variance that lie along them.
    """

    center: Floats
    spread: Floats
    directions: Floats
    shares: tuple[float, float]

    def scores(self, inputs: Floats) -> Floats:
        """Return the places on the plane `[samples, 2]` of inputs `[samples, inputs]`, which are projected onto it."""
        scores: Floats = ((inputs - self.center) / self.spread) @ self.directions.T
        return scores

    def inputs(self, scores: Floats) -> Floats:
        """Return the inputs `[samples, inputs]` at places on the plane `[samples, 2]`."""
        inputs: Floats = self.center + (scores @ self.directions) * self.spread
        return inputs


def principal_components(inputs: Floats, *, same_unit: bool = False) -> Components:
    """Return the first two principal components of inputs `[samples, inputs]` with two columns or more.

    Each input counts in units of its own standard deviation, as otherwise the units would decide: grams would drown
    millimetres. Inputs of the `same_unit`, such as pixels, are left as they are. Of very many samples always
    the same random ones are looked at.
    """
    center = inputs.mean(axis=0)
    deviation = inputs.std(axis=0)
    # The deviation of equal numbers is not exactly 0, and noise must not be blown up to the size of the others.
    tiny = deviation <= FLAT * np.maximum(np.abs(center), 1.0)
    spread = np.ones_like(center) if same_unit else np.where(tiny, 1.0, deviation)
    rows = MOST_ROWS if inputs.shape[1] <= MOST_SUMS else MOST_SUMS
    sampled = inputs
    if len(inputs) > rows:
        sampled = inputs[np.sort(np.random.default_rng(0).choice(len(inputs), rows, replace=False))]
    parts = np.where(tiny, 0.0, (sampled - sampled.mean(axis=0)) / spread)
    directions, variances = _strongest(parts)
    whole = float((parts**2).sum())
    shares = [float(variance) / whole if whole > 0.0 else 0.0 for variance in variances]
    return Components(center, spread, directions, (shares[0], shares[1]))


def score_bounds(scores: Floats) -> Floats:
    """Return the low and high end `[2, 2]` that a plot should show of scores `[samples, 2]`."""
    low, high = scores.min(axis=0), scores.max(axis=0)
    margin = np.where(high > low, MARGIN * (high - low), 1.0)
    return np.column_stack((low - margin, high + margin))


def _strongest(parts: Floats) -> tuple[Floats, Floats]:
    """Return the two directions `[2, columns]` of the largest sums of squares of `[rows, columns]`, and these sums."""
    rows, columns = parts.shape
    wide = columns > rows
    # The smaller of the two products has the same largest eigenvalues (Turk and Pentland 1991).
    values, vectors = np.linalg.eigh(parts @ parts.T if wide else parts.T @ parts)
    variances = np.zeros(2)
    count = min(2, len(values))
    variances[:count] = np.maximum(values[::-1][:count], 0.0)
    directions = np.zeros((2, columns))
    for place in range(2):
        found = vectors[:, -1 - place] if place < count else np.zeros(len(vectors))
        candidate = parts.T @ found if wide else found
        directions[place] = _unit(candidate, directions[:place])
    return directions, variances


def _unit(candidate: Floats, before: Floats) -> Floats:
    """Return the direction of the candidate, orthogonal to those `before`, with its largest part positive.

    Where there is no candidate, as the samples do not spread any further, it is any direction that is left.
    """
    length = float(np.linalg.norm(candidate))
    direction = candidate / length if length > 0.0 else candidate
    rest = direction - before.T @ (before @ direction)
    if np.linalg.norm(rest) < 0.5:
        rest = np.zeros_like(candidate)
        rest[int(np.argmin(np.abs(before).sum(axis=0)))] = 1.0
        rest -= before.T @ (before @ rest)
    rest /= np.linalg.norm(rest)
    largest = int(np.argmax(np.abs(rest)))
    unit: Floats = rest if rest[largest] > 0.0 else -rest
    return unit
