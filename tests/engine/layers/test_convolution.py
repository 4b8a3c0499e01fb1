"""Convolution against six plain loops, its way back against the definition, and what it refuses."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.layers import Conv2D
from nnplayground.errors import InputError
from tests.engine.layers.working import answers, work_of

CASES = [
    ((1, 5, 5), Conv2D(2, 3, "identity")),
    ((2, 7, 4), Conv2D(3, 3, "identity", stride=2, padding=1)),
    ((3, 4, 9), Conv2D(1, 2, "identity", stride=3)),
    ((1, 3, 3), Conv2D(2, 5, "identity", padding=2)),
    ((2, 6, 5), Conv2D(2, 1, "identity", stride=2)),
    ((1, 8, 8), Conv2D(2, 4, "identity", stride=4, padding=3)),
]
SAMPLES = 3


def by_loops(layer: Conv2D, pictures: Floats, weights: Floats, biases: Floats) -> Floats:
    """Cross-correlation as a beginner would write it."""
    size, stride, edge = layer.kernel_size, layer.stride, layer.padding
    wide = np.pad(pictures, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
    rows, columns = ((length - size) // stride + 1 for length in wide.shape[2:])
    result = np.zeros((len(pictures), layer.filters, rows, columns))
    for sample, unit, row, column in product(*map(range, result.shape)):
        total = biases[unit]
        for channel, down, across in product(range(pictures.shape[1]), range(size), range(size)):
            value = wide[sample, channel, row * stride + down, column * stride + across]
            total += value * weights[unit, channel, down, across]
        result[sample, unit, row, column] = total
    return result


@pytest.mark.parametrize(("below", "layer"), CASES)
def test_the_sums_are_those_of_plain_loops(below: tuple[int, int, int], layer: Conv2D) -> None:
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(layer.filters, below[0] * layer.kernel_size**2 + 1))
    pictures = rng.normal(size=(SAMPLES, *below))
    weights = matrix[:, :-1].reshape(layer.filters, below[0], layer.kernel_size, layer.kernel_size)
    expected = by_loops(layer, pictures, weights, matrix[:, -1])
    assert layer.shape(below) == expected.shape[1:]
    found = answers(work_of(layer, below, SAMPLES, matrix=matrix), pictures, layer.shape(below))
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("below", "layer"), CASES)
def test_the_way_back_is_the_transpose_of_the_way_forward(below: tuple[int, int, int], layer: Conv2D) -> None:
    """The layer is linear in the pictures and in the weights, so <forward(x), d> = <x, back(d)> + <b, sum of d>."""
    rng = np.random.default_rng(2)
    matrix = rng.normal(size=(layer.filters, below[0] * layer.kernel_size**2 + 1))
    pictures = rng.normal(size=(SAMPLES, *below))
    work = work_of(layer, below, SAMPLES, matrix=matrix)
    found = answers(work, pictures, layer.shape(below))
    deltas = rng.normal(size=found.shape)
    gradient, lower = np.empty_like(matrix), np.empty((pictures[0].size + 1, SAMPLES))
    delta = np.ascontiguousarray(deltas.reshape(SAMPLES, -1).T)
    work.make_backward(delta, gradient, lower, at_sums=True)(np.empty((SAMPLES, pictures[0].size + 1)))
    shares = lower[:-1].T.reshape(pictures.shape)
    biases = float((deltas.sum(axis=(0, 2, 3)) * matrix[:, -1]).sum())
    total = float((found * deltas).sum())
    assert float((pictures * shares).sum()) + biases == pytest.approx(total, rel=1e-11)
    assert float((matrix * gradient).sum()) == pytest.approx(total, rel=1e-11)
    np.testing.assert_allclose(gradient[:, -1], deltas.sum(axis=(0, 2, 3)), rtol=1e-12)


def test_the_number_of_weights_does_not_depend_on_the_picture() -> None:
    layer = Conv2D(4, 3, "relu")
    assert layer.matrix_shape((2, 9, 9)) == layer.matrix_shape((2, 30, 20)) == (4, 18)


@pytest.mark.parametrize(
    ("below", "layer", "words"),
    [
        ((12,), Conv2D(2, 3, "relu"), "cannot stand on 12 values; it needs pictures"),
        ((1, 4, 9), Conv2D(2, 5, "relu"), "5 × 5, larger than its pictures of 4 × 9"),
    ],
)
def test_where_it_cannot_stand(below: tuple[int, ...], layer: Conv2D, words: str) -> None:
    with pytest.raises(InputError, match=words):
        layer.shape(below)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Conv2D(0, 3, "relu"), "filters of a layer must be a whole number of at least ., not 0"),
        (lambda: Conv2D(1, 0, "relu"), "kernel_size of a layer must be a whole number of at least ., not 0"),
        (lambda: Conv2D(1, 3, "relu", stride=0), "stride of a layer must be a whole number of at least ., not 0"),
        (lambda: Conv2D(1, 3, "relu", padding=-1), "padding of a layer must be a whole number of at least ., not -1"),
        (lambda: Conv2D(1, 3, "bent"), 'no activation "bent"'),
    ],
)
def test_impossible_numbers(make: object, words: str) -> None:
    assert callable(make)
    with pytest.raises(InputError, match=words):
        make()
