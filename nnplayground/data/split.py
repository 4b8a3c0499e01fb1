"""Splitting the samples: most train the network, some choose the best epoch, others test it on what it never saw."""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Integers
from nnplayground.data.part_names import TEST, TRAIN, VALIDATION
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


def split_off(train: Integers, *, count: int, fraction: float, rng: np.random.Generator) -> tuple[Integers, Integers]:
    """Return the rows that still train and those that validate, both ascending, taken from the rows in `train`.

    `round(count * fraction)` rows validate, where `count` is that of all samples; a larger fraction keeps those of a
    smaller one. With the fraction 0 nothing is drawn. Raises `InputError` when one part is left without a sample.
    """
    if fraction == 0.0:
        return train, np.empty(0, dtype=np.int64)
    taken = round(count * fraction)
    if taken == 0 or taken >= len(train):
        part = "validation" if taken == 0 else "training"
        raise InputError(
            f"With a validation fraction of {fraction:g}, none of {count} samples is left for {part}; take more samples"
            + (
                " or a larger fraction, or the fraction 0."
                if taken == 0
                else ", or smaller validation and test fractions."
            )
        )
    order = rng.permutation(len(train))
    return np.sort(train[order[taken:]]), np.sort(train[order[:taken]])


def split_given(parts: Integers | None) -> tuple[Integers, Integers, Integers]:
    """Return the rows that train, validate and test, in their order, of the parts (indices into `PARTS`) of all rows.

    Raises `InputError` where the data give no parts, or none of them trains.
    """
    if parts is None:
        raise InputError(
            "The split is as the data say, but they say no parts; let it be drawn at random, or choose data that say "
            "the part of each sample."
        )
    train, validation, test = (np.flatnonzero(parts == part).astype(np.int64) for part in (TRAIN, VALIDATION, TEST))
    if not len(train):
        raise InputError("The data say of no sample that it trains; mark some as training samples.")
    return train, validation, test


def _refuse(count: int, test_fraction: float, *, part: str) -> None:
    """Raise the `InputError` for a part that came out empty."""
    raise InputError(
        f"With a test fraction of {test_fraction:g}, none of {count} samples is left for {part}; take more "
        "samples, a fraction nearer to 0.5, or the fraction 0, which trains on everything."
    )
