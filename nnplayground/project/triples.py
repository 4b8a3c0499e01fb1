"""A quick look at many points at once: while somebody draws, thousands are checked thirty times a second."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TypeAlias

import numpy as np

from nnplayground.arrays import Floats

Point: TypeAlias = tuple[float, float, float]
"""The two coordinates x1 and x2, and the index of the class or the value."""


def table_of(points: Sequence[Point]) -> Floats:
    """Return the points as an array `[points, 3]`, several times as fast as NumPy does by itself."""
    numbers = chain.from_iterable(points)
    return np.fromiter(numbers, dtype=np.float64, count=3 * len(points)).reshape(len(points), 3)


def are_plain(points: Sequence[object], *, limit: float, classes: int) -> bool:
    """Tell whether all points are triples of floats within ±`limit`, the third an index of a class if there are any.

    It says no to much that is legal, such as whole numbers; whoever asks then looks at the points one by one.
    """
    if not points:
        return True
    triples = [point for point in points if type(point) is tuple and len(point) == 3]
    if len(triples) != len(points) or set(map(type, chain.from_iterable(triples))) - {float}:
        return False
    table = table_of(triples)
    known = not classes or bool(np.isin(table[:, 2], np.arange(classes)).all())
    return known and bool((np.abs(table) <= limit).all())  # what is no number compares as false
