"""Which drawn points train and which test: nothing changes sides while more are drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.drawn_split import first_test_rank, ranks_in_groups, split_drawn
from nnplayground.errors import InputError

CLASSES = st.lists(st.integers(0, 3), min_size=1, max_size=120)
FRACTIONS = st.sampled_from([0.01, 0.1, 0.2, 0.25, 0.29, 1.0 / 3.0, 0.5, 0.7, 0.9])
SEEDS = st.integers(0, 1000)


def rows_kept(classes: list[int], fraction: float, seed: int = 1) -> list[int]:
    """Return the rows that test."""
    rng = np.random.default_rng(seed)
    _, tests = split_drawn(np.array(classes, dtype=np.int64), test_fraction=fraction, rng=rng)
    return list(map(int, tests))


@given(CLASSES, FRACTIONS, SEEDS)
def test_a_point_that_is_added_leaves_all_others_where_they_are(classes: list[int], fraction: float, seed: int) -> None:
    before, after = rows_kept(classes[:-1], fraction, seed), rows_kept(classes, fraction, seed)
    assert [row for row in after if row < len(classes) - 1] == before


@given(CLASSES, FRACTIONS, SEEDS)
def test_every_class_has_a_point_that_trains(classes: list[int], fraction: float, seed: int) -> None:
    tests = rows_kept(classes, fraction, seed)
    assert {classes[row] for row in range(len(classes)) if row not in tests} == set(classes)


@given(CLASSES, FRACTIONS, SEEDS)
def test_every_class_keeps_its_share_for_the_test(classes: list[int], fraction: float, seed: int) -> None:
    tests = rows_kept(classes, fraction, seed)
    for kind in set(classes):
        count, kept = classes.count(kind), sum(classes[row] == kind for row in tests)
        assert abs(kept - count * fraction) <= 1.0 + fraction


@given(CLASSES, FRACTIONS, SEEDS)
def test_both_parts_together_are_all_points_in_ascending_order(classes: list[int], fraction: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    train, tests = split_drawn(np.array(classes, dtype=np.int64), test_fraction=fraction, rng=rng)
    assert sorted([*train, *tests]) == list(range(len(classes)))
    assert list(train) == sorted(train) and list(tests) == sorted(tests)


@given(CLASSES)
def test_the_rank_is_how_many_of_the_same_class_came_before(classes: list[int]) -> None:
    counted = [classes[:place].count(kind) for place, kind in enumerate(classes)]
    assert ranks_in_groups(np.array(classes, dtype=np.int64)).tolist() == counted


@pytest.mark.parametrize(("fraction", "first"), [(0.2, 4), (0.5, 1), (0.1, 9), (0.25, 3), (0.9, 1), (0.01, 99)])
def test_few_points_all_train(fraction: float, first: int) -> None:
    assert first_test_rank(fraction) == first
    for seed in range(20):
        assert rows_kept([0] * first, fraction, seed) == []
        assert rows_kept([0] * (first + 1), fraction, seed) == [first]


def test_another_seed_keeps_other_points() -> None:
    splits = {tuple(rows_kept([0] * 100, 0.2, seed)) for seed in range(20)}
    assert len(splits) == 20
    assert rows_kept([0] * 100, 0.2, 3) == rows_kept([0] * 100, 0.2, 3)


def test_without_a_test_part_everything_trains() -> None:
    assert rows_kept([0, 1] * 40, 0.0) == []
    assert rows_kept([], 0.2) == []


@pytest.mark.parametrize("fraction", [-0.1, 1.0, 2.0])
def test_a_fraction_that_is_none_is_refused(fraction: float) -> None:
    with pytest.raises(InputError, match="at least 0 and less than 1"):
        rows_kept([0, 1], fraction)
