"""Curves cut down to what a screen can show: nothing that matters is lost, however little of them is in view."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.ui.plots.envelope import FINEST, Envelope, span_of
from nnplayground.arrays import Floats

costs = st.lists(st.floats(-1e6, 1e6) | st.sampled_from([np.nan, np.inf, -np.inf]), min_size=1, max_size=900)


def followed(values: Floats) -> Envelope:
    envelope = Envelope()
    envelope.follow(values)
    return envelope


def test_a_short_curve_is_kept_as_it_is() -> None:
    values = np.array([0.7, 0.5, 0.6, 0.1])
    epochs, line = followed(values).line(values, 0.0, 5.0, most=16)
    assert epochs.tolist() == [0.0, 1.0, 2.0, 3.0]
    assert line.tolist() == values.tolist()


def test_a_long_curve_keeps_its_peaks_and_its_end_in_few_points() -> None:
    values = np.exp(-np.arange(100_000) / 9_000.0)
    values[54_321] = 3.0
    values[77_777] = -2.0
    epochs, line = followed(values).line(values, 0.0, 100_000.0, most=400)
    assert len(line) <= 2 * 400 + 6
    assert line.max() == 3.0
    assert line.min() == -2.0
    assert (epochs[0], epochs[-1]) == (0.0, 99_999.0)
    assert (line[0], line[-1]) == (values[0], values[-1])
    assert (np.diff(epochs) >= 0.0).all()
    assert abs(epochs[line.argmax()] - 54_321) <= 100_000 / 200


def test_a_part_of_a_long_curve_is_shown_value_by_value() -> None:
    values = np.random.default_rng(2).normal(size=100_000)
    epochs, line = followed(values).line(values, 70_000.0, 70_100.0, most=400)
    assert epochs.tolist() == list(range(69_999, 70_102))
    assert line.tolist() == values[69_999:70_102].tolist()


@given(
    values=costs, ends=st.lists(st.integers(0, 900), max_size=8), window=st.tuples(st.floats(0, 900), st.floats(1, 900))
)
def test_any_window_of_a_curve_that_grew_and_shrank_holds_its_lowest_and_highest_value(
    values: list[float], ends: list[int], window: tuple[float, float]
) -> None:
    whole, envelope = np.array(values), Envelope()
    for end in ends:
        envelope.follow(whole[:end])
    envelope.follow(whole)
    first, last = window[0], window[0] + window[1]
    epochs, line = envelope.line(whole, first, last, most=8)
    inside = whole[max(0, floor(first) - 1) : ceil(last) + 2]
    finite = inside[np.isfinite(inside)]
    assert len(epochs) == len(line) <= 2 * 8 + 6
    assert (np.diff(epochs) >= 0.0).all()
    if len(finite):
        assert (np.nanmin(line), np.nanmax(line)) == (finite.min(), finite.max())
    else:
        assert not np.isfinite(line).any()


def test_what_was_seen_is_not_read_again() -> None:
    values = np.linspace(1.0, 0.0, 64 * FINEST)
    envelope = followed(values)
    changed = values.copy()
    changed[:FINEST] = 7.0
    envelope.follow(np.append(changed, 0.0))
    assert np.nanmax(envelope.line(changed, 100.0, 1e4, most=4)[1]) < 1.0


def test_a_curve_that_goes_another_way_from_where_it_was_cut_is_read_again() -> None:
    values = np.ones(1_000)
    envelope = followed(values)
    envelope.follow(values[:500])
    other = np.append(values[:500], np.full(500, 2.0))
    envelope.follow(other)
    epochs, line = envelope.line(other, 0.0, 1_000.0, most=50)
    assert line[epochs < 480].max() == 1.0
    assert line[epochs > 520].min() == 2.0


def test_of_a_penalty_only_what_is_above_zero_is_drawn() -> None:
    values, envelope = np.array([0.0, 0.0, 0.1, 0.2]), Envelope(only_above_zero=True)
    envelope.follow(values)
    _, line = envelope.line(values, 0.0, 3.0, most=8)
    assert np.isnan(line[:2]).all()
    assert line[2:].tolist() == [0.1, 0.2]


def test_the_lowest_value_above_zero_is_known() -> None:
    assert span_of(np.array([0.0, 0.5, 0.02, np.nan])).lowest_above_zero == pytest.approx(0.02)
    assert np.isnan(span_of(np.array([0.0, np.nan])).lowest_above_zero)
    assert np.isnan(span_of(np.empty(0)).highest)


def test_another_curve_can_follow() -> None:
    envelope = followed(np.linspace(9.0, 8.0, 500))
    envelope.start_again()
    values = np.array([0.5, 0.4])
    envelope.follow(values)
    assert envelope.line(values, 0.0, 5.0, most=4)[1].max() == 0.5
