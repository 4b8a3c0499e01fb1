"""The training thread, without any window: orders in, frozen snapshots out, and no way to kill it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnplayground.project.changes import EditPlan
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, PointsSource, Project
from nnplayground.project.training_spec import OptimizerSpec, StopSpec
from nnplayground.training.observe.answers import AnswersRequest
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.observation import Request
from nnplayground.training.observe.reports import ReportRequest
from nnplayground.training.observe.snapshot import Failure, Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.run.stopping import divergence
from nnplayground.training.thread import worker as worker_module
from nnplayground.training.thread.next_run import next_run
from nnplayground.training.thread.pace import Pace
from nnplayground.training.thread.session import Session
from nnplayground.training.thread.worker import (
    Answer,
    Frame,
    Load,
    Order,
    Pause,
    Play,
    Restart,
    Retune,
    SetPace,
    Train,
    Travel,
    Worker,
)
from tests.observed import seen_in
from tests.plans import kept, tuned

PROJECT = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)))
PATIENCE = 30.0  # seconds until a test gives up; nothing waits that long


def stopping_after(epochs: int) -> Project:
    return replace(PROJECT, training=replace(PROJECT.training, stop=StopSpec(max_epochs=epochs)))


def with_units(*units: int, rate: float = PROJECT.training.optimizer.learning_rate) -> Project:
    """Return the project with other layers and another learning rate."""
    training = replace(PROJECT.training, optimizer=replace(PROJECT.training.optimizer, learning_rate=rate))
    return replace(PROJECT, network=NetworkSpec(layers=tuple(map(DenseSpec, units))), training=training)


TOO_LARGE = with_units(4096, 4096)  # to keep weights of it is legal, but it cannot be loaded


class Probe:
    """Asks a worker for frames and waits for answers, as the window does."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._waiting = threading.Event()

    def give(self, *orders: Order) -> None:
        for order in orders:
            self._worker.order(order)

    def answer(
        self,
        until: Callable[[Answer], bool] = lambda answer: True,
        *,
        wants: Sequence[Request[object]] = (),
    ) -> Answer:
        """Ask until an answer satisfies the condition."""
        for _ in range(int(PATIENCE / 0.002)):
            self._worker.order(Frame(frozenset(wants)))
            self._waiting.wait(0.002)
            answer = self._worker.mailbox.take()
            if answer is not None and until(answer):
                return answer
        pytest.fail("The worker gave no such answer.")

    def snapshot(self, until: Callable[[Snapshot], bool] = lambda snapshot: True) -> Snapshot:
        found = self.answer(lambda answer: isinstance(answer, Snapshot) and until(answer))
        assert isinstance(found, Snapshot)
        return found


@pytest.fixture
def probe() -> Iterator[Probe]:
    worker = Worker()
    yield Probe(worker)
    worker.close()


def test_playing_gives_the_curve_of_the_headless_run_bit_for_bit(probe: Probe) -> None:
    project = stopping_after(40)
    probe.give(Load(project, 1), Play())
    snapshot = probe.snapshot(lambda snapshot: snapshot.stop is not None)
    run = Run(project)
    run.train_epochs(100)
    assert snapshot.parameters.tobytes() == run.network.parameters.tobytes()
    assert snapshot.curve.train_cost.tobytes() == run.history.curve().train_cost.tobytes()
    assert snapshot.curve.test_cost.tobytes() == run.history.curve().test_cost.tobytes()
    assert not snapshot.running


def test_a_snapshot_is_frozen_and_does_not_follow_the_run(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1))
    first = probe.snapshot()
    before = first.parameters.copy()
    probe.give(Train(epochs=3))
    later = probe.snapshot(lambda snapshot: snapshot.epoch == 3)
    assert np.array_equal(first.parameters, before)
    assert len(first.curve) == 1
    assert not first.parameters.flags.writeable
    assert later.number > first.number


def test_steps_of_one_batch_and_one_epoch(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1), Train(batches=1))
    assert probe.snapshot(lambda snapshot: not snapshot.running and snapshot.batch == 1).steps == 1
    probe.give(Train(epochs=1))
    snapshot = probe.snapshot(lambda snapshot: not snapshot.running and snapshot.epoch == 1)
    assert (snapshot.batch, snapshot.steps) == (0, snapshot.batches)


def test_pause_then_restart_returns_to_the_same_weights(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1))
    first = probe.snapshot()
    probe.give(Play())
    probe.snapshot(lambda snapshot: snapshot.epoch > 2)
    probe.give(Pause(), Restart())
    again = probe.snapshot(lambda snapshot: snapshot.epoch == 0)
    assert again.parameters.tobytes() == first.parameters.tobytes()


def test_tuning_while_playing_keeps_the_weights_and_the_epoch(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1), Train(epochs=5))
    before = probe.snapshot(lambda snapshot: snapshot.epoch == 5)
    probe.give(Retune(tuned(PROJECT, replace(PROJECT.training, optimizer=OptimizerSpec(learning_rate=0.5)))))
    after = probe.snapshot(lambda snapshot: snapshot.project.training.optimizer.learning_rate == 0.5)
    assert after.parameters.tobytes() == before.parameters.tobytes()
    assert after.epoch == 5


def test_a_larger_network_keeps_weights_and_curve_when_asked_to(probe: Probe) -> None:
    wider = replace(PROJECT, network=NetworkSpec(layers=(DenseSpec(units=7), DenseSpec(units=2))))
    probe.give(Load(PROJECT, 1), Train(epochs=5))
    before = probe.snapshot(lambda snapshot: snapshot.epoch == 5)
    probe.give(Load(wider, 2, kept(PROJECT, wider)))
    after = probe.snapshot(lambda snapshot: snapshot.generation == 2)
    assert after.epoch == 5
    assert np.array_equal(after.weights[0][:4], before.weights[0])
    probe.give(Load(wider, 3))
    assert probe.snapshot(lambda snapshot: snapshot.generation == 3).epoch == 0


def test_playing_goes_on_once_a_drawing_can_be_trained_again(probe: Probe) -> None:
    drawn = replace(PROJECT, data=DataSpec(source=PointsSource(points=((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)))))
    empty = replace(PROJECT, data=DataSpec(source=PointsSource()))
    probe.give(Load(drawn, 1), Play())
    before = probe.snapshot(lambda snapshot: snapshot.epoch > 2)
    probe.give(Load(empty, 2, kept(drawn, empty)))
    probe.answer(lambda answer: isinstance(answer, Failure))
    probe.give(Load(drawn, 3, kept(empty, drawn)))
    after = probe.snapshot(lambda snapshot: snapshot.generation == 3 and snapshot.epoch > before.epoch)
    assert after.running
    probe.give(Load(empty, 4, kept(drawn, empty)), Pause(), Load(drawn, 5, kept(empty, drawn)))
    assert not probe.snapshot(lambda snapshot: snapshot.generation == 5).running


def test_a_failed_load_is_told_and_the_next_good_one_carries_on(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1), Train(epochs=4))
    probe.snapshot(lambda snapshot: snapshot.epoch == 4)
    probe.give(Load(TOO_LARGE, 2, kept(PROJECT, TOO_LARGE)))
    failure = probe.answer(lambda answer: isinstance(answer, Failure))
    assert isinstance(failure, Failure)
    assert failure.generation == 2
    assert "make its layers smaller" in failure.message
    probe.give(Load(PROJECT, 3, kept(TOO_LARGE, PROJECT)))
    assert probe.snapshot(lambda snapshot: snapshot.generation == 3).epoch == 4


def test_after_a_failed_load_weights_and_marks_are_those_of_the_last_good_network(probe: Probe) -> None:
    wider, slower = with_units(6, 2), with_units(6, 2, rate=0.001)
    probe.give(Load(PROJECT, 1), Train(epochs=4))
    before = probe.snapshot(lambda snapshot: snapshot.epoch == 4)
    probe.give(Load(TOO_LARGE, 2, kept(PROJECT, TOO_LARGE)), Load(wider, 3, kept(TOO_LARGE, wider)))
    after = probe.snapshot(lambda snapshot: snapshot.generation == 3)
    assert np.array_equal(after.weights[0][:4], before.weights[0])
    assert [(one.path, one.before, one.after) for one in after.record.events[0].changes] == [
        ("network.layers", PROJECT.network.layers, wider.network.layers)
    ]
    # Also where the network that failed is tuned before it is mended, which never reaches a run.
    failing = replace(TOO_LARGE, training=slower.training)
    probe.give(Load(TOO_LARGE, 4, kept(wider, TOO_LARGE)), Retune(kept(TOO_LARGE, failing)))
    probe.give(Load(failing, 5, kept(TOO_LARGE, failing)), Load(slower, 6, kept(failing, slower)))
    last = probe.snapshot(lambda snapshot: snapshot.generation == 6)
    assert last.project == slower
    assert last.parameters.tobytes() == after.parameters.tobytes()
    assert [one.path for one in last.record.events[-1].changes] == [
        "network.layers",
        "training.optimizer.learning_rate",
    ]


def test_edits_that_come_faster_than_they_are_loaded_are_made_one_after_the_other(probe: Probe) -> None:
    small, wide, tuned_wide = with_units(2, 2), with_units(6, 2), with_units(6, 2, rate=0.5)
    probe.give(Load(PROJECT, 1), Train(epochs=4))
    before = probe.snapshot(lambda snapshot: snapshot.epoch == 4)
    probe.give(Load(small, 2, kept(PROJECT, small)), Load(wide, 3, kept(small, wide)), Retune(kept(wide, tuned_wide)))
    after = probe.snapshot(lambda snapshot: snapshot.project.training.optimizer.learning_rate == 0.5)
    assert (after.generation, after.project, after.epoch) == (3, tuned_wide, 4)
    assert np.array_equal(after.weights[0][:2], before.weights[0][:2])
    assert np.array_equal(after.weights[1][:, :2], before.weights[1][:, :2])
    assert not after.weights[1][:, 2:].any()  # what had gone in between begins anew


def test_undo_and_redo_in_a_row_end_with_the_last_of_them(probe: Probe) -> None:
    deeper = with_units(4, 2, 2)
    there, back = kept(PROJECT, deeper), kept(deeper, PROJECT)
    probe.give(Load(PROJECT, 1), Train(epochs=4))
    before = probe.snapshot(lambda snapshot: snapshot.epoch == 4)
    probe.give(*(Load(edit.new, 2 + place, edit) for place, edit in enumerate((there, back, there, back))))
    after = probe.snapshot(lambda snapshot: snapshot.generation == 5)
    assert (after.project, after.epoch) == (PROJECT, 4)
    assert np.array_equal(after.parameters, before.parameters)


def test_what_failed_to_load_is_tried_again_with_other_settings(probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(last: Run, edit: EditPlan, *others: Any) -> Run:
        if edit.new.training.batch_size == 50:
            raise MemoryError
        return next_run(last, edit, *others)

    monkeypatch.setattr(worker_module, "next_run", refusing)
    large = replace(with_units(6, 2), training=replace(PROJECT.training, batch_size=50))
    smaller = replace(large, training=PROJECT.training)
    probe.give(Load(PROJECT, 1), Train(epochs=4))
    probe.snapshot(lambda snapshot: snapshot.epoch == 4)
    probe.give(Load(large, 2, kept(PROJECT, large)))
    failure = probe.answer(lambda answer: isinstance(answer, Failure))
    assert isinstance(failure, Failure) and "make the layers or the batches smaller" in failure.message
    probe.give(Retune(tuned(large, smaller.training)))
    after = probe.snapshot(lambda snapshot: snapshot.generation == 2)
    assert (after.project, after.epoch) == (smaller, 4)


def test_a_failed_new_document_leaves_nothing_of_the_one_before(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1), Train(epochs=4))
    probe.snapshot(lambda snapshot: snapshot.epoch == 4)
    probe.give(Load(TOO_LARGE, 2))
    probe.answer(lambda answer: isinstance(answer, Failure))
    probe.give(Load(PROJECT, 3, kept(TOO_LARGE, PROJECT)))
    snapshot = probe.snapshot(lambda snapshot: snapshot.generation == 3)
    assert snapshot.epoch == 0
    assert len(snapshot.curve) == 1


def test_a_step_ends_with_a_restart_and_with_another_network(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1), Train(epochs=3))
    probe.snapshot(lambda snapshot: snapshot.epoch == 3 and not snapshot.running)
    probe.give(Train(epochs=1_000_000), Restart())
    snapshot = probe.snapshot(lambda snapshot: snapshot.epoch == 0)
    assert not snapshot.running
    probe.give(Train(epochs=1_000_000), Load(PROJECT, 2, kept(PROJECT, PROJECT)))
    assert not probe.snapshot(lambda snapshot: snapshot.generation == 2).running


def test_steps_add_up_and_do_not_wait_for_the_pace(probe: Probe) -> None:
    slow = SetPace(Pace(batches_per_second=0.001))
    probe.give(Load(PROJECT, 1), slow, Train(epochs=20), Train(epochs=30))
    assert probe.snapshot(lambda snapshot: not snapshot.running and snapshot.epoch > 0).epoch == 50
    probe.give(Train(batches=1), Train(batches=1))
    assert probe.snapshot(lambda snapshot: not snapshot.running and snapshot.batch > 0).batch == 2


def test_an_epoch_step_ends_with_the_epoch_whatever_the_batch_size_becomes(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1), Train(batches=1))
    probe.snapshot(lambda snapshot: snapshot.batch == 1)
    probe.give(Train(epochs=1), Retune(tuned(PROJECT, replace(PROJECT.training, batch_size=3))))
    snapshot = probe.snapshot(lambda snapshot: not snapshot.running and snapshot.batch == 0)
    assert snapshot.epoch == 1


def test_an_error_of_the_program_is_told_and_the_thread_lives_on(probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(_self: Session, _batches: int) -> int:
        raise ZeroDivisionError("on purpose")

    probe.give(Load(PROJECT, 1))
    probe.snapshot()
    with monkeypatch.context() as patch:
        patch.setattr(Session, "advance", explode)
        probe.give(Play())
        failure = probe.answer(lambda answer: isinstance(answer, Failure))
    assert isinstance(failure, Failure)
    assert "ZeroDivisionError" in failure.message
    assert "on purpose" in failure.message
    probe.give(Load(PROJECT, 2), Train(epochs=1))
    assert probe.snapshot(lambda snapshot: snapshot.epoch == 1).generation == 2


def test_maps_are_made_only_when_asked_for(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1))
    assert probe.snapshot().seen.of(MapRequest) is None
    answer = probe.answer(wants=[MapRequest(resolution=20)])
    assert isinstance(answer, Snapshot)
    assert [layer.shape for layer in seen_in(answer, MapRequest).layers] == [
        (2, 20, 20),
        (4, 20, 20),
        (2, 20, 20),
        (1, 20, 20),
    ]


def test_reports_are_made_only_when_asked_for(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1))
    assert probe.snapshot().seen.of(ReportRequest) is None
    answer = probe.answer(
        lambda answer: isinstance(answer, Snapshot) and answer.seen.of(ReportRequest) is not None,
        wants=[ReportRequest()],
    )
    assert isinstance(answer, Snapshot)
    assert seen_in(answer, ReportRequest).train.cost == answer.train.cost


def test_a_run_that_is_looked_at_all_the_time_gives_the_bits_of_one_that_is_not(probe: Probe) -> None:
    network = NetworkSpec(layers=(DenseSpec(units=5), DropoutSpec(rate=0.3)))
    project = replace(stopping_after(60), network=network)
    probe.give(Load(project, 1), Play())
    last = probe.answer(
        lambda answer: isinstance(answer, Snapshot) and answer.stop is not None, wants=[ReportRequest()]
    )
    assert isinstance(last, Snapshot)
    run = Run(project)
    run.train_epochs(100)
    assert last.parameters.tobytes() == run.network.parameters.tobytes()
    assert seen_in(last, ReportRequest).train.cost == run.measures()[0].cost


def test_divergence_pauses_and_says_what_to_do(probe: Probe) -> None:
    network = NetworkSpec(layers=(DenseSpec(activation="relu"),), output_activation="identity")
    training = replace(PROJECT.training, optimizer=OptimizerSpec(learning_rate=1e6))
    probe.give(Load(replace(PROJECT, network=network, training=training), 1), Play())
    snapshot = probe.snapshot(lambda snapshot: snapshot.stop is not None)
    assert not snapshot.running
    assert snapshot.stop == divergence(epoch=snapshot.epoch, learning_rate=1e6)
    assert np.isfinite(snapshot.parameters).all()


def test_travelling_pauses_at_an_earlier_moment_and_training_goes_on_from_there(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1), Train(epochs=12))
    probe.snapshot(lambda snapshot: snapshot.epoch == 12)
    probe.give(Travel(5))
    back = probe.snapshot(lambda snapshot: snapshot.record.is_back)
    assert (back.epoch, back.running, len(back.curve)) == (5, False, 6)
    probe.give(Train(epochs=2))
    gone_on = probe.snapshot(lambda snapshot: snapshot.epoch == 7)
    assert [branch.start for branch in gone_on.record.branches] == [5]
    probe.give(Travel(0), Travel(None))
    assert probe.snapshot(lambda snapshot: not snapshot.record.is_back).epoch == 7


def test_another_layer_at_an_earlier_moment_grows_another_curve_from_there(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1), Train(epochs=6))
    probe.snapshot(lambda snapshot: snapshot.epoch == 6)
    probe.give(Travel(2))
    wider = replace(PROJECT, network=NetworkSpec(layers=(*PROJECT.network.layers, DenseSpec(3))))
    probe.give(Load(wider, 2, kept(PROJECT, wider)), Train(epochs=1))
    found = probe.snapshot(lambda snapshot: snapshot.generation == 2 and snapshot.epoch == 3)
    assert [branch.start for branch in found.record.branches] == [2]
    assert [event.kind for event in found.record.events] == ["branched", "changed"]
    assert [moment.epoch for moment in found.record.checkpoints] == [2, 3]


def test_training_until_an_epoch_ends_there(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1), Train(until=9))
    assert probe.snapshot(lambda snapshot: snapshot.epoch == 9 and not snapshot.running).batch == 0
    probe.give(Train(until=4))  # is over, and asks for nothing
    assert probe.snapshot().epoch == 9


def test_training_on_a_sample_tells_which_one(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1), Train(samples=1))
    found = probe.snapshot(lambda snapshot: snapshot.sample is not None)
    assert found.sample in found.data.train_rows
    assert (found.steps, found.running) == (1, False)


def test_answers_come_when_they_are_asked_for(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1))
    assert probe.snapshot().seen.of(AnswersRequest) is None
    found = probe.answer(wants=[AnswersRequest()])
    assert isinstance(found, Snapshot)
    assert len(seen_in(found, AnswersRequest).predicted) == 60
