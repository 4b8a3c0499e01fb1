"""How facts are written: every kind in one way, and no share that is not all as all."""

from __future__ import annotations

from math import inf

import pytest

from nnplayground.explain.figures import percent_text, share_text, short, times


@pytest.mark.parametrize(
    ("ratio", "text"),
    [(1.0, "1"), (3.34, "3.3"), (10.4, "10"), (126.0, "130"), (98_765.0, "99,000"), (inf, "more than a million")],
)
def test_ratios_are_told_with_two_digits(ratio: float, text: str) -> None:
    assert times(ratio) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (1e-9, "1 %"), (0.5, "50 %"), (0.994, "99 %"), (0.9999, "99 %"), (1.0, "100 %")],
)
def test_a_share_that_is_not_all_is_never_all_and_one_that_is_something_never_nothing(share: float, text: str) -> None:
    assert share_text(share) == text
    assert (percent_text(share) == "100.0 %") == (share == 1.0)
    assert (percent_text(share) == "0.0 %") == (share == 0.0)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.0, "0"), (0.2, "0.2"), (0.0123, "0.0123"), (1234.0, "1,234"), (2e7, "2.0e+07"), (-1.5, "−1.5"), (100.0, "100")],
)
def test_numbers_are_short(number: float, text: str) -> None:
    assert short(number) == text
