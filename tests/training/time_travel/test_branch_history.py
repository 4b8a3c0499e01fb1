"""Going back in a run and training on from there: the old curve again with the same settings, another one otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplayground.engine.metrics import distinct_neurons
from nnplayground.project.differences import Difference, differences
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.project.parameter_index import FrozenParameter, ParameterIndex
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.training.run.history import Curve
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session
from nnplayground.training.time_travel.branch_history import merged
from nnplayground.training.time_travel.history_record import HistoryRecord
from tests.plans import retune
from tests.projects import projects

PROJECT = Project(
    data=DataSpec(source=GeneratedSource(samples=60, noise=0.2)),
    network=NetworkSpec(layers=(DenseSpec(5), DropoutSpec(0.2), DenseSpec(3))),
    training=TrainingSpec(batch_size=16, optimizer=OptimizerSpec("adam", learning_rate=0.01)),
)


def session_of(project: Project = PROJECT, *, epochs: int = 0) -> Session:
    session = Session(Run(project), 1)
    return trained(session, epochs)


def trained(session: Session, epochs: int) -> Session:
    if epochs:
        session.train(0, epochs)
        session.advance(10**9)
    return session


def past_of(session: Session) -> HistoryRecord:
    return session.snapshot(epochs_per_second=0.0).record


def columns(curve: Curve) -> bytes:
    """Return all measurements of a curve as bytes, so that bits are compared."""
    arrays = (
        curve.train_cost,
        curve.test_cost,
        curve.train_score,
        curve.test_score,
        curve.penalty,
        curve.gradient_norms,
    )
    return b"".join(array.tobytes() for array in arrays)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects(), there=st.integers(1, 8), back=st.integers(0, 8))
def test_with_the_same_settings_the_old_curve_is_repeated_bit_for_bit(project: Project, there: int, back: int) -> None:
    session = session_of(project, epochs=there)
    old, weights = session.run.history.curve(), session.run.network.parameters.copy()
    session.travel(back)
    arrived = session.run.epoch
    assert arrived == min(back, session.branch_history.record(session.run).last_epoch)
    trained(session, len(old) - 1 - arrived)
    if session.run.stop is None:
        assert columns(session.run.history.curve()) == columns(old)
        assert session.run.network.parameters.tobytes() == weights.tobytes()


def test_every_number_of_a_snapshot_is_that_of_the_moment() -> None:
    session = session_of(epochs=20)
    moments = {}
    other = session_of()
    for epoch in range(21):
        moments[epoch] = other.run.network.parameters.copy()
        trained(other, 1)
    session.travel(7)
    shown = session.snapshot(epochs_per_second=0.0)
    assert shown.epoch == 7
    assert len(shown.curve) == 8
    assert shown.parameters.tobytes() == moments[7].tobytes()
    assert shown.train.cost == pytest.approx(float(shown.curve.train_cost[7]))
    assert not shown.running
    assert (shown.record.is_back, shown.record.last_epoch) == (True, 20)
    assert len(shown.record.branches) == 1  # the curve that leads to the newest moment
    assert len(shown.record.branches[0].curve) == 21


def test_the_newest_moment_comes_back_exactly_even_from_the_middle_of_an_epoch() -> None:
    session = session_of(epochs=12)
    session.train(2, 0)
    session.advance(10**9)
    before, where = session.run.network.parameters.copy(), (session.run.epoch, session.run.batch)
    session.travel(3)
    session.travel(9)
    session.travel(None)
    assert session.run.network.parameters.tobytes() == before.tobytes()
    assert (session.run.epoch, session.run.batch) == where
    assert not past_of(session).is_back
    assert past_of(session).branches == ()


def test_other_settings_grow_a_second_curve_from_that_point() -> None:
    session = session_of(epochs=20)
    old = session.run.history.curve()
    session.travel(8)
    faster = replace(PROJECT.training, optimizer=OptimizerSpec("adam", learning_rate=0.05))
    retune(session, faster)
    trained(session, 6)
    new, record = session.run.history.curve(), past_of(session)
    assert columns(new)[: 9 * 8] == columns(old)[: 9 * 8]
    assert new.train_cost[9] != old.train_cost[9]
    (branch,) = record.branches
    assert branch.start == 8
    assert columns(branch.curve) == columns(old)
    assert max(moment.epoch for moment in record.checkpoints) <= session.run.epoch
    kinds = [(event.epoch, event.kind) for event in record.events]
    assert kinds == [(8, "branched"), (8, "changed")]
    (change,) = record.events[1].changes
    assert (change.path, change.before, change.after) == ("training.optimizer.learning_rate", 0.01, 0.05)


def test_settings_changed_at_an_earlier_moment_count_from_the_newest_one_when_nothing_was_trained_there() -> None:
    session = session_of(epochs=10)
    session.travel(4)
    retune(session, replace(PROJECT.training, batch_size=5))
    assert past_of(session).events == ()
    session.travel(None)
    assert [(event.epoch, event.kind) for event in past_of(session).events] == [(10, "changed")]
    assert session.run.project.training.batch_size == 5


def test_an_earlier_moment_tells_how_it_was_trained_then() -> None:
    session = session_of(epochs=5)
    retune(session, replace(PROJECT.training, l2=0.01))
    trained(session, 5)
    session.travel(2)
    assert past_of(session).trained_then == PROJECT.training
    session.travel(8)
    assert past_of(session).trained_then is None


def test_another_optimizer_of_now_takes_up_an_earlier_moment_of_the_one_before() -> None:
    session = session_of(epochs=5)
    sgd = replace(PROJECT.training, optimizer=OptimizerSpec("sgd", learning_rate=0.1))
    run = Run(replace(PROJECT, training=sgd), session.run.data, after=session.run)
    later = trained(Session(run, 2, branch_history=session.branch_history), 5)
    later.travel(3)
    assert later.run.epoch == 3
    assert later.run.project.training.optimizer.name == "sgd"
    trained(later, 4)
    assert later.run.epoch == 7
    later.travel(4)
    later.travel(None)
    assert later.run.epoch == 7


def test_a_pause_ends_a_step_so_that_the_next_one_goes_only_as_far_as_it_says() -> None:
    session = session_of()
    session.train_until(1000)
    session.advance(2 * session.batches)
    session.pause()
    trained(session, 1)
    assert session.run.epoch == 3
    session.train(50, 0)
    session.advance(session.batches)
    session.pause()
    session.train(1, 0)
    session.advance(10**9)
    assert (session.run.epoch, session.run.batch) == (4, 1)


def test_what_is_frozen_now_may_make_equal_neurons_at_an_earlier_moment_and_they_stay_equal() -> None:
    session = session_of(replace(PROJECT, network=NetworkSpec(layers=(DenseSpec(2), DenseSpec(3)))), epochs=4)
    start, moment = session.run.checkpoint(), session.branch_history.record(session.run).checkpoints[2]
    incoming = session.run.architecture.matrices(moment.parameters)[0][0].tolist()
    locks = tuple(FrozenParameter(0, 1, source, value) for source, value in zip((0, 1, None), incoming, strict=True))
    retune(session, PROJECT.training, locks)
    assert not np.array_equal(session.run.network.parameters, start.parameters)
    assert distinct_neurons(session.run.architecture.matrices(session.run.network.parameters)[0]) == 2
    session.travel(2)
    assert distinct_neurons(session.run.architecture.matrices(session.run.network.parameters)[0]) == 1
    assert session.run.checkpoint().keep_ties


def test_the_best_epoch_stays_the_lowest_of_the_curve_with_another_optimizer() -> None:
    session = session_of(epochs=30)
    best = int(np.argmin(session.run.history.curve().test_cost))
    rough = replace(PROJECT, training=replace(PROJECT.training, optimizer=OptimizerSpec("sgd", learning_rate=5.0)))
    run = Run(rough, session.run.data, after=session.run)
    assert run.best_epoch == best
    later = trained(Session(run, 2, branch_history=session.branch_history), 5)
    curve = later.run.history.curve().test_cost
    assert later.run.best_epoch == int(np.argmin(curve)) == best
    assert best in [moment.epoch for moment in past_of(later).checkpoints]


def test_another_network_has_its_best_epoch_no_earlier_than_it_began() -> None:
    session = session_of(epochs=10)
    wider = replace(PROJECT, network=NetworkSpec(layers=(DenseSpec(6),)))
    run = Run(wider, session.run.data, after=session.run)
    assert run.best_epoch == 10
    later = trained(Session(run, 2, branch_history=session.branch_history), 8)
    new = later.run.history.curve().test_cost[11:]
    assert later.run.best_epoch == 11 + int(np.argmin(new))


def test_setting_a_number_at_an_earlier_moment_goes_another_way_from_there() -> None:
    session = session_of(epochs=10)
    session.travel(6)
    session.set_values([(ParameterIndex(0, 0, 0), 0.5)])
    record = past_of(session)
    assert not record.is_back
    assert [event.kind for event in record.events] == ["branched", "edited"]
    assert len(record.branches) == 1


def test_a_stop_is_an_event_and_can_be_gone_back_to() -> None:
    project = replace(PROJECT, training=replace(PROJECT.training, stop=StopSpec(max_epochs=6)))
    session = session_of(project)
    session.play()
    session.advance(10**9)
    assert [(event.epoch, event.kind) for event in past_of(session).events] == [(6, "stopped")]
    session.travel(2)
    session.play()
    session.advance(10**9)
    assert session.run.epoch == 6
    assert session.run.stop is not None


def test_the_best_epoch_is_the_one_with_the_lowest_test_cost() -> None:
    session = session_of(
        replace(PROJECT, training=replace(PROJECT.training, schedule=ScheduleSpec("cosine"))), epochs=60
    )
    assert past_of(session).best_epoch == int(np.argmin(session.run.history.curve().test_cost))
    session.travel(past_of(session).best_epoch)
    assert session.run.epoch == past_of(session).best_epoch


def test_restarting_begins_a_new_journey() -> None:
    session = session_of(epochs=10)
    session.travel(4)
    session.restart()
    record = past_of(session)
    assert (record.is_back, record.last_epoch, record.branches, record.events) == (False, 0, (), ())


def test_changes_at_one_epoch_are_one_event_and_cancel_out() -> None:
    first = (Difference("a", 1, 2), Difference("b", 1, 2))
    assert merged(first, (Difference("a", 2, 3),)) == (Difference("a", 1, 3), Difference("b", 1, 2))
    assert merged(first, (Difference("a", 2, 1),)) == (Difference("b", 1, 2),)


def test_moves_of_a_slider_leave_one_mark() -> None:
    session = session_of(epochs=3)
    for rate in (0.02, 0.03, 0.04):
        retune(session, replace(PROJECT.training, optimizer=OptimizerSpec("adam", learning_rate=rate)))
    (event,) = past_of(session).events
    (change,) = event.changes
    assert (change.before, change.after) == (0.01, 0.04)


def test_training_a_sample_alone_takes_its_own_gradient_and_the_epoch_goes_on_with_the_rest() -> None:
    project = replace(PROJECT, network=NetworkSpec(layers=(DenseSpec(4),)), training=TrainingSpec(batch_size=16))
    session = session_of(project)
    one_by_one = session_of(replace(project, training=TrainingSpec(batch_size=1)))
    rows = []
    for _ in range(3):
        session.train_samples(1)
        rows.append(session.snapshot(epochs_per_second=0.0).sample)
        one_by_one.train(1, 0)
        one_by_one.advance(10**9)
        np.testing.assert_allclose(session.run.network.parameters, one_by_one.run.network.parameters, rtol=1e-12)
    assert len(set(rows)) == 3
    assert set(rows) <= set(session.run.data.train_rows.tolist())
    trained(session, 1)
    assert session.run.epoch == 1
    assert session.snapshot(epochs_per_second=0.0).sample is None


def test_samples_one_by_one_make_a_whole_epoch() -> None:
    session = session_of(replace(PROJECT, training=TrainingSpec(batch_size=16)))
    count = session.run.training_samples
    session.train_samples(count)
    assert (session.run.epoch, session.run.batch) == (1, 0)
    assert len(session.run.history.curve()) == 2


def test_differences_name_the_fields_and_leave_the_name_out() -> None:
    other = replace(PROJECT, name="x", seed=3, data=replace(PROJECT.data, scaling="min_max"))
    assert {one.path for one in differences(PROJECT, other)} == {"seed", "data.scaling"}
    assert differences(PROJECT, PROJECT) == ()
