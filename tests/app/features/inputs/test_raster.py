"""Stamping marks and bars into a picture."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.app.features.inputs.marks import mark_mask
from nnplayground.app.features.inputs.raster import blank, fill_bars, stacked_counts, stamp
from nnplayground.app.ui.theme import MARKERS

WHITE, RED = (255, 255, 255), (255.0, 0.0, 0.0)


def test_a_mark_covers_the_pixels_of_its_mask_around_its_place() -> None:
    canvas = blank(7, 5, WHITE)
    cross = np.array([[0.0, 1.0, 0.0], [1.0, 0.5, 1.0], [0.0, 1.0, 0.0]])
    stamp(canvas, np.array([2]), np.array([3]), np.array([RED]), cross)
    assert canvas[3, 2].tolist() == [255.0, 127.5, 127.5]
    painted = {(row, column) for row, column in np.argwhere(canvas[..., 1] < 255.0).tolist()}
    assert painted == {(2, 2), (3, 1), (3, 2), (3, 3), (4, 2)}


def test_what_lies_outside_the_picture_is_left_out() -> None:
    canvas = blank(4, 4, WHITE)
    places = np.array([0, 3, -9, 40])
    stamp(canvas, places, places, np.tile(RED, (4, 1)), np.ones((3, 3)))
    assert (canvas[..., 1] == 0.0).sum() == 8


def test_each_mark_has_its_own_colour() -> None:
    canvas = blank(9, 3, WHITE)
    colors = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    stamp(canvas, np.array([1, 7]), np.array([1, 1]), colors, np.ones((1, 1)))
    assert canvas[1, 1].tolist() == [1.0, 2.0, 3.0]
    assert canvas[1, 7].tolist() == [4.0, 5.0, 6.0]


def test_counts_are_stacked_by_group() -> None:
    values, groups = np.array([0.1, 0.1, 0.9, 0.6, 1.0]), np.array([0, 1, 1, 0, 0])
    stacked = stacked_counts(values, groups, count=2, ends=(0.0, 1.0), bins=2)
    assert stacked.tolist() == [[0, 0], [1, 2], [2, 3]]


def test_the_tallest_bar_is_as_high_as_the_box_and_the_groups_lie_on_each_other() -> None:
    canvas = blank(12, 12, WHITE)
    fill_bars(canvas, (1, 2, 11, 12), np.array([[0, 0], [2, 0], [4, 1]]), np.array([RED, (0.0, 0.0, 255.0)]))
    first, second = canvas[:, 2], canvas[:, 7]
    assert [tuple(pixel) for pixel in first[2:7].tolist()] == [(0.0, 0.0, 255.0)] * 5
    assert [tuple(pixel) for pixel in first[7:].tolist()] == [RED] * 5
    assert (second[:10] == 255.0).all()
    assert (first[:2] == 255.0).all()


@pytest.mark.parametrize("symbol", MARKERS)
def test_every_marker_has_a_mask_with_a_filled_and_a_hollow_middle(symbol: str) -> None:
    filled, ring = mark_mask(symbol, 9, ring=False), mark_mask(symbol, 9, ring=True)
    assert filled.shape == ring.shape == (9, 9)
    assert filled[4, 4] == 1.0
    assert ring[4, 4] < 0.5
    assert ring.max() > 0.4
    assert filled[[0, 0, 8, 8], [0, 8, 0, 8]].max() < 0.6
