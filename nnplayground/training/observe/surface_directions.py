"""Slices through the space of all weights and biases: a point, and two directions in which one can go from it.

Of the many directions that a network has, a picture can show two: random ones that are scaled to the weights, those in
which the path of the training runs, or the axes of two single numbers. What is frozen or off moves in none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

from nnplayground.arrays import Floats, Integers
from nnplayground.engine.architecture import Architecture
from nnplayground.errors import InputError
from nnplayground.project.parameter_index import ParameterIndex

SliceKind: TypeAlias = Literal["random", "path", "places"]

NO_RANDOM = (
    "Random directions are scaled to the weights, and of these fewer than two can move and differ from 0; "
    "choose two numbers instead, for example a weight and a bias."
)
NO_PATH = (
    "The path so far does not run in two directions yet; train for a few epochs more, or choose random directions."
)
SAME_PLACE = "Both axes are the same weight or bias; choose two different ones."
TOO_LARGE = "The weights have become too large to measure lengths among them; restart with a lower learning rate."
FLAT = 1e-9
"""A second direction counts as none where it is so short, as a share of the first."""
QUIET = np.errstate(over="ignore", invalid="ignore")
"""Weights may have run away beyond all bounds; what that makes of a length or a place is no number."""


@dataclass(frozen=True, eq=False)
class Slice:
    """The points `origin + x · across + y · up` of the space of parameters; all three are `[parameters]`.

    `start` are the coordinates (x, y) by which the origin is called, (0, 0) but where the axes are single numbers.
    `free` counts the weights and biases that can move at all. `shares` says, for the plane of the path, how much of the
    squared distances between the path and the origin lies along each direction.
    """

    kind: SliceKind
    origin: Floats
    across: Floats
    up: Floats
    free: int
    start: tuple[float, float] = (0.0, 0.0)
    shares: tuple[float, float] | None = None
    places: tuple[ParameterIndex, ParameterIndex] | None = None

    @cached_property
    @QUIET
    def _dual(self) -> Floats:
        """The matrix `[2, parameters]` that gives the coordinates of the nearest point of the slice (least squares)."""
        basis = np.stack([self.across, self.up])
        return np.asarray(np.linalg.solve(basis @ basis.T, basis), dtype=np.float64)

    @QUIET
    def points(self, across: Floats, up: Floats) -> Floats:
        """Return the parameters `[points, parameters]` at coordinates `[points]`."""
        x, y = across - self.start[0], up - self.start[1]
        result: Floats = self.origin + x[:, np.newaxis] * self.across + y[:, np.newaxis] * self.up
        return result

    @QUIET
    def coordinates(self, parameters: Floats) -> Floats:
        """Return the coordinates `[..., 2]` of the points of the slice that are nearest to parameters `[..., P]`."""
        result: Floats = (parameters - self.origin) @ self._dual.T + self.start
        return result

    @QUIET
    def distances(self, parameters: Floats) -> tuple[Floats, Floats]:
        """Return how far parameters `[n, P]` are from the slice, and how far from its origin, `[n]` each."""
        away = parameters - self.origin
        shadow = (away @ self._dual.T) @ np.stack([self.across, self.up])
        return np.linalg.norm(away - shadow, axis=-1), np.linalg.norm(away, axis=-1)


@QUIET
def random_slice(architecture: Architecture, parameters: Floats, held: Integers, rng: np.random.Generator) -> Slice:
    """Return the slice along two random directions with the length of the weights, neuron by neuron.

    Filter normalization: d ← d · |W| / |d| for the weights of each neuron or filter, and 0 for the biases (Li, Xu,
    Taylor, Studer and Goldstein 2018, section 4, and their program). A step of 1 then changes every neuron by as much
    as it is, whatever its scale, so that pictures of different networks can be compared. In large networks two random
    directions are almost orthogonal; in small ones they are not, and the picture would be sheared. So the second
    direction is made orthogonal to the first one neuron by neuron, which leaves the lengths alone. A neuron with a
    single weight can only go there or back, and takes the way that makes the whole most nearly orthogonal.

    Raises `InputError` where two such directions do not exist.
    """
    free = architecture.weight_mask.copy()
    free[held] = 0.0
    first, second = (rng.standard_normal(len(parameters)) * free for _ in range(2))
    lone: list[tuple[Floats, Floats]] = []
    rows = zip(*(_rows(architecture, flat) for flat in (parameters * free, free, first, second)), strict=True)
    for weights, can_move, one, other in rows:
        _rescale(one, weights)
        if np.count_nonzero(can_move) > 1:
            _turn_away(other, one)
            _rescale(other, weights)
        else:
            lone.append((one, other))
    _send_alternately(lone)
    _check(first, second)
    return Slice("random", parameters, first, second, free=len(parameters) - len(held))


@QUIET
def path_slice(parameters: Floats, path: Floats, held: Integers) -> Slice:
    """Return the slice through `parameters` that lies nearest to the points `[points, parameters]` of a path.

    These are the first two principal components of the differences from the present weights (Li et al. 2018, section
    7), not from their mean: the slice has to go through the present weights, and of all that do it leaves the least of
    the squared distances outside. Directions have length 1, so that coordinates are distances in the space of weights.
    The path begins on the left.

    Raises `InputError` where the path does not yet run in two directions.
    """
    away = path - parameters
    away[:, held] = 0.0
    total = np.square(away).sum()
    if len(away) < 2:
        raise InputError(NO_PATH)
    if not np.isfinite(total):
        raise InputError(TOO_LARGE)
    _, sizes, directions = np.linalg.svd(away, full_matrices=False)
    if len(sizes) < 2 or sizes[1] <= FLAT * sizes[0]:
        raise InputError(NO_PATH)
    across, up = directions[:2]
    across = across if away[0] @ across <= 0.0 else -across
    heights = away @ up
    up = up if heights[np.abs(heights).argmax()] >= 0.0 else -up
    squares = np.square(sizes) / total
    shares = float(squares[0]), float(squares[1])
    return Slice("path", parameters, across, up, free=len(parameters) - len(held), shares=shares)


def places_slice(
    architecture: Architecture, parameters: Floats, places: tuple[ParameterIndex, ParameterIndex], held: Integers
) -> Slice:
    """Return the slice whose axes are two single weights or biases, with coordinates in their own values.

    Raises `InputError` for a place that the network has not, one that cannot move, and twice the same one.
    """
    indices = [architecture.place(place.layer, place.unit, place.source) for place in places]
    for which, index in zip(("across", "up"), indices, strict=True):
        if index is None:
            raise InputError(f"The number on the axis {which} is not in this network; choose another one.")
        if index in held:
            raise InputError(
                f"The number on the axis {which} is frozen or belongs to a neuron that is off, so it never moves; "
                "choose another one."
            )
    across, up = np.zeros((2, len(parameters)))
    if indices[0] == indices[1]:
        raise InputError(SAME_PLACE)
    across[indices[0]] = up[indices[1]] = 1.0
    start = float(parameters @ across), float(parameters @ up)
    return Slice("places", parameters, across, up, free=len(parameters) - len(held), start=start, places=places)


def _rows(architecture: Architecture, flat: Floats) -> list[Floats]:
    """Return views of the weights of each neuron or filter, without its bias."""
    return [row for weights in architecture.weights(flat) for row in weights]


def _rescale(direction: Floats, weights: Floats) -> None:
    """Give a direction the length of the weights that it moves."""
    length = np.linalg.norm(direction)
    direction *= np.linalg.norm(weights) / length if length else 0.0


def _turn_away(direction: Floats, other: Floats) -> None:
    """Make a direction orthogonal to another one."""
    square = other @ other
    direction -= other * ((other @ direction) / square if square else 0.0)


def _send_alternately(pairs: Sequence[tuple[Floats, Floats]]) -> None:
    """Fill the second direction of neurons with one weight that moves: there or back, the longest ones first."""
    balance = 0.0
    for one, other in sorted(pairs, key=lambda pair: -float(pair[0] @ pair[0])):
        sign = 1.0 if balance <= 0.0 else -1.0
        np.multiply(one, sign, out=other)
        balance += sign * float(one @ one)


def _check(first: Floats, second: Floats) -> None:
    """Refuse two random directions that are not finite or do not span a plane."""
    one, other, both = float(first @ first), float(second @ second), float(first @ second)
    if not np.isfinite(one * other):
        raise InputError(TOO_LARGE)
    if one * other - both**2 <= FLAT * one * other:
        raise InputError(NO_RANDOM)
