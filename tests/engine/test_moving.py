"""One layer in another place: it is found out, and the weights that still mean something are kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture, carry_over
from nnplayground.engine.moving import moved_places

ENTRIES = st.lists(st.integers(0, 3), min_size=1, max_size=7)


def moved(entries: list[int], source: int, place: int) -> list[int]:
    rest = [*entries[:source], *entries[source + 1 :]]
    return [*rest[:place], entries[source], *rest[place:]]


@given(ENTRIES, st.data())
def test_a_move_is_recognized_and_its_places_give_the_new_order(entries: list[int], data: st.DataObject) -> None:
    source, place = (data.draw(st.integers(0, len(entries) - 1)) for _ in range(2))
    new = moved(entries, source, place)
    places = moved_places(entries, new)
    if new == entries:
        assert places is None
    else:
        assert places is not None
        assert sorted(places) == list(range(len(entries)))
        assert [entries[old] for old in places] == new


@given(ENTRIES, ENTRIES)
def test_whatever_is_called_a_move_is_one(old: list[int], new: list[int]) -> None:
    all_moves = [moved(old, source, place) for source in range(len(old)) for place in range(len(old))]
    assert (moved_places(old, new) is not None) == (new in all_moves and new != old)


@pytest.mark.parametrize(("old", "new"), [("abcd", "badc"), ("abc", "abd"), ("abc", "ab"), ("abcd", "dcba")])
def test_what_is_no_single_move_is_none(old: str, new: str) -> None:
    assert moved_places(old, new) is None


def carried(old: Architecture, new: Architecture) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    """Return the matrices of a network numbered from 1 on, and of another one that was all zero before it took over."""
    before, after = np.arange(1.0, 1.0 + old.parameter_count), np.zeros(new.parameter_count)
    carry_over(old, before, new, after, inputs=[(0, 0), (1, 1)])
    return old.matrices(before), new.matrices(after)


def test_after_a_move_the_layers_that_still_stand_on_the_same_layer_keep_their_weights() -> None:
    activations = ("tanh", "relu", "tanh", "sigmoid", "tanh")
    old = Architecture.dense((2, 3, 4, 5, 6, 1), activations)
    new = Architecture.dense((2, 4, 3, 5, 6, 1), ("relu", "tanh", *activations[2:]))
    before, after = carried(old, new)
    np.testing.assert_array_equal(after[3], before[3])
    np.testing.assert_array_equal(after[4], before[4])
    for fresh in after[:3]:
        np.testing.assert_array_equal(fresh, 0.0)


def test_layers_that_moved_together_keep_what_is_between_them() -> None:
    old = Architecture.dense((2, 3, 4, 5, 1), ("tanh",) * 4)
    new = Architecture.dense((2, 5, 3, 4, 1), ("tanh",) * 4)
    before, after = carried(old, new)
    np.testing.assert_array_equal(after[2], before[1])
    for place in (0, 1, 3):
        np.testing.assert_array_equal(after[place], 0.0)


def test_layers_of_the_same_size_are_told_apart_by_their_activations() -> None:
    old = Architecture.dense((2, 4, 4, 1), ("tanh", "relu", "tanh"))
    new = Architecture.dense((2, 4, 4, 1), ("relu", "tanh", "tanh"))
    _, after = carried(old, new)
    assert not any(matrix.any() for matrix in after)
