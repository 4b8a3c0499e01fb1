"""The generated data sets: points of the plane with classes or values, as hard as the noise makes them.

A point of a class is first placed without noise, inside the shape of its class, and keeps that class whatever the
noise then does to it. The noise adds `noise * spread * (a fixed normal draw)`; a point that would leave the square
from -6 to 6 is reflected at its edge. So the points move smoothly while somebody drags the noise slider, and
all of them stay in the picture. Where the target is a value, the points lie evenly in the square and stay there; the
noise moves their values.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from nnplayground.arrays import Floats, Integers
from nnplayground.data import patterns
from nnplayground.data.patterns import EDGE, normal
from nnplayground.data.samples import PLANE, Samples
from nnplayground.errors import InputError

CLASSES = ("orange", "blue")
MANY_CLASSES = ("blue", "orange", "green", "pink", "light blue", "red", "yellow", "grey")
"""What the classes are called when there are more than two: the colours in which they are drawn."""

Placing: TypeAlias = Callable[[Floats, Integers], Floats]
Formula: TypeAlias = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Pattern:
    """How a data set with classes is made.

    `place` is one of the placings of `patterns`. `spread` is the standard deviation of the offset at noise 1.
    `classes` is `None` where whoever wants the points chooses how many classes they have.
    """

    place: Placing
    spread: float
    classes: int | None = 2


@dataclass(frozen=True)
class Surface:
    """How a data set with values is made: `value` is one of the formulas of `patterns`.

    `spread` is the standard deviation of what noise 1 adds to the values, which run from -1 to 1 without it.
    """

    value: Formula
    spread: float = 0.5


Generator: TypeAlias = Pattern | Surface


def generate(name: str, *, samples: int, noise: float, rng: np.random.Generator, classes: int = 4) -> Samples:
    """Return `samples` points of the data set `name`, its classes in turn; the first ones may have one point more.

    There are as many `classes`, 2 to 8, in the sets of `WITH_ANY_CLASSES`; the others do not read it.
    `noise` runs from 0 (none) to 1; 0.5 is about what browser playgrounds call 50 %. Each sample takes four
    draws, with noise or without, so that neither the noise nor the number of samples changes the draws of the
    points that are there already. Raises `InputError` for an unknown name or a number outside its range.
    """
    generator = GENERATORS.get(name)
    if generator is None:
        raise InputError(f'There is no generated data set "{name}"; choose one of {", ".join(GENERATORS)}.')
    if not 0.0 <= noise <= 1.0:
        raise InputError(f"The noise is {noise}; it must lie between 0 and 1.")
    if isinstance(generator, Surface):
        return _on_surface(generator, samples=samples, noise=noise, rng=rng)
    if not 2 <= classes <= len(MANY_CLASSES):
        raise InputError(f"The number of classes is {classes}; it must lie between 2 and {len(MANY_CLASSES)}.")
    count = generator.classes or classes
    return _in_pattern(generator, classes=count, samples=samples, noise=noise, rng=rng)


def _in_pattern(pattern: Pattern, *, classes: int, samples: int, noise: float, rng: np.random.Generator) -> Samples:
    """Return points with classes, which lie in the pattern but for the noise."""
    if samples < classes:
        least = f"at least {classes}, one of each class"
        raise InputError(f"The number of samples is {samples}; it must be {least}.")
    draws = rng.random((samples, 4))
    labels = np.arange(samples) % classes
    offsets = noise * pattern.spread * normal(draws[:, 2:])
    inputs = _reflected(pattern.place(draws[:, :2], labels) + offsets)
    names = CLASSES if classes == 2 else MANY_CLASSES[:classes]
    return Samples(inputs, labels.astype(np.float64), ("x1", "x2"), "class", names, np.array(PLANE))


def _on_surface(surface: Surface, *, samples: int, noise: float, rng: np.random.Generator) -> Samples:
    """Return points everywhere in the square, with the values of the surface but for the noise."""
    if samples < 2:
        raise InputError(f"The number of samples is {samples}; it must be at least 2.")
    draws = rng.random((samples, 4))
    inputs = EDGE * (2.0 * draws[:, :2] - 1.0)
    values = surface.value(inputs) + noise * surface.spread * normal(draws[:, 2:])[:, 0]
    return Samples(inputs, values, ("x1", "x2"), "value", (), np.array(PLANE))


def _reflected(positions: Floats) -> Floats:
    """Fold what lies outside the square back into it, as mirrors along its edges would."""
    folded = EDGE - np.abs((positions + EDGE) % (4.0 * EDGE) - 2.0 * EDGE)
    return np.where(np.abs(positions) <= EDGE, positions, folded)


# The spreads of the first four make noise 0.5 as hard as a browser playground's 50 %: there, circle and xor shift
# points evenly within ±5 and spirals within ±1 (which deviates by 5/√3 and 1/√3), and clusters reach a deviation of 2.
# Those of the others are about the distance between two classes, so that noise 1 leaves hardly a pattern.
GENERATORS: dict[str, Generator] = {
    "circle": Pattern(patterns.circle, 5.0 / math.sqrt(3.0)),
    "xor": Pattern(patterns.xor, 5.0 / math.sqrt(3.0)),
    "gauss": Pattern(patterns.gauss, 3.75),
    "spiral": Pattern(patterns.spiral, 1.0 / math.sqrt(3.0)),
    "moons": Pattern(patterns.moons, 1.5),
    "checkerboard": Pattern(patterns.checkerboard, 1.5),
    "rings": Pattern(patterns.rings, 1.5, classes=3),
    "blobs": Pattern(patterns.blobs, 2.5, classes=None),
    "three_spirals": Pattern(patterns.three_spirals, 1.0 / math.sqrt(3.0), classes=3),
    "plane": Surface(patterns.plane),
    "hills": Surface(patterns.hills),
    "saddle": Surface(patterns.saddle),
}

WITH_ANY_CLASSES = tuple(
    name for name, made in GENERATORS.items() if isinstance(made, Pattern) and made.classes is None
)
