"""One undo command for every edit: drags merge, undo and redo are each other's inverse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nnplayground.app.document import MOST_STEPS, Document
from nnplayground.project.changes import Consequence, EditPlan
from nnplayground.project.edit_step import Direction, EditStep
from nnplayground.project.model import NetworkSpec, Project

FIRST = Project()


def with_seed(seed: int) -> Project:
    return replace(FIRST, seed=seed)


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    return Document(FIRST)


def test_undo_and_redo_are_inverse(document: Document) -> None:
    document.edit(with_seed(2), "Change seed")
    document.edit(with_seed(3), "Change seed")
    document.undo_stack.undo()
    assert document.project == with_seed(2)
    document.undo_stack.undo()
    assert document.project == FIRST
    document.undo_stack.redo()
    document.undo_stack.redo()
    assert document.project == with_seed(3)


def test_edits_of_one_gesture_are_one_step(document: Document) -> None:
    for seed in range(2, 9):
        document.edit(with_seed(seed), f"Seed {seed}", gesture=("noise", 5))
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Seed 8"
    document.undo_stack.undo()
    assert document.project == FIRST


def test_two_gestures_are_two_steps(document: Document) -> None:
    document.edit(with_seed(2), "Seed", gesture=("noise", 1))
    document.edit(with_seed(3), "Seed", gesture=("noise", 2))
    assert document.undo_stack.count() == 2


def test_gestures_of_two_places_with_the_same_number_are_two_steps(document: Document) -> None:
    document.edit(with_seed(2), "Seed", gesture=("noise", 1))
    document.edit(with_seed(3), "Seed", gesture=("layers", 1))
    assert document.undo_stack.count() == 2


def test_edits_without_a_gesture_do_not_merge(document: Document) -> None:
    document.edit(with_seed(2), "Seed")
    document.edit(with_seed(3), "Seed")
    assert document.undo_stack.count() == 2


def test_a_gesture_that_ends_where_it_began_leaves_no_step(document: Document) -> None:
    document.edit(with_seed(2), "Seed", gesture=("noise", 1))
    document.edit(FIRST, "Seed", gesture=("noise", 1))
    assert document.undo_stack.count() == 0


def test_an_edit_to_the_same_is_none(document: Document, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(document.changed):
        document.edit(Project(), "Nothing")
    assert document.undo_stack.count() == 0


def test_changed_tells_both_sides(document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.changed) as caught:
        document.edit(with_seed(2), "Seed")
    assert caught.args is not None
    plan, step = caught.args
    assert (plan.old, plan.new, step) == (FIRST, with_seed(2), EditStep(1))


def test_redo_and_undo_have_plans_of_their_own_and_keep_the_number_of_their_step(document: Document) -> None:
    heard: list[tuple[EditPlan, EditStep]] = []
    document.changed.connect(lambda plan, step: heard.append((plan, step)))
    document.edit(with_seed(2), "Seed")
    document.edit(with_seed(3), "Seed")
    for move in (document.undo_stack.undo, document.undo_stack.undo, document.undo_stack.redo):
        move()
    seeds = [(plan.old.seed, plan.new.seed) for plan, _ in heard]
    assert seeds == [(1, 2), (2, 3), (3, 2), (2, 1), (1, 2)]
    do, undo, redo = Direction.DO, Direction.UNDO, Direction.REDO
    assert [(step.number, step.direction) for _, step in heard] == [(1, do), (2, do), (2, undo), (1, undo), (1, redo)]


def test_a_gesture_goes_on_with_its_step_and_after_a_save_with_another_one(document: Document, tmp_path: Path) -> None:
    heard: list[EditStep] = []
    document.changed.connect(lambda plan, step: heard.append(step))
    for seed in (2, 3):
        document.edit(with_seed(seed), "Seed", gesture=("noise", 1))
    document.saved_as(tmp_path / "a.nnp.json")
    for seed in (4, 5):
        document.edit(with_seed(seed), "Seed", gesture=("noise", 1))
    document.edit(with_seed(6), "Seed")
    assert [(step.number, step.began) for step in heard] == [(1, None), (1, 1), (2, 1), (2, 2), (3, None)]
    assert document.undo_stack.count() == 3


def test_the_wish_to_keep_weights_is_asked_for_with_every_edit(qtbot: QtBot) -> None:
    wishes = iter([True, False, True])
    document = Document(FIRST, keep_weights=lambda: next(wishes))
    heard: list[Consequence] = []
    document.changed.connect(lambda plan, step: heard.append(plan.consequence))
    document.edit(replace(FIRST, network=NetworkSpec(layers=())), "No layers")
    document.undo_stack.undo()
    document.undo_stack.redo()
    assert heard == [Consequence.KEEP, Consequence.START_OVER, Consequence.KEEP]


def test_another_document_has_no_history(document: Document) -> None:
    document.edit(with_seed(2), "Seed")
    document.replace(with_seed(9), Path("x.nnp.json"))
    assert (document.project, document.path) == (with_seed(9), Path("x.nnp.json"))
    assert not document.undo_stack.canUndo()


def test_only_so_many_steps_are_kept(document: Document) -> None:
    for seed in range(2, MOST_STEPS + 12):
        document.edit(with_seed(seed), "Seed")
    assert document.undo_stack.count() == MOST_STEPS
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.project == with_seed(11)
    assert document.is_modified
