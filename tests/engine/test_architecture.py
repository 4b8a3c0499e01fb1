"""The flat vector and its views, what is legal, and what survives a change of shape."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import MAX_PARAMETERS, Architecture, carry_over
from nnplayground.engine.network import Network
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


def carried(new: Architecture) -> tuple[Floats, Floats]:
    old, result = counted(SHAPE), np.full(new.parameter_count, -1.0)
    carry_over(SHAPE, old, new, result, inputs=[(0, 0), (1, 1)])
    return old, result


def test_a_grown_layer_keeps_all_old_weights() -> None:
    new = Architecture.dense((2, 5, 1), ("tanh", "identity"))
    old, result = carried(new)
    assert np.array_equal(new.matrices(result)[0][:3], SHAPE.matrices(old)[0])
    assert np.array_equal(new.weights(result)[1][:, :3], SHAPE.weights(old)[1])
    assert np.array_equal(new.biases(result)[1], SHAPE.biases(old)[1])
    assert (new.matrices(result)[0][3:] == -1.0).all()
    assert (new.weights(result)[1][:, 3:] == 0.0).all()


def test_a_shrunk_layer_keeps_what_is_left() -> None:
    new = Architecture.dense((2, 1, 1), ("tanh", "identity"))
    old, result = carried(new)
    assert np.array_equal(new.matrices(result)[0], SHAPE.matrices(old)[0][:1])
    assert np.array_equal(new.weights(result)[1], SHAPE.weights(old)[1][:, :1])


def test_an_inserted_layer_leaves_the_layers_around_it() -> None:
    new = Architecture.dense((2, 3, 3, 1), ("tanh", "tanh", "identity"))
    old, result = carried(new)
    assert np.array_equal(new.matrices(result)[0], SHAPE.matrices(old)[0])
    assert (new.matrices(result)[1] == -1.0).all()
    assert np.array_equal(new.matrices(result)[2], SHAPE.matrices(old)[1])


def test_inputs_keep_their_weights_when_another_one_goes() -> None:
    new = Architecture.dense((1, 3, 1), ("tanh", "identity"))
    old, result = counted(SHAPE), np.full(new.parameter_count, -1.0)
    carry_over(SHAPE, old, new, result, inputs=[(1, 0)])  # the first input is gone, the second takes its place
    assert np.array_equal(new.weights(result)[0][:, 0], SHAPE.weights(old)[0][:, 1])
    assert np.array_equal(new.biases(result)[0], SHAPE.biases(old)[0])


@pytest.mark.parametrize("sizes", [(2, 5, 2, 1), (2, 3, 4, 1), (2, 6, 6, 1), (3, 3, 2, 1), (4, 7, 3, 1)])
def test_a_network_that_grows_computes_what_it_did_before(sizes: tuple[int, ...]) -> None:
    rng = np.random.default_rng(5)
    small = Architecture.dense((2, 3, 2, 1), ("tanh", "relu", "identity"))
    large = Architecture.dense(sizes, ("tanh", "relu", "identity"))
    old, new = rng.normal(size=small.parameter_count), rng.normal(size=large.parameter_count)
    drawn = large.matrices(new.copy())
    carry_over(small, old, large, new, inputs=[(0, 0), (1, 1)])
    inputs = rng.normal(size=(20, sizes[0]))
    np.testing.assert_allclose(
        Network(large, new).outputs(inputs), Network(small, old).outputs(inputs[:, :2]), rtol=1e-12
    )
    for matrix, start, (out, _) in zip(large.matrices(new), drawn, small.shapes, strict=True):
        assert np.array_equal(matrix[out:], start[out:])
