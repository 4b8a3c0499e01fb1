"""The split is a seeded partition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.split import split_rows
from nnplayground.errors import InputError


@given(st.integers(4, 300), st.floats(0.2, 0.8), st.integers(0, 2**32))
def test_every_row_is_in_exactly_one_part_and_the_parts_are_ascending(count: int, fraction: float, seed: int) -> None:
    train, test = split_rows(count, test_fraction=fraction, rng=np.random.default_rng(seed))
    assert sorted([*train.tolist(), *test.tolist()]) == list(range(count))
    assert len(test) == round(count * fraction)
    for part in (train, test):
        assert part.dtype == np.int64
        assert (np.diff(part) > 0).all()


def test_the_same_seed_gives_the_same_split_and_another_seed_another() -> None:
    first, again, other = (
        split_rows(100, test_fraction=0.2, rng=np.random.default_rng(seed))[1].tolist() for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_a_larger_fraction_keeps_the_test_rows_of_a_smaller_one() -> None:
    small, large = (
        set(split_rows(50, test_fraction=fraction, rng=np.random.default_rng(3))[1].tolist()) for fraction in (0.2, 0.5)
    )
    assert small < large


def test_without_a_test_part_everything_trains_in_order_and_no_number_is_drawn() -> None:
    rng = np.random.default_rng(4)
    train, test = split_rows(5, test_fraction=0.0, rng=rng)
    assert train.tolist() == [0, 1, 2, 3, 4]
    assert test.tolist() == []
    assert train.dtype == test.dtype == np.int64
    assert rng.random() == np.random.default_rng(4).random()


@pytest.mark.parametrize(
    ("count", "fraction", "said"),
    [
        (2, 0.2, "none of 2 samples is left for testing"),
        (3, 0.9, "none of 3 samples is left for training"),
        (1, 0.9, "training"),
        (10, 1.0, "less than 1"),
        (10, -0.1, "-0.1"),
        (10, float("nan"), "nan"),
    ],
)
def test_a_split_that_leaves_nothing_is_refused(count: int, fraction: float, said: str) -> None:
    with pytest.raises(InputError, match=said):
        split_rows(count, test_fraction=fraction, rng=np.random.default_rng(0))
