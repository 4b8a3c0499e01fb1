"""The activation curve and the histogram under it, as numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.features.inspector.curve import bars_of, curve_of, ends_of
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.statistics import histogram


@pytest.mark.parametrize("activation", ACTIVATIONS)
@given(low=st.floats(-1e9, 1e9), width=st.floats(0.0, 1e9))
def test_the_curve_covers_all_sums_and_can_be_drawn(activation: str, low: float, width: float) -> None:
    curve = curve_of(activation, low, low + width)
    rounding = 1e-9 * (abs(low) + width)  # far below a pixel: the ends are multiples of a round step
    assert curve.across[0] <= min(low, -3.0) + rounding and curve.across[1] >= max(low + width, 3.0) - rounding
    assert np.isfinite(curve.a).all() and curve.up[0] < curve.a.min() and curve.up[1] > curve.a.max()


def test_the_curve_is_that_of_the_function() -> None:
    curve = curve_of("tanh", -1.0, 2.0)
    assert curve.a == pytest.approx(np.tanh(curve.z))
    assert curve_of("softmax", 0.0, 0.0).a == pytest.approx(1 / (1 + np.exp(-curve.z)))


def test_small_changes_of_the_sums_leave_the_plot_as_it_is() -> None:
    assert curve_of("tanh", -4.1, 5.2).across == curve_of("tanh", -4.6, 5.9).across


def test_bars_stand_on_the_bottom_and_the_highest_is_that_of_the_most() -> None:
    edges, tops = bars_of(histogram(np.array([0.0, 1.0, 1.0, 1.0])), (-1.0, 1.0))
    assert (edges[0], edges[-1]) == (0.0, 1.0)
    assert tops.argmax() == len(tops) - 1 and tops[1] == -1.0


def test_without_finite_sums_there_is_nothing_to_cover() -> None:
    assert ends_of(histogram(np.array([np.nan, np.inf]))) == (0.0, 0.0)
