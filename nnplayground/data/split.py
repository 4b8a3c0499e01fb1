"""Splitting the samples: most of them train the network, the others test it on what it has never seen."""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Integers
from nnplayground.errors import InputError


def split_rows(count: int, *, test_fraction: float, rng: np.random.Generator) -> tuple[Integers, Integers]:
    """Return the row numbers that train and those that test, both ascending.

    `round(count * test_fraction)` rows are drawn for testing; a larger fraction keeps those of a smaller one.
    With the fraction 0 everything trains and `rng` is not used. Raises `InputError` when the fraction is not
    in 0 ≤ fraction < 1, or leaves one part without a sample.
    """
    if not 0.0 <= test_fraction < 1.0:
        raise InputError(f"The test fraction is {test_fraction}; it must be at least 0 and less than 1.")
    if test_fraction == 0.0:
        return np.arange(count, dtype=np.int64), np.empty(0, dtype=np.int64)
    test_count = round(count * test_fraction)
    if test_count in (0, count):
        _refuse(count, test_fraction, part="testing" if test_count == 0 else "training")
    order = rng.permutation(count).astype(np.int64)
    return np.sort(order[test_count:]), np.sort(order[:test_count])


def _refuse(count: int, test_fraction: float, *, part: str) -> None:
    """Raise the `InputError` for a part that came out empty."""
    raise InputError(
        f"With a test fraction of {test_fraction:g}, none of {count} samples is left for {part}; take more "
        "samples, a fraction nearer to 0.5, or the fraction 0, which trains on everything."
    )
