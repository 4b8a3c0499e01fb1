"""The costs of a cost surface, against the cost of a network that has the weights of a point set by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.data.progress import CancelledError, Progress
from nnplayground.engine.network import Network
from nnplayground.errors import InputError
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec, MaxPool2DSpec
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, Project
from nnplayground.project.parameter_index import FrozenParameter, ParameterIndex
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.observe.surface import MOST_SAMPLES, Surface, SurfaceRequest, spread, surfaces
from nnplayground.training.thread.session import Session
from tests.training.moments import trained_session, trained_snapshot


def project_of(name: str, *layers: DenseSpec | DropoutSpec, samples: int = 100) -> Project:
    return Project(
        data=DataSpec(source=GeneratedSource(name=name, samples=samples, noise=0.1)),
        network=NetworkSpec(layers=layers or (DenseSpec(4, "tanh"), DenseSpec(2, "tanh"))),
    )


CIRCLE = project_of("circle")
PICTURES = Project(
    data=DataSpec(source=ImagesSource()),
    network=NetworkSpec(
        layers=(Conv2DSpec(2, 3, activation="relu"), MaxPool2DSpec(2), FlattenSpec(), DenseSpec(4, "tanh"))
    ),
)
OFF = project_of("circle", DenseSpec(4, "tanh", off=(1,)))
PROJECTS = {
    "two classes": CIRCLE,
    "more classes": project_of("blobs"),
    "numbers": project_of("plane"),
    "dropout": project_of("circle", DenseSpec(6, "relu"), DropoutSpec(0.5)),
    "neuron off": OFF,
    "pictures": PICTURES,
}
KINDS = (
    SurfaceRequest("random", resolution=9),
    SurfaceRequest("path", resolution=9),
    SurfaceRequest("places", places=(ParameterIndex(0, 0, 0), ParameterIndex(1, 0, None)), resolution=9),
)


def finest(snapshot: Snapshot, request: SurfaceRequest) -> Surface:
    return list(surfaces(snapshot, request))[-1]


def cost_by_hand(snapshot: Snapshot, parameters: Floats) -> float:
    """What a network with these parameters costs on all training samples."""
    network, data = Network(snapshot.architecture, parameters), snapshot.data
    return network.cost(data.train_inputs, data.train_targets, cost=data.rule.cost)


@pytest.mark.parametrize("name", PROJECTS)
@pytest.mark.parametrize("request_", KINDS, ids=lambda request: request.kind)
def test_a_point_costs_what_a_network_with_its_weights_costs(name: str, request_: SurfaceRequest) -> None:
    snapshot = trained_snapshot(PROJECTS[name], 3)
    surface = finest(snapshot, request_)
    assert surface.samples == len(snapshot.data.train_rows)
    for row, column in ((0, 0), (2, 7), (4, 4), (8, 1)):
        x, y = surface.across[column] - surface.here[0], surface.up[row] - surface.here[1]
        point = snapshot.parameters + x * surface.plane.across + y * surface.plane.up
        assert surface.costs[row, column] == pytest.approx(cost_by_hand(snapshot, point), abs=1e-9)
    assert surface.here_cost == pytest.approx(snapshot.train.cost, abs=1e-9)


def test_a_point_costs_what_the_formulas_of_a_small_network_say() -> None:
    snapshot = trained_snapshot(project_of("circle", DenseSpec(3, "tanh")), 2)
    surface, data = finest(snapshot, KINDS[0]), snapshot.data
    assert (data.rule.activation, data.rule.cost) == ("sigmoid", "binary_cross_entropy")
    point = snapshot.parameters + surface.across[6] * surface.plane.across + surface.up[1] * surface.plane.up
    w1, b1, w2, b2 = point[:9].reshape(3, 3)[:, :2], point[:9].reshape(3, 3)[:, 2], point[9:12], point[12]
    surely = 1.0 / (1.0 + np.exp(-(np.tanh(data.train_inputs @ w1.T + b1) @ w2 + b2)))
    right = np.where(data.train_targets[:, 0] == 1.0, surely, 1.0 - surely)
    assert surface.costs[1, 6] == pytest.approx(-np.mean(np.log(right)), abs=1e-12)


def test_the_middle_of_random_directions_is_the_present_cost() -> None:
    snapshot = trained_snapshot(CIRCLE, 5)
    for surface in surfaces(snapshot, SurfaceRequest("random", resolution=33)):
        middle = len(surface.up) // 2
        assert (surface.across[middle], surface.up[middle]) == (0.0, 0.0) == surface.here
        assert surface.costs[middle, middle] == pytest.approx(snapshot.train.cost, abs=1e-9)


def test_a_finer_map_holds_the_coarser_one_and_the_last_says_that_it_is() -> None:
    maps = list(surfaces(trained_snapshot(CIRCLE, 2), SurfaceRequest("random", resolution=33)))
    assert [one.costs.shape for one in maps] == [(9, 9), (17, 17), (33, 33)]
    assert [one.done for one in maps] == [False, False, True]
    for coarse, fine in pairwise(maps):
        assert np.array_equal(coarse.costs, fine.costs[::2, ::2])
        assert np.array_equal(coarse.across, fine.across[::2])


def test_the_range_of_random_directions_is_one_and_zoom_makes_it_smaller() -> None:
    snapshot = trained_snapshot(CIRCLE, 2)
    assert finest(snapshot, KINDS[0]).across[[0, -1]] == pytest.approx([-1.0, 1.0])
    assert finest(snapshot, replace(KINDS[0], zoom=4.0)).up[[0, -1]] == pytest.approx([-0.25, 0.25])


def test_the_whole_path_lies_inside_its_plane_with_room_around() -> None:
    surface = finest(trained_snapshot(CIRCLE, 20), KINDS[1])
    for axis, ends in enumerate((surface.across, surface.up)):
        places = surface.path.coordinates[:, axis]
        room = 0.05 * (ends[-1] - ends[0])
        assert ends[0] + room < places.min()
        assert places.max() < ends[-1] - room


def test_the_path_tells_its_true_costs_and_how_far_off_it_is() -> None:
    snapshot = trained_snapshot(CIRCLE, 6)
    path = finest(snapshot, KINDS[0]).path
    assert path.epochs.tolist() == list(range(7))
    assert path.costs == pytest.approx(snapshot.curve.train_cost)
    assert path.coordinates[-1] == pytest.approx([0.0, 0.0], abs=1e-12)
    assert path.off[-1] == pytest.approx(0.0, abs=1e-12)
    start = snapshot.record.checkpoints[0].parameters - snapshot.parameters
    assert path.distances[0] == pytest.approx(np.sqrt((start**2).sum()))
    assert 0.0 < path.off[0] < path.distances[0]
    assert path.best is not None and path.epochs[path.best] == snapshot.record.best_epoch


def test_two_numbers_have_a_range_around_their_values_that_reaches_zero() -> None:
    snapshot = trained_snapshot(CIRCLE, 4)
    surface = finest(snapshot, KINDS[2])
    value = snapshot.value_at(ParameterIndex(0, 0, 0))
    assert value is not None and surface.here[0] == value
    assert surface.across[0] <= min(value, 0.0) and surface.across[-1] >= max(value, 0.0)


def test_the_test_part_is_measured_where_it_is_wanted() -> None:
    snapshot = trained_snapshot(CIRCLE, 3)
    surface = finest(snapshot, replace(KINDS[0], part="test"))
    assert surface.here_cost == pytest.approx(snapshot.test.cost, abs=1e-9)
    assert surface.path.costs == pytest.approx(snapshot.curve.test_cost)
    assert surface.part_samples == len(snapshot.data.test_rows)


def test_without_a_test_part_the_map_of_it_is_refused() -> None:
    whole = replace(CIRCLE, data=replace(CIRCLE.data, test_fraction=0.0))
    with pytest.raises(InputError, match="no test part"):
        finest(trained_snapshot(whole, 1), replace(KINDS[0], part="test"))


def test_the_penalty_is_added_where_it_is_wanted() -> None:
    snapshot = trained_snapshot(replace(CIRCLE, training=TrainingSpec(l1=0.01, l2=0.02)), 3)
    bare, penalized = (finest(snapshot, replace(KINDS[0], penalized=wanted)) for wanted in (False, True))
    x, y = bare.across[7], bare.up[2]
    point = snapshot.parameters + x * bare.plane.across + y * bare.plane.up
    weights = np.concatenate([matrix.ravel() for matrix in snapshot.architecture.weights(point)])
    wanted = 0.01 * np.abs(weights).sum() + 0.01 * (weights**2).sum()
    assert penalized.costs[2, 7] - bare.costs[2, 7] == pytest.approx(wanted)
    assert penalized.path.costs[-1] == pytest.approx(penalized.here_cost)


def test_what_is_frozen_is_the_same_everywhere() -> None:
    frozen = replace(
        CIRCLE, network=replace(CIRCLE.network, frozen=(FrozenParameter(0, 1, 0, 0.5), FrozenParameter(1, 0, 2, -1.0)))
    )
    plane = finest(trained_snapshot(frozen, 3), KINDS[0]).plane
    points = plane.points(np.array([-1.0, 1.0]), np.array([1.0, 0.5]))
    first, second, _ = (np.array(matrices) for matrices in zip(*map(architecture_weights, points), strict=True))
    assert (first[:, 1, 0] == 0.5).all()
    assert (second[:, 0, 2] == -1.0).all()


def architecture_weights(flat: Floats) -> tuple[Floats, Floats, Floats]:
    """The matrices of a 2-4-2-1 network, cut out by hand."""
    return flat[:12].reshape(4, 3), flat[12:22].reshape(2, 5), flat[22:].reshape(1, 3)


def test_of_many_samples_some_are_measured_spread_evenly() -> None:
    snapshot = trained_snapshot(project_of("circle", samples=4_000), 0)
    surface = finest(snapshot, KINDS[0])
    assert (surface.samples, surface.part_samples) == (MOST_SAMPLES, 3_200)
    rows = [3_200 * place // MOST_SAMPLES for place in range(MOST_SAMPLES)]
    data, network = snapshot.data, Network(snapshot.architecture, snapshot.parameters.copy())
    cost = network.cost(data.train_inputs[rows], data.train_targets[rows], cost=data.rule.cost)
    assert surface.here_cost == pytest.approx(cost, abs=1e-9)
    assert spread(5, 10).tolist() == [0, 1, 2, 3, 4]


def test_costs_beyond_all_numbers_stay_so_and_spoil_no_others() -> None:
    project = project_of("plane", DenseSpec(3, "relu"))
    snapshot = trained_snapshot(project, 1)
    huge = replace(snapshot, parameters=np.where(np.arange(13) == 1, 1e154, snapshot.parameters))
    surface = finest(
        huge, SurfaceRequest("places", places=(ParameterIndex(0, 1, 0), ParameterIndex(1, 0, 0)), resolution=65)
    )
    # The weight that multiplies the huge answer runs up.
    is_finite = np.array([np.isfinite(row).all() for row in surface.costs])
    beyond = np.abs(surface.up) > 0.3
    assert beyond.any() and not is_finite[beyond].any()
    assert is_finite[np.abs(surface.up) < 0.05].all() and is_finite.any()


def test_weights_beyond_all_bounds_have_no_directions_and_no_warning() -> None:
    snapshot = trained_snapshot(CIRCLE, 3)
    huge = replace(snapshot, parameters=snapshot.parameters * 1e200)
    for request in KINDS[:2]:
        with pytest.raises(InputError, match="too large"):
            finest(huge, request)


def test_a_cancelled_map_ends_at_the_next_block() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        next(surfaces(trained_snapshot(CIRCLE, 1), KINDS[0], progress))


def test_the_progress_grows_to_the_whole() -> None:
    seen: list[float] = []

    class Watched(Progress):
        def at(self, share: float) -> None:
            super().at(share)
            seen.append(share)

    list(surfaces(trained_snapshot(CIRCLE, 1), SurfaceRequest(resolution=33), Watched()))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_run_that_was_looked_at_goes_on_bit_for_bit_as_one_that_was_not() -> None:
    def watched(*, looks: bool) -> Session:
        session = trained_session(project_of("circle", DenseSpec(4, "tanh"), DropoutSpec(0.2)), 2)
        if looks:
            list(surfaces(session.snapshot(epochs_per_second=0.0), KINDS[1]))
        session.train(batches=0, epochs=2)
        while session.playing:
            session.advance(100)
        return session

    quiet, seen = (watched(looks=looks).run.network.parameters for looks in (False, True))
    assert np.array_equal(quiet, seen)


def test_a_resolution_that_has_no_coarser_grids_is_refused() -> None:
    with pytest.raises(InputError, match="must be one of 33, 65, 129"):
        finest(trained_snapshot(CIRCLE, 0), SurfaceRequest(resolution=50))


def test_two_numbers_must_be_chosen() -> None:
    with pytest.raises(InputError, match="choose two weights or biases"):
        finest(trained_snapshot(CIRCLE, 0), SurfaceRequest("places"))
