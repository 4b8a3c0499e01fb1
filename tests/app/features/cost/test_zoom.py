"""Which epochs are in view: all, a part that stays, or a part that moves along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.features.cost.zoom import Zoom


def test_at_first_all_epochs_are_in_view() -> None:
    zoom = Zoom()
    assert zoom.window(90, 90) == (0.0, 100.0)
    assert zoom.shows_all


def test_the_epoch_under_the_pointer_stays_where_it_is() -> None:
    zoom = Zoom()
    zoom.zoom(2.0, 25.0, 100, 100)
    assert zoom.window(100, 100) == (12.5, 62.5)
    zoom.zoom(2.0, 25.0, 100, 100)
    left, right = zoom.window(100, 100)
    assert (25.0 - left) / (right - left) == pytest.approx(0.25)


def test_a_part_in_view_keeps_still_while_the_curve_grows() -> None:
    zoom = Zoom()
    zoom.zoom(4.0, 50.0, 100, 100)
    before = zoom.window(100, 100)
    assert zoom.window(5_000, 5_000) == before


def test_following_keeps_the_width_and_the_newest_epoch_in_view() -> None:
    zoom = Zoom()
    zoom.zoom(4.0, 50.0, 100, 100)
    zoom.follow(wanted=True)
    for newest in range(100, 2_000, 7):
        left, right = zoom.window(newest, newest)
        assert right - left == pytest.approx(25.0)
        assert left < newest <= right
        assert right - newest <= 25.0 / 10


def test_to_move_the_part_by_hand_ends_the_following() -> None:
    zoom = Zoom()
    zoom.zoom(4.0, 50.0, 100, 100)
    zoom.follow(wanted=True)
    left, _ = zoom.window(100, 100)
    zoom.pan(-10.0, 100, 100)
    assert zoom.window(100, 100)[0] == left - 10.0
    assert not zoom.follows


def test_zooming_out_far_enough_shows_all_again() -> None:
    zoom = Zoom()
    zoom.zoom(3.0, 50.0, 100, 100)
    zoom.zoom(0.1, 50.0, 100, 100)
    assert zoom.shows_all
    assert not zoom.follows


def test_a_run_that_begins_anew_before_the_part_in_view_is_shown_whole() -> None:
    zoom = Zoom()
    zoom.zoom(4.0, 90.0, 100, 100)
    assert zoom.window(3, 3) == (0.0, 5.0)
    assert zoom.shows_all


@given(
    turns=st.lists(st.tuples(st.floats(0.2, 5.0), st.floats(0.0, 1e3), st.floats(-1e3, 1e3)), max_size=20),
    last=st.integers(1, 100_000),
)
def test_whatever_is_done_the_part_lies_inside_everything_and_is_no_narrower_than_five(
    turns: list[tuple[float, float, float]], last: int
) -> None:
    zoom = Zoom()
    whole = zoom.window(last, last)[1]
    for factor, at, way in turns:
        zoom.zoom(factor, min(at, float(last)), last, last)
        zoom.pan(way, last, last)
        left, right = zoom.window(last, last)
        assert -1e-6 <= left < right <= whole * (1.0 + 1e-9)
        assert right - left >= 5.0 - 1e-6
