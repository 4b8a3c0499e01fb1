"""A race: every lane is bit by bit what it is alone, all go equally far, and the standings say who leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from nnplayground.data.progress import Progress
from nnplayground.errors import InputError
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, Project, TableSource
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.many import race as module
from nnplayground.training.many.race import (
    RESOLUTION,
    Lane,
    Standings,
    batch_lanes,
    optimizer_lanes,
    rate_lanes,
    run_race,
)
from nnplayground.training.observe.maps import MapMaker, MapRequest
from nnplayground.training.run.history import COLUMNS
from nnplayground.training.run.run import Run

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)))


def race(project: Project, lanes: Sequence[Lane], epochs: int = 15) -> Standings:
    """Let the lanes race to the end, without reports."""
    return run_race(project, lanes, epochs=epochs, tell=lambda _standings: None)


@pytest.mark.parametrize(
    "lanes",
    [
        optimizer_lanes(SMALL.training, ["sgd", "momentum", "adam", "rmsprop", "adagrad", "nesterov"]),
        rate_lanes(SMALL.training, [0.001, 0.03, 0.3]),
        batch_lanes(SMALL.training, [1, 10, 1000]),
    ],
)
def test_every_lane_is_what_it_is_alone(lanes: Sequence[Lane]) -> None:
    for standing in race(SMALL, lanes).lanes:
        stop = replace(standing.lane.training.stop, max_epochs=15)
        run = Run(replace(SMALL, training=replace(standing.lane.training, stop=stop)))
        run.train_epochs(15)
        assert standing.epoch == 15
        assert np.array_equal(standing.parameters, run.network.parameters)
        for name in COLUMNS:
            assert np.array_equal(getattr(standing.curve, name), getattr(run.history.curve(), name), equal_nan=True)
        assert (standing.train, standing.test) == run.measures()
        alone = MapMaker().make(run.architecture, run.network.parameters, run.data, MapRequest(resolution=RESOLUTION))
        assert standing.maps is not None
        assert np.array_equal(standing.maps.layers[-1], alone.layers[-1])


def test_a_lane_has_one_thing_changed_and_is_named_after_it() -> None:
    base = TrainingSpec(optimizer=OptimizerSpec("adam", 0.01), batch_size=5)
    first, second = rate_lanes(base, [0.1, 0.002])
    assert (first.name, second.name) == ("0.1", "0.002")
    assert second.training == replace(base, optimizer=OptimizerSpec("adam", 0.002))
    (lane,) = batch_lanes(base, [2000])
    assert (lane.name, lane.training) == ("2,000", replace(base, batch_size=2000))
    (lane,) = optimizer_lanes(base, ["sgd"])
    assert (lane.name, lane.training.optimizer) == ("sgd", OptimizerSpec("sgd", 0.01))


def test_all_begin_with_the_same_weights_and_stand_beside_each_other_on_the_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "TELL_SECONDS", -1.0)
    told: list[Standings] = []
    lanes = rate_lanes(SMALL.training, [0.01, 0.1])
    run_race(SMALL, lanes, epochs=5, tell=told.append)
    first = told[0].lanes
    assert np.array_equal(first[0].parameters, first[1].parameters)
    assert [lane.rank for lane in first] == [1, 1]
    assert [[lane.epoch for lane in one.lanes] for one in told] == [[n, n] for n in (0, 1, 2, 3, 4, 5, 5)]
    assert [one.is_over for one in told] == [False] * 5 + [True] * 2


def test_the_lowest_test_cost_leads() -> None:
    standings = race(SMALL, rate_lanes(SMALL.training, [0.3, 0.0001, 0.03]))
    costs = [lane.test.cost for lane in standings.lanes]
    assert all(cost is not None for cost in costs)
    order = sorted(range(3), key=lambda place: costs[place] or 0.0)
    assert [standings.lanes[place].rank for place in order] == [1, 2, 3]


def test_without_a_test_part_the_training_cost_decides() -> None:
    project = replace(SMALL, data=replace(SMALL.data, test_fraction=0.0))
    standings = race(project, rate_lanes(project.training, [0.0001, 0.1]))
    assert [lane.rank for lane in standings.lanes] == [2, 1]
    assert standings.lanes[0].decides == standings.lanes[0].train


def test_a_lane_that_diverges_is_marked_comes_last_and_leaves_the_others_alone() -> None:
    data = DataSpec(source=GeneratedSource(name="plane", samples=60))
    project = Project(data=data, network=replace(SMALL.network, layers=()))
    lanes = rate_lanes(project.training, [0.001, 1000.0])
    good, bad = race(project, lanes, epochs=30).lanes
    assert bad.has_diverged
    assert bad.stop is not None and bad.stop.rule == "diverged"
    assert bad.rank == 2
    assert bad.epoch < 30
    assert (good.epoch, good.rank, good.has_diverged) == (30, 1, False)


def test_a_rule_of_the_document_may_end_a_lane_before_the_others() -> None:
    training = TrainingSpec(stop=StopSpec(target_cost=0.5))
    project = replace(SMALL, training=training)
    fast, slow = race(project, rate_lanes(training, [0.3, 0.0001]), epochs=100).lanes
    assert fast.stop is not None and fast.stop.rule == "target_cost"
    assert fast.epoch < 100
    assert slow.stop is not None and slow.stop.rule == "max_epochs"


def test_to_cancel_keeps_the_standings_of_that_moment() -> None:
    progress, told = Progress(), []

    def tell(standings: Standings) -> None:
        told.append(standings)
        progress.cancel()

    standings = run_race(SMALL, rate_lanes(SMALL.training, [0.01, 0.1]), epochs=1_000_000, tell=tell, progress=progress)
    assert told[-1] is standings
    assert not standings.is_over


def test_data_of_many_inputs_are_shown_on_the_plane_of_their_components_and_pictures_not_at_all() -> None:
    table = DataSpec(source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize")
    lanes = rate_lanes(SMALL.training, [0.01, 0.1])
    maps = race(replace(SMALL, data=table), lanes, epochs=1).lanes[0].maps
    assert maps is not None
    assert maps.kind == "components"
    pictures = replace(SMALL, data=DataSpec(source=ImagesSource(), test_fraction=0.9))
    assert race(pictures, lanes, epochs=1).lanes[0].maps is None


@pytest.mark.parametrize("count", [0, 1, 7])
def test_too_few_or_too_many_lanes_are_refused(count: int) -> None:
    with pytest.raises(InputError, match="2 to 6 lanes"):
        race(SMALL, rate_lanes(SMALL.training, [0.1] * count))
