"""What takes long does not keep the window waiting: hasty snapshots, and orders in the middle of a measurement."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from nnplayground.engine.network import Network
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.observe.map_pace import FINE, SIDES
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.thread.pace import Slicer
from nnplayground.training.thread.session import Session
from nnplayground.training.thread.worker import Answer, Frame, Load, Pause, Play, Restart, Worker
from tests.observed import seen_in

PROJECT = Project(data=DataSpec(source=GeneratedSource(samples=100, noise=0.1)))
PATIENCE = 30.0  # seconds until a test gives up; nothing waits that long


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


def test_a_hasty_snapshot_has_the_figures_of_the_last_epoch_and_a_patient_one_those_of_now() -> None:
    session = Session(Run(PROJECT), 1)
    session.run.train(session.batches + 3)
    hasty = session.snapshot(epochs_per_second=0.0, hasty=True)
    patient = session.snapshot(epochs_per_second=0.0)
    assert not hasty.running
    assert hasty.train.cost == hasty.curve.train_cost[-1]
    assert patient.train.cost == session.run.measures()[0].cost != hasty.train.cost


def test_a_hasty_snapshot_at_rest_has_maps_as_coarse_as_while_training() -> None:
    session = Session(Run(PROJECT), 1)
    hasty = session.snapshot([MapRequest(adapts=True)], epochs_per_second=0.0, hasty=True)
    patient = session.snapshot([MapRequest(adapts=True)], epochs_per_second=0.0)
    assert hasty.seen.of(MapRequest) is not None and patient.seen.of(MapRequest) is not None
    assert seen_in(hasty, MapRequest).layers[-1].shape[-1] in SIDES
    assert seen_in(patient, MapRequest).layers[-1].shape[-1] == FINE


def test_other_work_has_a_turn_between_the_parts_of_a_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Network, "chunk", 30)
    turns: list[int] = []
    run, other = Run(PROJECT), Run(PROJECT)
    run.between = lambda: turns.append(run.batch)
    run.train_epochs(2)
    other.train_epochs(2)
    assert turns == [run.batches] * 2 * 2  # 80 samples train, and are measured in three parts
    assert run.history.curve().train_cost.tobytes() == other.history.curve().train_cost.tobytes()
    assert run.history.curve().test_cost.tobytes() == other.history.curve().test_cost.tobytes()


def test_a_pause_in_the_middle_of_a_slice_is_obeyed_and_shown_there(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, ordered = threading.Event(), threading.Event()
    seen: list[tuple[bool, Answer | None, int]] = []

    def train_long(_slicer: Slicer, session: Session) -> None:
        session.run.train(session.batches + 1)
        reached.set()
        assert ordered.wait(PATIENCE)
        assert session.run.between is not None
        session.run.between()
        seen.append((session.playing, worker.mailbox.take(), session.run.epoch))
        assert session.run.pauses

    with monkeypatch.context() as patch:
        patch.setattr(Slicer, "train", train_long)
        worker.order(Load(PROJECT, 1))
        worker.order(Play())
        assert reached.wait(PATIENCE)
        for order in (Pause(), Frame(), Restart(), Frame()):
            worker.order(order)
        ordered.set()
        last = _next(worker)
    ((playing, answer, epoch),) = seen
    assert not playing and epoch == 1
    assert isinstance(answer, Snapshot) and not answer.running and answer.epoch == 1
    assert isinstance(last, Snapshot) and last.epoch == 0  # the restart has waited for the end of the slice


def test_a_run_that_is_to_pause_while_it_is_measured_ends_with_that_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Network, "chunk", 30)
    session = Session(Run(PROJECT), 1, playing=True)
    session.run.between = session.pause
    assert session.advance(10 * session.batches) == session.batches
    assert (session.run.epoch, session.run.batch) == (1, 0)
    session.run.between = None
    session.play()
    assert session.advance(2 * session.batches) == 2 * session.batches


def _next(worker: Worker) -> Answer:
    waiting = threading.Event()
    for _ in range(int(PATIENCE / 0.002)):
        answer = worker.mailbox.take()
        if answer is not None:
            return answer
        waiting.wait(0.002)
    pytest.fail("The worker gave no answer.")


def test_a_moment_that_is_kept_for_an_undo_holds_no_curve() -> None:
    session = Session(Run(PROJECT), 1)
    session.run.train_epochs(3)
    snapshot = session.snapshot(epochs_per_second=0.0)
    assert len(snapshot.curve) == 4
    slim = snapshot.slim()
    assert len(slim.curve) == 0
    assert np.array_equal(slim.parameters, snapshot.parameters)
    assert replace(slim, curve=snapshot.curve).steps == snapshot.steps
