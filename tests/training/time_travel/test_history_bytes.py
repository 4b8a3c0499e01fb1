"""A branch history goes to bytes and back: it answers all questions alike, and a session goes on from it alike."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplayground.errors import InputError
from nnplayground.project.differences import differences
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.parameter_index import FrozenParameter
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.history import Curve
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session
from nnplayground.training.time_travel.branch_history import BranchHistory
from nnplayground.training.time_travel.history_bytes import read_history, read_record, write_history, write_record
from nnplayground.training.time_travel.history_record import HistoryRecord
from tests.plans import retune
from tests.projects import projects
from tests.training.run.test_checkpoint_bytes import bits, changed, check_sentence, put

PROJECT = Project(
    data=DataSpec(source=GeneratedSource(samples=60, noise=0.2)),
    network=NetworkSpec(layers=(DenseSpec(5), DropoutSpec(0.2), DenseSpec(3))),
    training=TrainingSpec(batch_size=16, optimizer=OptimizerSpec("adam", learning_rate=0.01)),
)


def trained(session: Session, epochs: int) -> Session:
    if epochs:
        session.train(0, epochs)
        session.advance(10**9)
    return session


def branched(project: Project = PROJECT) -> Session:
    """Return a session with branches, changes, edits and a stop, which stands at an earlier moment."""
    session = trained(Session(Run(project), 1), 12)
    session.travel(5)
    retune(session, replace(project.training, l2=0.001), project.network.frozen)
    trained(session, 6)
    retune(session, replace(project.training, l1=0.001, stop=StopSpec(max_epochs=14)), (FrozenParameter(0, 1, 0, 0.5),))
    trained(session, 9)
    session.travel(2)
    retune(session, replace(project.training, l2=0.5), ())  # which is undecided while the run is back
    return session


def check_alike(one: HistoryRecord, other: HistoryRecord) -> None:
    """Compare all that two records know, bit for bit."""
    assert bits(one) == bits(other)
    for mine, theirs in zip(one.checkpoints, other.checkpoints, strict=True):
        assert mine.curve.has_validation == theirs.curve.has_validation


def check_answers(history: BranchHistory, run: Run) -> BranchHistory:
    """Return a branch history from its bytes, which answers all questions as the first one does."""
    again = read_history(write_history(history))
    assert bits(again.state()) == bits(history.state())
    check_alike(again.record(run), history.record(run))
    assert again.is_back == history.is_back
    for epoch in (*range(20), None):
        assert bits(again.moment(run, epoch)) == bits(history.moment(run, epoch))
    return again


def test_a_history_with_branches_answers_alike() -> None:
    session = branched()
    record = session.branch_history.record(session.run)
    assert record.is_back and len(record.branches) == 2 and record.events  # what is compared is there
    assert session.branch_history.state().undecided
    check_answers(session.branch_history, session.run)
    check_alike(read_record(write_record(record)), record)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects(), there=st.integers(1, 8), back=st.integers(0, 8), more=st.integers(0, 4))
def test_any_legal_project(project: Project, there: int, back: int, more: int) -> None:
    session = trained(Session(Run(project), 1), there)
    session.travel(back)
    trained(session, more)
    check_answers(session.branch_history, session.run)


def test_a_session_goes_on_from_bytes_as_the_one_that_wrote_them() -> None:
    session = branched()
    history = read_history(write_history(session.branch_history))
    run = Run(replace(session.run.project, network=replace(PROJECT.network, frozen=())))
    run.restore(session.run.checkpoint())
    history.reattach(run)
    for one, mine in ((session.branch_history, session.run), (history, run)):
        one.branch(mine)
        mine.go_on()
        mine.train_epochs(15)
        one.record_changes(mine.epoch, ())
        one.record_event(mine.epoch, "edited")
    check_alike(history.record(run), session.branch_history.record(session.run))


def test_moments_of_another_network_wait_in_the_bytes_too() -> None:
    session = trained(Session(Run(PROJECT), 1), 4)
    wider = replace(PROJECT, network=NetworkSpec(layers=(DenseSpec(6), DenseSpec(3), DenseSpec(2))))
    later = Session(Run(wider, session.run.data, after=session.run), 2, branch_history=session.branch_history)
    trained(later, 3)
    again = check_answers(later.branch_history, later.run)
    back = Run(PROJECT)
    again.reattach(back)
    assert [moment.epoch for moment in again.record(back).checkpoints] == [0, 1, 2, 3, 4]


def test_a_convolutional_network() -> None:
    layers = (Conv2DSpec(2, 3), FlattenSpec(), DenseSpec(3))
    session = trained(
        Session(Run(Project(data=DataSpec(source=ImagesSource()), network=NetworkSpec(layers=layers))), 1), 1
    )
    check_answers(session.branch_history, session.run)


POINTS = tuple((float(place), -0.0, float(place % 2)) for place in range(40))

CHANGES = {
    "a number": (replace(PROJECT, seed=3), PROJECT),
    "layers": (PROJECT, replace(PROJECT, network=NetworkSpec(layers=(DenseSpec(2, off=(1,)), Conv2DSpec(2))))),
    "another source": (
        replace(PROJECT, data=DataSpec(source=PointsSource(points=POINTS))),
        replace(PROJECT, data=DataSpec(source=TableSource(path="a.csv", targets=("b", "c")))),
    ),
    "points": (
        replace(PROJECT, data=DataSpec(source=PointsSource(points=POINTS))),
        replace(PROJECT, data=DataSpec(source=PointsSource(points=POINTS[1:]))),
    ),
    "first weights": (
        PROJECT,
        replace(
            PROJECT,
            network=NetworkSpec(layers=()),
            parameters=Parameters(weights=(((0.5,) * 20, (1.0,) * 20),), biases=((1.0, -0.0),)),
        ),
    ),
    "frozen weights": (PROJECT, replace(PROJECT, network=NetworkSpec(frozen=(FrozenParameter(0, 1, None, 0.25),)))),
}


@pytest.mark.parametrize("case", CHANGES)
def test_changes_of_all_kinds(case: str) -> None:
    old, new = CHANGES[case]
    found = differences(old, new)
    assert found
    history = BranchHistory()
    history.record_changes(3, found)
    again = read_history(write_history(history)).state().events
    assert again == history.state().events
    assert bits(again) == bits(history.state().events)


NO_UNITS = {"type": "DenseSpec", "fields": {"units": 0}}


def long_record(moments: int, epochs: int) -> HistoryRecord:
    """Return a record of so many moments of a run of so many epochs, which was not really trained."""
    run = Run(PROJECT)
    run.train_epochs(2)
    moment, rng = run.checkpoint(), np.random.default_rng(0)
    columns = {name: rng.random(epochs) for name in ("train_cost", "test_cost", "train_score", "test_score")}
    rows = rng.random((4, epochs))

    def until(epoch: int) -> Checkpoint:
        cut = {name: column[: epoch + 1] for name, column in columns.items()}
        curve = Curve(**cut, penalty=rows[0, : epoch + 1], gradient_norms=rows[1:, : epoch + 1])
        return replace(moment, curve=curve, parameters=rng.random(moment.parameters.shape))

    kept = tuple(until(epoch) for epoch in np.linspace(2, epochs - 1, moments).astype(int).tolist())
    return HistoryRecord(checkpoints=kept, last_epoch=epochs - 1)


def test_many_moments_of_a_long_run_take_hardly_more_room_than_its_curve_and_their_numbers() -> None:
    record = long_record(600, 20_000)
    content = write_record(record)
    curve = 8 * 8 * 20_000
    numbers = sum(moment.parameters.nbytes for moment in record.checkpoints)
    assert len(content) < 1.1 * (curve + numbers) + 100_000  # 600 curves by themselves would be 385 MB
    again = read_record(content)
    check_alike(again, record)
    bases = {id(moment.curve.gradient_norms.base) for moment in again.checkpoints}
    assert len(bases) == 1  # in memory, too


def test_a_branch_shares_its_beginning_with_the_curve_that_it_left() -> None:
    session = trained(Session(Run(PROJECT), 1), 400)
    before = len(write_history(session.branch_history))
    session.travel(395)
    trained(session, 6)
    assert len(session.branch_history.state().branches) == 1
    assert len(write_history(session.branch_history)) < 1.1 * before


def test_mutated_bytes_give_one_sentence_or_a_history() -> None:
    session = branched()
    content, rng = write_history(session.branch_history), random.Random(1)
    for _ in range(200):
        damaged = bytearray(content)
        for _ in range(rng.randint(1, 4)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        try:
            read_history(bytes(damaged)).record(session.run)
        except InputError as error:
            check_sentence(str(error))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put("content", "kept", 0, 999), r"content.kept\[0\] is 999"),
        (put("content", "events", 0, "kind", "lost"), r"content.events\[0\].kind is .lost."),
        (put("content", "undecided", 0, "before", {"type": "Path", "fields": {}}), "a part of a project"),
        (
            put("content", "undecided", 0, "before", NO_UNITS),
            "units is 0",
        ),
        (put("content", "undecided", 0, "before", {"numbers": [0, 10**9]}), "within"),
        (put("content", "branches", 0, "start", None), r"content.branches\[0\].start is null"),
        (put("content", "undecided", {}), "content.undecided is an object"),
        (put("format", "nnplayground/checkpoint"), "format is"),
    ],
)
def test_what_no_session_could_have_written_is_refused_with_its_place(
    change: Callable[[dict[str, Any]], None], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        read_history(changed(write_history(branched().branch_history), change))
