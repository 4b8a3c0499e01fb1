"""The training thread, without any window: orders in, frozen snapshots out, and no way to kill it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, PointsSource, Project
from nnplayground.project.training_spec import OptimizerSpec, StopSpec
from nnplayground.training.observe.snapshot import Failure, MapRequest, Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.run.stopping import divergence
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

PROJECT = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)))
PATIENCE = 30.0  # seconds until a test gives up; nothing waits that long


def stopping_after(epochs: int) -> Project:
    return replace(PROJECT, training=replace(PROJECT.training, stop=StopSpec(max_epochs=epochs)))


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
        maps: MapRequest | None = None,
        report: bool = False,
        answers: bool = False,
    ) -> Answer:
        """Ask until an answer satisfies the condition."""
        for _ in range(int(PATIENCE / 0.002)):
            self._worker.order(Frame(maps, report, answers=answers))
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
    probe.give(Load(project, 1, keep=False), Play())
    snapshot = probe.snapshot(lambda snapshot: snapshot.stop is not None)
    run = Run(project)
    run.train_epochs(100)
    assert snapshot.parameters.tobytes() == run.network.parameters.tobytes()
    assert snapshot.curve.train_cost.tobytes() == run.history.curve().train_cost.tobytes()
    assert snapshot.curve.test_cost.tobytes() == run.history.curve().test_cost.tobytes()
    assert not snapshot.running


def test_a_snapshot_is_frozen_and_does_not_follow_the_run(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False))
    first = probe.snapshot()
    before = first.parameters.copy()
    probe.give(Train(epochs=3))
    later = probe.snapshot(lambda snapshot: snapshot.epoch == 3)
    assert np.array_equal(first.parameters, before)
    assert len(first.curve) == 1
    assert not first.parameters.flags.writeable
    assert later.number > first.number


def test_steps_of_one_batch_and_one_epoch(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False), Train(batches=1))
    assert probe.snapshot(lambda snapshot: not snapshot.running and snapshot.batch == 1).steps == 1
    probe.give(Train(epochs=1))
    snapshot = probe.snapshot(lambda snapshot: not snapshot.running and snapshot.epoch == 1)
    assert (snapshot.batch, snapshot.steps) == (0, snapshot.batches)


def test_pause_then_restart_returns_to_the_same_weights(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False))
    first = probe.snapshot()
    probe.give(Play())
    probe.snapshot(lambda snapshot: snapshot.epoch > 2)
    probe.give(Pause(), Restart())
    again = probe.snapshot(lambda snapshot: snapshot.epoch == 0)
    assert again.parameters.tobytes() == first.parameters.tobytes()


def test_tuning_while_playing_keeps_the_weights_and_the_epoch(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False), Train(epochs=5))
    before = probe.snapshot(lambda snapshot: snapshot.epoch == 5)
    probe.give(Retune(replace(PROJECT.training, optimizer=OptimizerSpec(learning_rate=0.5))))
    after = probe.snapshot(lambda snapshot: snapshot.project.training.optimizer.learning_rate == 0.5)
    assert after.parameters.tobytes() == before.parameters.tobytes()
    assert after.epoch == 5


def test_a_larger_network_keeps_weights_and_curve_when_asked_to(probe: Probe) -> None:
    wider = replace(PROJECT, network=NetworkSpec(layers=(DenseSpec(units=7), DenseSpec(units=2))))
    probe.give(Load(PROJECT, 1, keep=False), Train(epochs=5))
    before = probe.snapshot(lambda snapshot: snapshot.epoch == 5)
    probe.give(Load(wider, 2, keep=True))
    after = probe.snapshot(lambda snapshot: snapshot.generation == 2)
    assert after.epoch == 5
    assert np.array_equal(after.weights[0][:4], before.weights[0])
    probe.give(Load(wider, 3, keep=False))
    assert probe.snapshot(lambda snapshot: snapshot.generation == 3).epoch == 0


def test_playing_goes_on_once_a_drawing_can_be_trained_again(probe: Probe) -> None:
    drawn = replace(PROJECT, data=DataSpec(source=PointsSource(points=((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)))))
    empty = replace(PROJECT, data=DataSpec(source=PointsSource()))
    probe.give(Load(drawn, 1, keep=False), Play())
    before = probe.snapshot(lambda snapshot: snapshot.epoch > 2)
    probe.give(Load(empty, 2, keep=True))
    probe.answer(lambda answer: isinstance(answer, Failure))
    probe.give(Load(drawn, 3, keep=True))
    after = probe.snapshot(lambda snapshot: snapshot.generation == 3 and snapshot.epoch > before.epoch)
    assert after.running
    probe.give(Load(empty, 4, keep=True), Pause(), Load(drawn, 5, keep=True))
    assert not probe.snapshot(lambda snapshot: snapshot.generation == 5).running


def test_a_failed_load_is_told_and_the_next_good_one_carries_on(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False), Train(epochs=4))
    probe.snapshot(lambda snapshot: snapshot.epoch == 4)
    probe.give(Load(Project(data=DataSpec(source=ImagesSource(path="no such folder"))), 2, keep=True))
    failure = probe.answer(lambda answer: isinstance(answer, Failure))
    assert isinstance(failure, Failure)
    assert failure.generation == 2
    assert "no such folder" in failure.message
    probe.give(Load(PROJECT, 3, keep=True))
    assert probe.snapshot(lambda snapshot: snapshot.generation == 3).epoch == 4


def test_a_failed_new_document_leaves_nothing_of_the_one_before(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False), Train(epochs=4))
    probe.snapshot(lambda snapshot: snapshot.epoch == 4)
    probe.give(Load(Project(data=DataSpec(source=ImagesSource(path="no such folder"))), 2, keep=False))
    probe.answer(lambda answer: isinstance(answer, Failure))
    probe.give(Load(PROJECT, 3, keep=True))
    snapshot = probe.snapshot(lambda snapshot: snapshot.generation == 3)
    assert snapshot.epoch == 0
    assert len(snapshot.curve) == 1


def test_a_step_ends_with_a_restart_and_with_another_network(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False), Train(epochs=3))
    probe.snapshot(lambda snapshot: snapshot.epoch == 3 and not snapshot.running)
    probe.give(Train(epochs=1_000_000), Restart())
    snapshot = probe.snapshot(lambda snapshot: snapshot.epoch == 0)
    assert not snapshot.running
    probe.give(Train(epochs=1_000_000), Load(PROJECT, 2, keep=True))
    assert not probe.snapshot(lambda snapshot: snapshot.generation == 2).running


def test_steps_add_up_and_do_not_wait_for_the_pace(probe: Probe) -> None:
    slow = SetPace(Pace(batches_per_second=0.001))
    probe.give(Load(PROJECT, 1, keep=False), slow, Train(epochs=20), Train(epochs=30))
    assert probe.snapshot(lambda snapshot: not snapshot.running and snapshot.epoch > 0).epoch == 50
    probe.give(Train(batches=1), Train(batches=1))
    assert probe.snapshot(lambda snapshot: not snapshot.running and snapshot.batch > 0).batch == 2


def test_an_epoch_step_ends_with_the_epoch_whatever_the_batch_size_becomes(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False), Train(batches=1))
    probe.snapshot(lambda snapshot: snapshot.batch == 1)
    probe.give(Train(epochs=1), Retune(replace(PROJECT.training, batch_size=3)))
    snapshot = probe.snapshot(lambda snapshot: not snapshot.running and snapshot.batch == 0)
    assert snapshot.epoch == 1


def test_an_error_of_the_program_is_told_and_the_thread_lives_on(probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(_self: Session, _batches: int) -> int:
        raise ZeroDivisionError("on purpose")

    probe.give(Load(PROJECT, 1, keep=False))
    probe.snapshot()
    with monkeypatch.context() as patch:
        patch.setattr(Session, "advance", explode)
        probe.give(Play())
        failure = probe.answer(lambda answer: isinstance(answer, Failure))
    assert isinstance(failure, Failure)
    assert "ZeroDivisionError" in failure.message
    assert "on purpose" in failure.message
    probe.give(Load(PROJECT, 2, keep=False), Train(epochs=1))
    assert probe.snapshot(lambda snapshot: snapshot.epoch == 1).generation == 2


def test_maps_are_made_only_when_asked_for(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False))
    assert probe.snapshot().maps is None
    answer = probe.answer(maps=MapRequest(resolution=20))
    assert isinstance(answer, Snapshot)
    assert answer.maps is not None
    assert [layer.shape for layer in answer.maps.layers] == [(2, 20, 20), (4, 20, 20), (2, 20, 20), (1, 20, 20)]


def test_reports_are_made_only_when_asked_for(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False))
    assert probe.snapshot().report is None
    answer = probe.answer(lambda answer: isinstance(answer, Snapshot) and answer.report is not None, report=True)
    assert isinstance(answer, Snapshot)
    assert answer.report is not None and answer.report.train.cost == answer.train.cost


def test_a_run_that_is_looked_at_all_the_time_gives_the_bits_of_one_that_is_not(probe: Probe) -> None:
    network = NetworkSpec(layers=(DenseSpec(units=5), DropoutSpec(rate=0.3)))
    project = replace(stopping_after(60), network=network)
    probe.give(Load(project, 1, keep=False), Play())
    last = probe.answer(lambda answer: isinstance(answer, Snapshot) and answer.stop is not None, report=True)
    assert isinstance(last, Snapshot)
    run = Run(project)
    run.train_epochs(100)
    assert last.parameters.tobytes() == run.network.parameters.tobytes()
    assert last.report is not None and last.report.train.cost == run.measures()[0].cost


def test_divergence_pauses_and_says_what_to_do(probe: Probe) -> None:
    network = NetworkSpec(layers=(DenseSpec(activation="relu"),), output_activation="identity")
    training = replace(PROJECT.training, optimizer=OptimizerSpec(learning_rate=1e6))
    probe.give(Load(replace(PROJECT, network=network, training=training), 1, keep=False), Play())
    snapshot = probe.snapshot(lambda snapshot: snapshot.stop is not None)
    assert not snapshot.running
    assert snapshot.stop == divergence(epoch=snapshot.epoch, learning_rate=1e6)
    assert np.isfinite(snapshot.parameters).all()


def test_travelling_pauses_at_an_earlier_moment_and_training_goes_on_from_there(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False), Train(epochs=12))
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
    probe.give(Load(PROJECT, 1, keep=False), Train(epochs=6))
    probe.snapshot(lambda snapshot: snapshot.epoch == 6)
    probe.give(Travel(2))
    wider = replace(PROJECT, network=NetworkSpec(layers=(*PROJECT.network.layers, DenseSpec(3))))
    probe.give(Load(wider, 2, keep=True), Train(epochs=1))
    found = probe.snapshot(lambda snapshot: snapshot.generation == 2 and snapshot.epoch == 3)
    assert [branch.start for branch in found.record.branches] == [2]
    assert [event.kind for event in found.record.events] == ["branched", "changed"]
    assert [moment.epoch for moment in found.record.checkpoints] == [2, 3]


def test_training_until_an_epoch_ends_there(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False), Train(until=9))
    assert probe.snapshot(lambda snapshot: snapshot.epoch == 9 and not snapshot.running).batch == 0
    probe.give(Train(until=4))  # is over, and asks for nothing
    assert probe.snapshot().epoch == 9


def test_training_on_a_sample_tells_which_one(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False), Train(samples=1))
    found = probe.snapshot(lambda snapshot: snapshot.sample is not None)
    assert found.sample in found.data.train_rows
    assert (found.steps, found.running) == (1, False)


def test_answers_come_when_they_are_asked_for(probe: Probe) -> None:
    probe.give(Load(PROJECT, 1, keep=False))
    assert probe.snapshot().answers is None
    found = probe.answer(answers=True)
    assert isinstance(found, Snapshot)
    assert found.answers is not None
    assert len(found.answers.predicted) == 60
