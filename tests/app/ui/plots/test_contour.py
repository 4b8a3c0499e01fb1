"""The zero line of a field: where it should be, closed, out to the rim."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.app.ui.plots.contour import zero_line
from nnplayground.arrays import Floats

LOW, HIGH = (-6.0, -3.0), (6.0, 3.0)


def centres(rows: int, columns: int) -> tuple[Floats, Floats]:
    across = LOW[0] + (HIGH[0] - LOW[0]) * (np.arange(columns) + 0.5) / columns
    up = LOW[1] + (HIGH[1] - LOW[1]) * (np.arange(rows) + 0.5) / rows
    x, y = np.meshgrid(across, up)
    return x, y


def test_a_slanted_plane_is_zero_on_a_straight_line_from_rim_to_rim() -> None:
    across, up = centres(30, 40)
    line = zero_line(across + up, low=LOW, high=HIGH)
    inside = (np.abs(line) < [5.8, 2.8]).all(axis=1)
    np.testing.assert_allclose(line[inside].sum(axis=1), 0.0, atol=1e-12)
    assert line[:, 1].min() == -3.0
    assert line[:, 1].max() == 3.0


def test_a_circle_is_a_closed_line_of_the_right_length() -> None:
    across, up = centres(100, 200)
    line = zero_line(across**2 + up**2 - 4.0, low=LOW, high=HIGH)
    np.testing.assert_allclose(np.hypot(*line.T), 2.0, atol=1e-3)
    pieces = line.reshape(-1, 2, 2)
    assert np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum() == pytest.approx(4.0 * np.pi, rel=1e-3)
    _, met = np.unique(np.round(line, 9), axis=0, return_counts=True)
    assert (met == 2).all()


def test_a_saddle_gets_two_lines_that_do_not_cross() -> None:
    for sign in (1.0, -1.0):
        field = sign * np.array([[1.0, -1.2], [-1.2, 1.0]])
        line = zero_line(field, low=(0.0, 0.0), high=(1.0, 1.0))
        pieces = line.reshape(-1, 2, 2)
        inner = pieces[(np.abs(pieces - 0.5) <= 0.25).all(axis=(1, 2))]
        middles = inner.mean(axis=1)
        assert len(inner) == 2
        # The middle of the cell is below zero for `sign` 1: the corners above zero are cut off from each other.
        assert ((middles[:, 0] - 0.5) * (middles[:, 1] - 0.5) > 0.0).all()


def test_a_field_without_a_sign_change_has_no_line() -> None:
    assert zero_line(np.ones((10, 10)), low=LOW, high=HIGH).shape == (0, 2)
    assert zero_line(np.full((10, 10), np.nan), low=LOW, high=HIGH).shape == (0, 2)


def test_infinite_heights_on_both_sides_of_a_saddle_leave_no_line_there_and_no_warning() -> None:
    field = np.array([[np.inf, -np.inf], [-np.inf, np.inf]])
    assert np.isfinite(zero_line(field, low=LOW, high=HIGH)).all()


def test_what_is_not_a_number_leaves_a_gap_and_no_warning() -> None:
    across, _ = centres(20, 20)
    field = across.copy()
    field[5:8] = np.nan
    line = zero_line(field, low=LOW, high=HIGH)
    assert np.isfinite(line).all()
    assert len(line) > 20
