"""The generated data sets: points of the plane with classes or values, as hard as the noise makes them.

A point of a class is first placed without noise, inside the shape of its class, and keeps that class whatever the
noise then does to it. The noise adds `noise * spread * (a fixed normal draw)`; a point that would leave the square
from -6 to 6 is reflected at its edge. So the points move smoothly while somebody drags the noise slider, and
all of them stay in the picture. Where the target is a value, the points lie evenly in the square and stay there; the
noise moves their values. A set with values may also have a single input.

What makes a set harder follows the same law: moving one slider leaves the other points alone. Which class a point gets
depends on the imbalance and on its number, and as the imbalance grows, points only ever move to earlier classes. A
larger share of outliers keeps those of a smaller one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, Integers
from nnplayground.data import patterns
from nnplayground.data.patterns import EDGE, normal
from nnplayground.data.samples import PLANE, Samples
from nnplayground.errors import InputError

CLASSES = ("orange", "blue")
MANY_CLASSES = ("blue", "orange", "green", "pink", "light blue", "red", "yellow", "grey")
"""What the classes are called when there are more than two: the colours in which they are drawn."""

INPUTS = ("x1", "x2")
MOST_IMBALANCE, MOST_OUTLIERS = 0.9, 0.3
# Multiples of these, without their whole part, fill the stretch from 0 to 1 evenly (Weyl 1916).
EVEN_STEP, OTHER_STEP = (math.sqrt(5.0) - 1.0) / 2.0, math.sqrt(2.0) - 1.0

Placing: TypeAlias = Callable[[Floats, Integers], Floats]
PlaneFunction: TypeAlias = Callable[[Floats], Floats]


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
class SurfaceGenerator:
    """How a data set with values is made: `value` is one of the formulas of `patterns`, of so many `inputs`.

    `spread` is the standard deviation of what noise 1 adds to the values, which run from -1 to 1 without it.
    """

    value: PlaneFunction
    spread: float = 0.5
    inputs: int = 2


Generator: TypeAlias = Pattern | SurfaceGenerator


@dataclass(frozen=True)
class GeneratorOptions:
    """How the points should be: how many, how noisy, how unequal the classes, and which share is left to chance."""

    samples: int
    noise: float = 0.0
    imbalance: float = 0.0
    outliers: float = 0.0

    def __post_init__(self) -> None:
        shares = {
            "noise": (self.noise, 1),
            "imbalance": (self.imbalance, MOST_IMBALANCE),
            "share of outliers": (self.outliers, MOST_OUTLIERS),
        }
        for name, (value, most) in shares.items():
            if not 0.0 <= value <= most:
                raise InputError(f"The {name} is {value}; it must lie between 0 and {most}.")


def generate(
    name: str,
    *,
    samples: int,
    noise: float,
    rng: np.random.Generator,
    classes: int = 4,
    imbalance: float = 0.0,
    outliers: float = 0.0,
) -> Samples:
    """Return `samples` points of the data set `name`, its classes in turn; the first ones may have one point more.

    There are as many `classes`, 2 to 8, in the sets of `WITH_ANY_CLASSES`; the others do not read it.
    `noise` runs from 0 (none) to 1; 0.5 is about what browser playgrounds call 50 %. With an `imbalance`, 0 to 0.9,
    each class has only `1 - imbalance` times the points of the one before, but at least one; sets with values do not
    read it. `outliers`, 0 to 0.3, is the share of the points that get a random class anywhere in the square, or a
    random value. Each sample takes the same number of draws whatever is asked for, so that no wish changes the draws
    of the points that are there already. Raises `InputError` for an unknown name or a number outside its range.
    """
    generator = GENERATORS.get(name)
    if generator is None:
        raise InputError(f'There is no generated data set "{name}"; choose one of {", ".join(GENERATORS)}.')
    wishes = GeneratorOptions(samples, noise, imbalance, outliers)
    if isinstance(generator, SurfaceGenerator):
        return _on_surface(generator, wishes, rng)
    if not 2 <= classes <= len(MANY_CLASSES):
        raise InputError(f"The number of classes is {classes}; it must lie between 2 and {len(MANY_CLASSES)}.")
    return _in_pattern(generator, wishes, rng, classes=generator.classes or classes)


def _in_pattern(pattern: Pattern, wishes: GeneratorOptions, rng: np.random.Generator, *, classes: int) -> Samples:
    """Return points with classes, which lie in the pattern but for the noise and the outliers."""
    samples = wishes.samples
    if samples < classes:
        least = f"at least {classes}, one of each class"
        raise InputError(f"The number of samples is {samples}; it must be {least}.")
    stray, chance = _strays(wishes, rng)
    draws = rng.random((samples, 4))
    labels = _labels(samples, classes, wishes.imbalance)
    offsets = wishes.noise * pattern.spread * normal(draws[:, 2:])
    inputs = _reflected(pattern.place(draws[:, :2], labels) + offsets)
    stray[:classes] = False  # each class keeps a point of its own
    inputs[stray] = EDGE * (2.0 * chance[stray, :2] - 1.0)
    labels[stray] = (classes * chance[stray, 2]).astype(np.int64)
    names = CLASSES if classes == 2 else MANY_CLASSES[:classes]
    return Samples(inputs, labels.astype(np.float64), ("x1", "x2"), "class", names, np.array(PLANE))


def _on_surface(surface: SurfaceGenerator, wishes: GeneratorOptions, rng: np.random.Generator) -> Samples:
    """Return points everywhere in the square or on the line, with the values there but for noise and outliers."""
    samples = wishes.samples
    if samples < 2:
        raise InputError(f"The number of samples is {samples}; it must be at least 2.")
    stray, chance = _strays(wishes, rng)
    draws = rng.random((samples, 4))
    inputs = EDGE * (2.0 * draws[:, : surface.inputs] - 1.0)
    values = surface.value(inputs) + wishes.noise * surface.spread * normal(draws[:, 2:])[:, 0]
    values[stray] = 2.0 * chance[stray, 2] - 1.0
    return Samples(inputs, values, INPUTS[: surface.inputs], "value", (), np.array(PLANE[: surface.inputs]))


def _labels(samples: int, classes: int, imbalance: float) -> Integers:
    """Return the class of each sample `[samples]`: in turn, but the rarer classes skip turns.

    Each sample has a fixed place between 0 and 1, evenly spread in every beginning of the list, and the classes divide
    this stretch among themselves. The first sample of each class stays.
    """
    turn, first = np.divmod(np.arange(samples), classes)
    shares = (1.0 - imbalance) ** np.arange(classes)
    ends = np.cumsum(shares / shares.sum())
    places = (first + (turn * EVEN_STEP) % 1.0) / classes
    labels = np.minimum(np.searchsorted(ends, places, side="right"), first)
    labels[:classes] = np.arange(classes)
    return labels


def _strays(wishes: GeneratorOptions, rng: np.random.Generator) -> tuple[NDArray[np.bool_], Floats]:
    """Return which samples are outliers `[samples]`, and three uniform draws for each sample `[samples, 3]`.

    They come from a stream of their own, so that the other draws are the same without them.
    """
    [own] = rng.spawn(1)
    start = own.random()
    places = (start + OTHER_STEP * np.arange(wishes.samples)) % 1.0
    return places < wishes.outliers, own.random((wishes.samples, 3))


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
    "plane": SurfaceGenerator(patterns.plane),
    "hills": SurfaceGenerator(patterns.hills),
    "sine": SurfaceGenerator(patterns.sine, inputs=1),
    "saddle": SurfaceGenerator(patterns.saddle),
}

WITH_CLASSES = tuple(name for name, made in GENERATORS.items() if isinstance(made, Pattern))

WITH_ONE_INPUT = tuple(
    name for name, made in GENERATORS.items() if isinstance(made, SurfaceGenerator) and made.inputs == 1
)

WITH_ANY_CLASSES = tuple(
    name for name, made in GENERATORS.items() if isinstance(made, Pattern) and made.classes is None
)
