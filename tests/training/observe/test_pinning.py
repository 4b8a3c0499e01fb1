"""Runs that are kept beside the one that is training."""

from __future__ import annotations

import numpy as np

from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.pinning import PinnedRun, pinned
from nnplayground.training.time_travel.history_record import NO_RECORD
from tests.training.moments import trained_session, trained_snapshot

PROJECT = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.2)))


def test_a_pinned_run_stays_as_it_was_while_training_goes_on() -> None:
    session = trained_session(PROJECT, 10)
    run = pinned((), session.snapshot(epochs_per_second=0.0), None, number=1)
    weights, curve = run.snapshot.parameters.copy(), run.snapshot.curve.train_cost.copy()
    session.train(0, 2000)
    session.advance(10**9)
    assert run.snapshot.parameters.tobytes() == weights.tobytes()
    assert run.snapshot.curve.train_cost.tobytes() == curve.tobytes()
    assert len(run.snapshot.curve) == 11


def test_it_keeps_what_the_network_answers_and_nothing_else_of_the_maps_and_the_past() -> None:
    snapshot = trained_snapshot(PROJECT, 5)
    run = pinned((), snapshot, MapRequest(resolution=20), number=1)
    (outputs,) = run.maps.layers
    assert outputs.shape == (1, 20, 20)
    centre = snapshot.data.network_inputs(np.array([[run.maps.low[0], run.maps.low[1]]]))
    assert np.isfinite(centre).all()
    assert run.snapshot.record is NO_RECORD
    assert run.best_epoch == snapshot.record.best_epoch


def test_it_keeps_the_map_that_is_asked_for_not_another_that_was_made() -> None:
    session = trained_session(PROJECT, 1)
    snapshot = session.snapshot({MapRequest(resolution=10)}, epochs_per_second=0.0)
    assert pinned((), snapshot, MapRequest(resolution=20), number=1).maps.layers[0].shape == (1, 20, 20)
    made = snapshot.seen[MapRequest(resolution=10)]
    assert pinned((), snapshot, MapRequest(resolution=10), number=1).maps.layers[0] is made.layers[-1]


def test_colours_that_are_free_again_are_taken_first() -> None:
    snapshot = trained_snapshot(PROJECT, 1)
    runs: list[PinnedRun] = []
    for number in (1, 2, 3):
        runs.append(pinned(runs, snapshot, None, number=number))
    assert [run.color for run in runs] == [1, 2, 3]
    del runs[1]
    assert pinned(runs, snapshot, None, number=4).color == 2
