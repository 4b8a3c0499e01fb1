"""Which of the points that somebody draws train, and which are kept for the test.

While a person draws, no point may change sides because another one comes. So the split is no shuffle of all points:
each point's part follows from its rank alone, which is how many points of its class were drawn before it.
"""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, Integers
from nnplayground.errors import InputError

SLACK = 1e-9
"""Keeps rounding from moving the end of a block, as with 0.29 × 100."""


def split_drawn(groups: Integers, *, test_fraction: float, rng: np.random.Generator) -> tuple[Integers, Integers]:
    """Return the rows that train and those that test, both ascending; `groups` holds the class of each point.

    In every group the ranks are cut into blocks of about 1 / `test_fraction`, and `rng` chooses which rank of a block
    tests. In the first block it is the last one, and rank 0 never tests: so each group has a training point, few points
    all train, and points that are drawn later change nothing about those that are there.
    Raises `InputError` when the fraction is not in 0 ≤ fraction < 1.
    """
    if not 0.0 <= test_fraction < 1.0:
        raise InputError(f"The test fraction is {test_fraction}; it must be at least 0 and less than 1.")
    rows = np.arange(len(groups), dtype=np.int64)
    if test_fraction == 0.0 or len(groups) == 0:
        return rows, np.empty(0, dtype=np.int64)
    ranks = ranks_in_groups(groups)
    tests = _testing_ranks(int(ranks.max()) + 1, test_fraction, rng)[ranks]
    return rows[~tests], rows[tests]


def split_points(
    groups: Integers,
    *,
    test_fraction: float,
    validation_fraction: float,
    rngs: tuple[np.random.Generator, np.random.Generator],
) -> tuple[Integers, Integers, Integers]:
    """Return the rows that train, validate and test, all ascending; the test rows are those of `split_drawn`.

    The points that do not test are split once more in the same way, by their ranks among themselves, so that here, too,
    a point that is drawn later changes nothing. `rngs` draw the test and the validation rows.
    """
    kept, tests = split_drawn(groups, test_fraction=test_fraction, rng=rngs[0])
    share = validation_fraction / (1.0 - test_fraction)
    trains, validates = split_drawn(groups[kept], test_fraction=share, rng=rngs[1])
    return kept[trains], kept[validates], tests


def first_test_rank(test_fraction: float) -> int:
    """Return the rank of the first point of a group that tests: the last one of the first block."""
    return max(1, ceil(1.0 / test_fraction - SLACK) - 1)


def ranks_in_groups(groups: Integers) -> Integers:
    """Return for each point how many points of its own group come before it."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    ranks = np.empty(len(groups), dtype=np.int64)
    ranks[order] = np.arange(len(groups)) - np.searchsorted(ordered, ordered, side="left")
    return ranks


def _testing_ranks(count: int, fraction: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Tell of the ranks 0 to `count` - 1 which test; those of fewer ranks are the beginning of those of more."""
    ranks = np.arange(count)
    block = np.floor(ranks * fraction + SLACK).astype(np.int64)
    firsts: Floats = np.ceil(np.arange(block[-1] + 2) / fraction - SLACK)
    sizes = np.diff(firsts)
    chosen = firsts[:-1] + np.floor(rng.random(len(sizes)) * sizes)
    chosen[0] = first_test_rank(fraction)
    tests: NDArray[np.bool_] = ranks == chosen[block]
    tests[0] = False
    return tests
