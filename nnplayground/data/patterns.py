"""The shapes of the generated data sets: where a point of a class lies, and which value a place of the plane has.

A placing `(draws, labels)` turns uniform draws from 0 to 1, `[samples, 2]`, and the wanted class of each point,
`[samples]`, into positions without noise, `[samples, 2]`. A formula `(positions)` returns the value of each place of
`[samples, inputs]`, `[samples]`, which is from -1 to 1.
"""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Floats, Integers
from nnplayground.data.samples import PLANE

EDGE = PLANE[0][1]

MOON_RADIUS = 3.0
RING_WIDTH = 1.0
SQUARE = 2.5
SQUARES = 4
SQUARE_MARGIN = 0.05
BLOB_DISTANCE = 3.8
BLOB_DEVIATION = 0.55
HILL_DEVIATION = 1.2
HILLS = ((-4.0, 2.5, 1.0), (0.0, 2.5, -1.0), (4.0, 2.5, 1.0), (-4.0, -2.5, -1.0), (0.0, -2.5, 1.0), (4.0, -2.5, -1.0))
"""The tops and hollows of the `hills`: x1, x2 and the value there."""


def normal(draws: Floats) -> Floats:
    """Turn two uniform draws into two standard normal ones, `[samples, 2]` each (Box and Muller, 1958).

    A generator's own normal draws take a varying number of random bits, which would move all later points.
    """
    radius = np.sqrt(-2.0 * np.log1p(-draws[:, 0]))
    return polar(radius, 2.0 * np.pi * draws[:, 1])


def polar(radius: Floats, angle: Floats) -> Floats:
    """Return the points at `radius` and `angle` (radians, from the x1 axis), `[samples, 2]`."""
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def circle(draws: Floats, labels: Integers) -> Floats:
    """Place blue points up to 2.5 from the origin, and orange ones on a ring around them from 3.5 to 5."""
    blue = labels == 1
    low, high = np.where(blue, 0.0, 3.5), np.where(blue, 2.5, 5.0)
    return polar(low + (high - low) * draws[:, 0], 2.0 * np.pi * draws[:, 1])


def xor(draws: Floats, labels: Integers) -> Floats:
    """Place blue points where x1 and x2 have the same sign, orange ones where not, 0.3 to 5 off both axes."""
    signed = 2.0 * draws - 1.0
    distance = 0.3 + 4.7 * np.abs(signed)
    first = np.where(signed[:, 0] < 0.0, -1.0, 1.0)
    positions: Floats = distance * np.column_stack((first, np.where(labels == 1, first, -first)))
    return positions


def gauss(draws: Floats, labels: Integers) -> Floats:
    """Place two normal clusters of standard deviation 0.7, blue around (2, 2) and orange around (-2, -2)."""
    positions: Floats = np.where(labels == 1, 2.0, -2.0)[:, np.newaxis] + 0.7 * normal(draws)
    return positions


def spiral(draws: Floats, labels: Integers) -> Floats:
    """Place two arms of 1.75 turns clockwise, radius 0 to 5; blue starts upwards, orange downwards."""
    turn = np.where(labels == 1, 0.25, 0.75) - 1.75 * draws[:, 0]
    return polar(5.0 * draws[:, 0], 2.0 * np.pi * turn)


def three_spirals(draws: Floats, labels: Integers) -> Floats:
    """Place three arms of 1.25 turns clockwise, radius 0 to 5; the first starts upwards, the others 120° on."""
    turn = 0.25 + labels / 3.0 - 1.25 * draws[:, 0]
    return polar(5.0 * draws[:, 0], 2.0 * np.pi * turn)


def moons(draws: Floats, labels: Integers) -> Floats:
    """Place an upper half circle (orange) and a lower one (blue) that reach into each other.

    In units of the radius they are (cos t, sin t) and (1 - cos t, 1/2 - sin t) with t from 0 to π, as scikit-learn's
    `make_moons` has them (Pedregosa and others, 2011), moved so that the origin is in the middle.
    """
    angle = np.pi * draws[:, 0]
    upper = np.column_stack((np.cos(angle) - 0.5, np.sin(angle) - 0.25))
    positions: Floats = MOON_RADIUS * np.where((labels == 0)[:, np.newaxis], upper, -upper)
    return positions


def checkerboard(draws: Floats, labels: Integers) -> Floats:
    """Fill four by four squares of side 2.5; the square at the lower left is orange, its neighbours are blue.

    The first draw says the column and the place in it, the second which of the two squares of the class there. The
    squares keep a little distance, so that the borders can be seen.
    """
    column, across = _place_and_rest(draws[:, 0], SQUARES)
    pair, up = _place_and_rest(draws[:, 1], SQUARES // 2)
    row = 2.0 * pair + (column + labels) % 2
    inside = SQUARE_MARGIN + (1.0 - 2.0 * SQUARE_MARGIN) * np.column_stack((across, up))
    positions: Floats = SQUARE * (np.column_stack((column, row)) + inside - SQUARES / 2)
    return positions


def _place_and_rest(draws: Floats, count: int) -> tuple[Floats, Floats]:
    """Split draws from 0 to 1 into one of `count` places and a draw within it; both are even and independent."""
    place = np.floor(count * draws)
    return place, count * draws - place


def rings(draws: Floats, labels: Integers) -> Floats:
    """Place class k between the radii 2k and 2k + 1: a disc, a ring around it and a ring around both."""
    return polar(2.0 * labels + RING_WIDTH * draws[:, 0], 2.0 * np.pi * draws[:, 1])


def blobs(draws: Floats, labels: Integers) -> Floats:
    """Place a normal cluster for each class, evenly around the origin; the first is at the top.

    There must be a point of each class.
    """
    count = labels.max() + 1
    centres = polar(np.full(len(labels), BLOB_DISTANCE), 2.0 * np.pi * (0.25 + labels / count))
    return centres + BLOB_DEVIATION * normal(draws)


def plane(positions: Floats) -> Floats:
    """Rise evenly from the lower left corner, -1, to the upper right one, +1."""
    return (positions[:, 0] + positions[:, 1]) / (2.0 * EDGE)


def hills(positions: Floats) -> Floats:
    """Add up six Gaussians, three up and three down in turn, each of height 1 and standard deviation 1.2."""
    values = np.zeros(len(positions))
    for first, second, height in HILLS:
        squared = (positions[:, 0] - first) ** 2 + (positions[:, 1] - second) ** 2
        values += height * np.exp(-squared / (2.0 * HILL_DEVIATION**2))
    return values


def sine(positions: Floats) -> Floats:
    """Follow a sine wave over the only input: about two periods in all."""
    return np.sin(positions[:, 0])


def saddle(positions: Floats) -> Floats:
    """Rise to the left and the right as a square, and fall upwards and downwards: (x1² - x2²) / 36."""
    values: Floats = (positions[:, 0] ** 2 - positions[:, 1] ** 2) / EDGE**2
    return values
