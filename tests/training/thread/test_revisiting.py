"""A second reader can go through the past of a run, to the very numbers that it had, while the run goes on."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.observe.snapshot import Failure, Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.thread.revisiting import whole_record
from nnplayground.training.thread.session import Session
from nnplayground.training.thread.worker import Frame, Revisit, Travel, Worker
from nnplayground.training.time_travel.branch_history import BranchHistory

PROJECT = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)))


def trained(epochs: int) -> Session:
    """Return a session that has been trained for so many epochs."""
    session = Session(Run(PROJECT), 1)
    session.train(0, epochs)
    while session.playing:
        session.advance(1000)
    return session


def photograph(session: Session) -> Snapshot:
    return session.snapshot(epochs_per_second=0.0)


def visitor(moment: Snapshot) -> Session:
    """Return a session that has the past of a moment."""
    record = whole_record(moment)
    run = Run(moment.project, moment.data)
    run.restore(record.checkpoints[-1])
    return Session(run, 2, branch_history=BranchHistory.known(record))


@pytest.mark.parametrize("epochs", [1, 250, 301])
def test_the_newest_moment_is_among_them_also_where_it_was_not_kept(epochs: int) -> None:
    moment = photograph(trained(epochs))
    record = whole_record(moment)
    assert record.checkpoints[-1].epoch == record.last_epoch == epochs
    assert np.array_equal(record.checkpoints[-1].parameters, moment.parameters)


def test_a_run_that_has_gone_back_keeps_its_newest_moment_at_the_end() -> None:
    session = trained(30)
    newest = photograph(session)
    session.travel(10)
    record = whole_record(photograph(session))
    assert record.checkpoints[-1].epoch == 30
    assert np.array_equal(record.checkpoints[-1].parameters, newest.parameters)


def test_every_moment_shows_the_numbers_that_the_run_had_then() -> None:
    session = trained(301)
    guest = visitor(photograph(session))
    for epoch in (0, 1, 57, 200, 301, 3):
        session.travel(epoch)
        guest.travel(epoch)
        mine, other = photograph(session), photograph(guest)
        assert mine.epoch == other.epoch
        assert np.array_equal(mine.parameters, other.parameters)
        assert mine.train == other.train and mine.test == other.test
        assert np.array_equal(mine.curve.train_cost, other.curve.train_cost)


def test_the_visitor_of_a_run_that_is_back_sees_the_whole_way_and_no_other_branch() -> None:
    session = trained(40)
    session.travel(20)
    guest = visitor(photograph(session))
    guest.travel(None)
    assert photograph(guest).epoch == 40
    assert photograph(guest).record.branches == ()


def test_a_worker_goes_through_the_past_that_it_is_given() -> None:
    moment = photograph(trained(25))
    worker = Worker()
    try:
        worker.order(Revisit(moment.project, moment.data, whole_record(moment), 7))
        worker.order(Travel(5))
        worker.order(Frame())
    finally:
        worker.close()  # it obeys what was ordered before
    answer = worker.mailbox.take()
    assert isinstance(answer, Snapshot) and not isinstance(answer, Failure)
    assert (answer.generation, answer.epoch, answer.record.last_epoch) == (7, 5, 25)
