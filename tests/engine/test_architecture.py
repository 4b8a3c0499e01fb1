"""The flat vector and its views, and what is legal."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import MAX_PARAMETERS, Architecture
from nnplayground.errors import InputError

SHAPE = Architecture.dense((2, 3, 1), ("tanh", "identity"))


def counted(architecture: Architecture, *, start: int = 1) -> Floats:
    return np.arange(start, start + architecture.parameter_count, dtype=float)


def test_views_share_the_flat_vector() -> None:
    flat = np.zeros(SHAPE.parameter_count)
    SHAPE.weights(flat)[0][2, 1] = 5.0
    SHAPE.biases(flat)[1][0] = 7.0
    assert sorted(flat[flat != 0.0]) == [5.0, 7.0]


def test_flatten_is_the_way_back() -> None:
    flat = counted(SHAPE)
    assert SHAPE.flatten(SHAPE.weights(flat), SHAPE.biases(flat)).tolist() == flat.tolist()


def test_a_leading_axis_stays_in_front() -> None:
    flat = np.stack([counted(SHAPE), counted(SHAPE, start=100)])
    assert [matrix.shape for matrix in SHAPE.matrices(flat)] == [(2, 3, 3), (2, 1, 4)]
    assert SHAPE.weights(flat)[0][1].tolist() == SHAPE.weights(flat[1])[0].tolist()


def test_the_mask_marks_weights_not_biases() -> None:
    assert SHAPE.weight_mask.sum() == 3 * 2 + 1 * 3


@pytest.mark.parametrize(
    ("sizes", "activations", "words"),
    [
        ((2,), (), "ends in a dense layer"),
        ((2, 0, 1), ("tanh", "tanh"), "units of a layer must be a whole number of at least 1, not 0"),
        ((2, 1), ("step up",), 'no activation "step up"'),
        ((2, 4096, 4096, 1), ("tanh", "tanh", "tanh"), f"up to {MAX_PARAMETERS:,}"),
    ],
)
def test_impossible_shapes_are_refused(sizes: tuple[int, ...], activations: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError, match=words.replace("(", "\\(")):
        Architecture.dense(sizes, activations)
