"""One undo command for every edit: drags merge, undo and redo are each other's inverse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nnplayground.app.document import MOST_STEPS, Document
from nnplayground.project.model import Project

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
    assert caught.args == [FIRST, with_seed(2)]


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
