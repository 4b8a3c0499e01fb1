"""Pooling against plain loops, the way back value by value, and what it refuses."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.layers import AveragePool2D, MaxPool2D
from nnplayground.errors import InputError
from tests.engine.layers.working import answers, share_below, work_of

SHAPES = [(1, 4, 4), (2, 5, 7), (3, 6, 3)]
NUMBERS = [(2, None, 0), (2, 1, 0), (3, 2, 1), (1, 1, 0), (3, None, 1), (2, 3, 1)]
SAMPLES = 3


def windows(pool: MaxPool2D | AveragePool2D, picture: Floats, margin: float) -> list[list[Floats]]:
    """Every window of one channel `[height, width]`, by row and column."""
    wide = np.pad(picture, pool.padding, constant_values=margin)
    stride = pool.stride or pool.pool_size
    starts = [range(0, length - pool.pool_size + 1, stride) for length in wide.shape]
    return [
        [wide[row : row + pool.pool_size, column : column + pool.pool_size] for column in starts[1]]
        for row in starts[0]
    ]


@pytest.mark.parametrize("numbers", NUMBERS)
@pytest.mark.parametrize("below", SHAPES)
def test_the_largest_and_the_mean_of_each_window(
    below: tuple[int, int, int], numbers: tuple[int, int | None, int]
) -> None:
    pictures = np.random.default_rng(1).normal(size=(SAMPLES, *below))
    kinds = ((MaxPool2D(*numbers), np.max, -np.inf), (AveragePool2D(*numbers), np.mean, 0.0))
    for pool, reduce, margin in kinds:
        found = answers(work_of(pool, below, SAMPLES), pictures, pool.shape(below))
        for sample, channel in product(range(SAMPLES), range(below[0])):
            rows = windows(pool, pictures[sample, channel], margin)
            expected = [[float(reduce(window)) for window in row] for row in rows]
            np.testing.assert_allclose(found[sample, channel], expected, rtol=1e-12, atol=1e-15)


def test_the_largest_value_gets_the_whole_gradient() -> None:
    picture = np.array([[[[1.0, 5.0], [2.0, 3.0]]]])
    work = work_of(MaxPool2D(2), (1, 2, 2), 1)
    assert answers(work, picture, (1, 1, 1)).item() == 5.0
    assert share_below(work, np.array([[[[7.0]]]]), (1, 2, 2)).tolist() == [[[[0.0, 7.0], [0.0, 0.0]]]]


def test_of_level_values_the_first_gets_the_gradient() -> None:
    work = work_of(MaxPool2D(2), (1, 2, 2), 1)
    answers(work, np.full((1, 1, 2, 2), 4.0), (1, 1, 1))
    assert share_below(work, np.array([[[[7.0]]]]), (1, 2, 2)).tolist() == [[[[7.0, 0.0], [0.0, 0.0]]]]


def test_a_value_that_wins_in_two_windows_gets_both_gradients() -> None:
    work = work_of(MaxPool2D(2, stride=1), (1, 1 + 1, 3), 1)
    answers(work, np.array([[[[0.0, 9.0, 0.0], [0.0, 0.0, 0.0]]]]), (1, 1, 2))
    assert share_below(work, np.array([[[[2.0, 3.0]]]]), (1, 2, 3)).tolist() == [[[[0.0, 5.0, 0.0], [0.0, 0.0, 0.0]]]]


@pytest.mark.parametrize("numbers", NUMBERS)
def test_the_way_back_of_the_mean_is_the_transpose_of_the_way_forward(numbers: tuple[int, int | None, int]) -> None:
    rng, below = np.random.default_rng(3), (2, 5, 7)
    pool, pictures = AveragePool2D(*numbers), rng.normal(size=(SAMPLES, 2, 5, 7))
    work = work_of(pool, below, SAMPLES)
    found = answers(work, pictures, pool.shape(below))
    deltas = rng.normal(size=found.shape)
    forward = float((found * deltas).sum())
    assert float((pictures * share_below(work, deltas, below)).sum()) == pytest.approx(forward, rel=1e-12)


@pytest.mark.parametrize("kind", [MaxPool2D, AveragePool2D])
def test_what_is_refused(kind: type[MaxPool2D] | type[AveragePool2D]) -> None:
    for make, words in (
        (lambda: kind(0), "pool_size of a layer must be a whole number of at least ., not 0"),
        (lambda: kind(2, 0), "stride of a layer must be a whole number of at least ., not 0"),
        (lambda: kind(2, padding=-1), "padding of a layer must be a whole number of at least ., not -1"),
        (lambda: kind(3, padding=2), "at most half its pool_size of 3"),
        (lambda: kind(2).shape((8,)), "needs pictures"),
        (lambda: kind(5).shape((1, 8, 4)), "5 × 5, larger than its pictures of 8 × 4"),
    ):
        with pytest.raises(InputError, match=words):
            make()
