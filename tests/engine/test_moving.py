"""One entry of a sequence in another place: it is found out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
