"""Curves cut down to what a screen can show: nothing that matters is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.views.cost.envelope import Envelope

costs = st.lists(st.floats(-1e6, 1e6) | st.sampled_from([np.nan, np.inf, -np.inf]), min_size=1, max_size=300)


def test_a_short_curve_is_kept_as_it_is() -> None:
    values = np.array([0.7, 0.5, 0.6, 0.1])
    envelope = Envelope(most=16)
    envelope.follow(values)
    epochs, line = envelope.line(values)
    assert epochs.tolist() == [0.0, 1.0, 2.0, 3.0]
    assert line.tolist() == values.tolist()


def test_a_long_curve_keeps_its_peaks_and_its_end_in_few_points() -> None:
    values = np.exp(-np.arange(100_000) / 9_000.0)
    values[54_321] = 3.0
    values[77_777] = -2.0
    envelope = Envelope(most=400)
    envelope.follow(values)
    epochs, line = envelope.line(values)
    assert len(line) <= 2 * 400 + 4
    assert line.max() == 3.0
    assert line.min() == -2.0
    assert (epochs[0], epochs[-1]) == (0.0, 99_999.0)
    assert (line[0], line[-1]) == (values[0], values[-1])
    assert (np.diff(epochs) >= 0.0).all()
    assert abs(epochs[line.argmax()] - 54_321) <= 100_000 / 200


@given(values=costs, parts=st.lists(st.integers(1, 90), max_size=8))
def test_a_curve_followed_in_parts_spans_the_same_as_in_one(values: list[float], parts: list[int]) -> None:
    whole = np.array(values)
    envelope = Envelope(most=8)
    for end in np.cumsum(parts):
        envelope.follow(whole[: int(end)])
    envelope.follow(whole)
    epochs, line = envelope.line(whole)
    finite = whole[np.isfinite(whole)]
    span = envelope.span(whole)
    assert len(epochs) == len(line) <= 2 * 8 + 4
    if len(finite):
        assert (span.lowest, span.highest) == (finite.min(), finite.max())
        assert np.nanmax(line) == finite.max()
        assert np.nanmin(line) == finite.min()
    else:
        assert np.isnan(span.highest)
        assert np.isnan(line).all()


def test_the_lowest_cost_above_zero_is_known() -> None:
    envelope = Envelope(most=4)
    values = np.array([0.0, 0.5, 0.02, 0.0])
    envelope.follow(values)
    assert envelope.span(values).lowest_above_zero == pytest.approx(0.02)


def test_another_curve_can_follow() -> None:
    envelope = Envelope(most=8)
    envelope.follow(np.linspace(9.0, 8.0, 500))
    envelope.start_again()
    values = np.array([0.5, 0.4])
    envelope.follow(values)
    assert envelope.span(values).highest == 0.5
