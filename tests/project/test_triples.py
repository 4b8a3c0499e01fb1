"""The quick look at many points says yes only to what the slow one accepts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.errors import FieldError
from nnplayground.project.model import PointsSource
from nnplayground.project.triples import are_plain, table_of

ANY = st.floats() | st.integers(-2, 2) | st.booleans()
POINTS = st.lists(st.tuples(ANY, ANY, ANY) | st.tuples(ANY, ANY), max_size=4)


@given(POINTS)
def test_what_is_plain_is_legal(points: list[tuple[float, ...]]) -> None:
    if are_plain(points, limit=1e9, classes=2):
        one_by_one = [PointsSource(points=((x, y, third),)) for x, y, third in points]
        assert len(one_by_one) == len(points)


@given(st.lists(st.tuples(*[st.floats(-1e9, 1e9)] * 2, st.sampled_from([0.0, 1.0])), max_size=30))
def test_legal_floats_are_plain(points: list[tuple[float, float, float]]) -> None:
    assert are_plain(points, limit=1e9, classes=2)
    assert table_of(points).tolist() == np.array(points, dtype=float).reshape(len(points), 3).tolist()


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ((0.0, float("nan"), 0.0), r"points\[1\] is .*each within ±1e9"),
        ((0.0, 2e9, 0.0), r"points\[1\] is .*each within ±1e9"),
        ((0.0, 0.0, 2.0), r"points\[1\]\[2\] is 2.0; it must be the index of a class"),
        ((0.0, 0.0, 0.5), r"points\[1\]\[2\] is 0.5"),
        ((0.0, 0.0), r"points\[1\] is \[0.0, 0.0\]; it must be three numbers"),
        ((0.0, True, 0.0), r"points\[1\] is"),
    ],
)
def test_the_point_that_is_wrong_is_named(point: Any, said: str) -> None:
    with pytest.raises(FieldError, match=said):
        PointsSource(points=((0.0, 0.0, 0.0), point))
