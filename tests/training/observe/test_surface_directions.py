"""The two directions of a cost surface, against their definitions written out."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.arrays import Floats, Integers
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Conv2D, Dense, Flatten
from nnplayground.errors import InputError
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.surface_directions import Slice, path_slice, places_slice, random_slice

SMALL = Architecture.dense((2, 4, 3), ("tanh", "softmax"))
PICTURES = Architecture((2, 6, 6), (Conv2D(3, 3, "relu"), Flatten(), Dense(2, "softmax")))
NOTHING: Integers = np.empty(0, dtype=np.int64)


def weights_of(architecture: Architecture, seed: int = 1) -> Floats:
    return np.random.default_rng(seed).normal(size=architecture.parameter_count)


def random_of(architecture: Architecture, held: Integers = NOTHING, draw: int = 0) -> Slice:
    return random_slice(architecture, weights_of(architecture), held, np.random.default_rng(draw))


@pytest.mark.parametrize("architecture", [SMALL, PICTURES], ids=["dense", "convolution"])
def test_each_neuron_and_each_filter_moves_by_the_length_of_its_weights(architecture: Architecture) -> None:
    plane, parameters = random_of(architecture), weights_of(architecture)
    for direction in (plane.across, plane.up):
        for moved, present in zip(architecture.matrices(direction), architecture.matrices(parameters), strict=True):
            for row, own in zip(moved, present, strict=True):
                assert np.sqrt((row[:-1] ** 2).sum()) == pytest.approx(np.sqrt((own[:-1] ** 2).sum()), rel=1e-12)
                assert row[-1] == 0.0  # biases stay


@pytest.mark.parametrize("architecture", [SMALL, PICTURES], ids=["dense", "convolution"])
def test_random_directions_stand_at_right_angles(architecture: Architecture) -> None:
    plane = random_of(architecture)
    assert plane.across @ plane.up == pytest.approx(0.0, abs=1e-9)


def test_another_draw_gives_other_directions_and_the_same_one_gives_the_same() -> None:
    one, again, other = random_of(SMALL), random_of(SMALL), random_of(SMALL, draw=1)
    assert np.array_equal(one.across, again.across)
    assert np.array_equal(one.up, again.up)
    assert not np.allclose(one.across, other.across)


def test_what_is_held_moves_in_no_direction_and_is_not_counted() -> None:
    held = np.array([0, 4, 5, 16], dtype=np.int64)
    plane = random_of(SMALL, held)
    assert not plane.across[held].any()
    assert not plane.up[held].any()
    assert plane.free == SMALL.parameter_count - 4
    first = SMALL.matrices(plane.across)[0][0]  # of two weights one is held: the other moves by its own size
    assert abs(first[1]) == pytest.approx(abs(SMALL.matrices(weights_of(SMALL))[0][0, 1]))


def test_neurons_of_a_single_weight_go_there_and_back_and_span_a_plane_all_the_same() -> None:
    architecture = Architecture.dense((1, 1, 1), ("tanh", "identity"))
    plane = random_of(architecture)
    w1, _, w2, _ = np.abs(weights_of(architecture))
    assert sorted(np.abs(plane.across)) == pytest.approx(sorted([w1, 0.0, w2, 0.0]))
    assert abs(plane.across @ plane.up) == pytest.approx(abs(w1**2 - w2**2))


def test_one_weight_alone_has_no_two_random_directions() -> None:
    with pytest.raises(InputError, match="choose two numbers instead"):
        random_of(Architecture.dense((1, 1), ("identity",)))


def test_weights_of_zero_have_no_random_directions() -> None:
    with pytest.raises(InputError, match="differ from 0"):
        random_slice(SMALL, np.zeros(SMALL.parameter_count), NOTHING, np.random.default_rng(0))


@pytest.mark.parametrize("architecture", [SMALL, Architecture.dense((1, 3, 1), ("tanh", "identity"))])
def test_the_coordinates_of_a_point_of_the_slice_are_those_it_was_made_of(architecture: Architecture) -> None:
    plane = random_of(architecture)
    x, y = np.array([0.0, 0.3, -1.0]), np.array([0.0, -0.7, 2.0])
    points = plane.points(x, y)
    assert plane.coordinates(points) == pytest.approx(np.stack([x, y], axis=1), abs=1e-12)
    off, distances = plane.distances(points)
    assert off == pytest.approx(0.0, abs=1e-12)
    steps = x[:, None] * plane.across + y[:, None] * plane.up
    assert distances == pytest.approx(np.sqrt((steps**2).sum(axis=1)))


def test_what_is_beside_the_slice_falls_onto_it_at_a_right_angle() -> None:
    plane, beside = random_of(SMALL), weights_of(SMALL, seed=5)
    nearest = plane.points(*plane.coordinates(beside[np.newaxis]).T)[0]
    assert (beside - nearest) @ plane.across == pytest.approx(0.0, abs=1e-9)
    assert (beside - nearest) @ plane.up == pytest.approx(0.0, abs=1e-9)
    off, distances = plane.distances(beside[np.newaxis])
    assert off[0] == pytest.approx(np.sqrt(((beside - nearest) ** 2).sum()))
    assert distances[0] == pytest.approx(np.sqrt(((beside - plane.origin) ** 2).sum()))


def test_the_plane_of_the_path_has_the_largest_eigenvectors_of_the_squares_about_the_present_weights() -> None:
    rng = np.random.default_rng(3)
    path = rng.normal(size=(12, 8)) * np.array([5.0, 3.0, 1.0, 0.5, 0.2, 0.1, 0.1, 0.1])
    now = rng.normal(size=8)
    plane = path_slice(now, path, NOTHING)
    squares = sum(np.outer(point - now, point - now) for point in path)
    values, vectors = np.linalg.eigh(squares)
    assert abs(plane.across @ vectors[:, -1]) == pytest.approx(1.0)
    assert abs(plane.up @ vectors[:, -2]) == pytest.approx(1.0)
    assert plane.shares == pytest.approx((values[-1] / values.sum(), values[-2] / values.sum()))
    off, distances = plane.distances(path)
    assert 1.0 - (off**2).sum() / (distances**2).sum() == pytest.approx(sum(plane.shares or ()))


def test_the_path_begins_on_the_left() -> None:
    for seed in range(4):
        path = np.random.default_rng(seed).normal(size=(6, 8))
        plane = path_slice(path[-1], path, NOTHING)
        assert plane.coordinates(path)[0, 0] < 0.0


def test_numbers_that_are_held_do_not_turn_the_plane_of_the_path() -> None:
    path = np.random.default_rng(0).normal(size=(6, 8)) * np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 100.0])
    plane = path_slice(path[-1], path, np.array([7]))
    assert plane.across[7] == plane.up[7] == 0.0
    off, _ = plane.distances(path)
    assert off[0] >= abs(path[0, 7] - path[-1, 7])  # but the distance from the slice tells of it


@pytest.mark.parametrize("moments", [0, 1, 2])
def test_a_path_in_one_direction_is_refused_with_what_to_do(moments: int) -> None:
    path = np.linspace(0.0, 1.0, moments)[:, np.newaxis] * np.ones(8)
    with pytest.raises(InputError, match="train for a few epochs more"):
        path_slice(np.ones(8), path, NOTHING)


def test_two_numbers_are_axes_in_their_own_values() -> None:
    parameters = weights_of(SMALL)
    plane = places_slice(SMALL, parameters, (ParameterIndex(0, 1, 0), ParameterIndex(1, 2, None)), NOTHING)
    moved = plane.points(np.array([7.0]), np.array([-2.0]))[0]
    matrices = SMALL.matrices(moved)
    assert (matrices[0][1, 0], matrices[1][2, -1]) == (pytest.approx(7.0), pytest.approx(-2.0))
    assert np.count_nonzero(moved != parameters) == 2
    assert plane.start == (parameters[3], parameters[-1])
    assert plane.coordinates(parameters) == pytest.approx(plane.start)


@pytest.mark.parametrize(
    ("places", "complaint"),
    [
        ((ParameterIndex(0, 0, 0), ParameterIndex(0, 0, 0)), "two different ones"),
        ((ParameterIndex(0, 0, 0), ParameterIndex(5, 0, 0)), "axis up is not in this network"),
        ((ParameterIndex(0, 0, 1), ParameterIndex(0, 0, 0)), "axis across is frozen"),
    ],
)
def test_two_numbers_that_make_no_plane_are_refused(
    places: tuple[ParameterIndex, ParameterIndex], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        places_slice(SMALL, weights_of(SMALL), places, np.array([1]))
