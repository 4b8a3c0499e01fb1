"""What an undo gives back: exactly the numbers that the network of meanwhile had no place for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplayground.project.edit_step import Direction, EditStep
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session
from nnplayground.training.thread.undo_memory import UndoMemory, brought_back
from nnplayground.training.time_travel.history_record import NO_RECORD
from tests.plans import kept

DATA = DataSpec(source=GeneratedSource(samples=20))
SIZES = st.lists(st.integers(1, 5), min_size=1, max_size=3)


def project_of(sizes: list[int], data: DataSpec = DATA) -> Project:
    return Project(data=data, network=NetworkSpec(layers=tuple(DenseSpec(units=units) for units in sizes)))


def snapshot_of(run: Run) -> Snapshot:
    return Session(run, 1).snapshot(epochs_per_second=0.0)


@given(sizes=SIZES, meanwhile=SIZES)
@settings(deadline=None)
def test_there_and_back_leaves_every_number_as_it_was(sizes: list[int], meanwhile: list[int]) -> None:
    old, new = project_of(sizes), project_of(meanwhile)
    first = Run(old)
    first.train_epochs(1)
    wanted = snapshot_of(first)
    between = Run(new, after=first)
    again = Run(old, after=between)
    again.set_values(brought_back(wanted, snapshot_of(between), kept(new, old)))
    assert np.array_equal(again.network.parameters, wanted.parameters)


def test_what_was_carried_over_keeps_what_it_has_learned_meanwhile() -> None:
    old, new = project_of([3]), project_of([2])
    first = Run(old)
    wanted = snapshot_of(first)
    between = Run(new, after=first)
    between.train_epochs(1)
    places = {place for place, _ in brought_back(wanted, snapshot_of(between), kept(new, old))}
    assert {(place.layer, place.unit, place.source) for place in places} == {
        (0, 2, 0), (0, 2, 1), (0, 2, None), (1, 0, 2),
    }  # fmt: skip


def places_after(memory: UndoMemory, number: int) -> list[bool]:
    """Return whether the memory knows the moments before and after a step."""
    there, back = kept(project_of([2]), project_of([3])), kept(project_of([3]), project_of([2]))
    before = memory.pass_step(EditStep(number, Direction.UNDO), back, None)
    after = memory.pass_step(EditStep(number, Direction.REDO), there, None)
    return [before is not None, after is not None]


def moment_of(sizes: list[int]) -> Snapshot:
    return snapshot_of(Run(project_of(sizes)))


def test_each_step_leads_back_to_the_moment_on_its_other_side() -> None:
    memory = UndoMemory(most=9)
    there, back = kept(project_of([3]), project_of([2])), kept(project_of([2]), project_of([3]))
    wide, narrow = moment_of([3]), moment_of([2])
    assert memory.pass_step(EditStep(1), there, wide) is None
    found = memory.pass_step(EditStep(1, Direction.UNDO), back, narrow)
    assert found is not None and found.architecture == wide.architecture and found.record == NO_RECORD
    found = memory.pass_step(EditStep(1, Direction.REDO), there, wide)
    assert found is not None and found.architecture == narrow.architecture


def test_a_gesture_leads_back_to_where_it_began_and_keeps_one_moment() -> None:
    memory = UndoMemory(most=9)
    first, second, third = (project_of([units]) for units in (3, 1, 2))
    memory.pass_step(EditStep(1), kept(first, second), moment_of([3]))
    for edit, units in ((kept(second, third), 1), (kept(third, first), 2)):
        found = memory.pass_step(EditStep(1, began=1), edit, moment_of([units]))
        assert found is not None and found.project == first
    assert len(memory) == 1
    # Where it was saved meanwhile, the rest of it is a step of its own.
    found = memory.pass_step(EditStep(2, began=1), kept(first, third), moment_of([3]))
    assert found is not None and found.project == first
    assert len(memory) == 2


def test_only_steps_that_make_weights_go_and_can_be_taken_are_kept() -> None:
    memory = UndoMemory(most=3)
    wide, narrow = project_of([3]), project_of([2])
    tuning = kept(wide, replace(wide, training=replace(wide.training, l2=0.5)))
    memory.pass_step(EditStep(1), tuning, moment_of([3]))
    assert len(memory) == 0
    for number in range(2, 8):
        memory.pass_step(EditStep(number), kept(wide, narrow), moment_of([3]))
    assert len(memory) == 3
    assert places_after(memory, 4) == [False, False]
    for number in (7, 6):
        memory.pass_step(EditStep(number, Direction.UNDO), kept(narrow, wide), moment_of([2]))
    assert len(memory) == 3
    memory.pass_step(EditStep(8), kept(wide, narrow), moment_of([3]))  # what was undone cannot be redone any more
    assert len(memory) == 2
    assert places_after(memory, 7) == [False, False]


def test_the_oldest_steps_go_where_all_take_too_much() -> None:
    wide, narrow = project_of([3]), project_of([2])
    moment = moment_of([3])
    memory = UndoMemory(most=9, most_bytes=2 * moment.parameters.nbytes)
    for number in range(1, 6):
        memory.pass_step(EditStep(number), kept(wide, narrow), moment_of([3]))
    assert len(memory) == 2
    assert places_after(memory, 3) == [False, False]
    tight = UndoMemory(most=9, most_bytes=1)
    tight.pass_step(EditStep(1), kept(wide, narrow), moment)
    assert len(tight) == 1  # the newest


def test_nothing_comes_back_to_other_inputs() -> None:
    old = project_of([3])
    wanted = snapshot_of(Run(old))
    other = project_of([3], replace(DATA, features=("x1",)))
    assert brought_back(wanted, wanted, kept(old, other)) == ()
