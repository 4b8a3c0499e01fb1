"""Labels at the ends of lines stay apart and inside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from nnplayground.app.ui.plots.end_labels import apart

AREA = QRectF(50.0, 10.0, 200.0, 100.0)


def test_labels_that_are_far_apart_stay_at_their_lines() -> None:
    assert apart([40.0, 80.0], height=12.0, area=AREA) == [40.0, 80.0]


@pytest.mark.parametrize(
    "middles", [[60.0, 60.0], [60.0, 63.0], [63.0, 60.0], [108.0, 109.0], [9.0, 12.0], [300.0, 95.0]]
)
def test_labels_that_would_touch_make_way_and_keep_their_order(middles: list[float]) -> None:
    first, second = apart(middles, height=12.0, area=AREA)
    assert abs(first - second) >= 12.0 - 1e-9
    assert (first <= second) == (middles[0] <= middles[1])
    assert all(16.0 <= middle <= 104.0 for middle in (first, second))


def test_a_single_label_stays_inside() -> None:
    assert apart([200.0], height=12.0, area=AREA) == [104.0]
    assert apart([], height=12.0, area=AREA) == []


def test_many_labels_make_way_for_each_other_and_move_no_more_than_they_must() -> None:
    assert apart([30.0, 50.0, 50.0, 90.0], height=12.0, area=AREA) == [30.0, 44.0, 56.0, 90.0]
    heights = apart([100.0, 101.0, 102.0, 20.0], height=12.0, area=AREA)
    assert heights == [80.0, 92.0, 104.0, 20.0]
