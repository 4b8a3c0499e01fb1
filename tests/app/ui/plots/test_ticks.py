"""Numbers and ticks as a person would write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.ui.plots.ticks import linear_ticks, log_ticks, round_up
from nnplayground.explain.figures import number_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (0.012345, "0.0123"), (0.7, "0.700"), (-3.4, "−3.40"), (99.97, "100"), (201.2, "201"),
        (4208.4, "4,208"), (1_234_567.0, "1,234,567"), (2.5e9, "2.50e9"), (3.21e-7, "3.21e−7"),
        (0.0001234, "0.000123"), (float("inf"), "∞"), (float("-inf"), "−∞"), (float("nan"), "not a number"),
    ],
)  # fmt: skip
def test_numbers_have_three_significant_digits(value: float, text: str) -> None:
    assert number_text(value) == text


def test_linear_ticks_are_few_and_round() -> None:
    assert linear_ticks(-6.0, 6.0, most=4) == [(-5.0, "−5"), (0.0, "0"), (5.0, "5")]
    fifths = linear_ticks(0.0, 0.8, most=5)
    assert [text for _, text in fifths] == ["0", "0.2", "0.4", "0.6", "0.8"]
    assert [place for place, _ in fifths] == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.8])
    assert [text for _, text in linear_ticks(2700.0, 6300.0, most=4)] == ["3,000", "4,000", "5,000", "6,000"]


@given(low=st.floats(-1e6, 1e6), width=st.floats(1e-2, 1e6), most=st.integers(2, 9))
def test_there_are_never_more_ticks_than_asked_for_and_all_lie_inside(low: float, width: float, most: int) -> None:
    high = low + width
    ticks = linear_ticks(low, high, most=most)
    slack = 1e-6 * width
    assert len(ticks) <= most
    assert all(low - slack <= place <= high + slack for place, _ in ticks)
    assert len({text for _, text in ticks}) == len(ticks)


def test_log_ticks_are_powers_of_ten_and_finer_on_short_axes() -> None:
    assert log_ticks(-2.0, 0.0, most=4) == [(-2.0, "0.01"), (-1.0, "0.1"), (0.0, "1")]
    assert [text for _, text in log_ticks(-1.0, 0.0, most=5)] == ["0.1", "0.2", "0.5", "1"]
    assert [text for _, text in log_ticks(-1.0, -0.5, most=5)] == ["0.1", "0.2"]
    assert [text for _, text in log_ticks(-6.0, 0.0, most=4)] == ["1e−6", "0.0001", "0.01", "1"]


@pytest.mark.parametrize(("value", "up"), [(0.7, 0.8), (1.0, 1.0), (1.01, 1.2), (8.1, 10.0), (1200.0, 1200.0)])
def test_rounding_up_goes_to_the_next_round_number(value: float, up: float) -> None:
    assert round_up(value) == pytest.approx(up)
