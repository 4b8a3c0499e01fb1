"""Weights changed by hand in the window: undone, merged, frozen in the document, and set in the run."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from nnplayground.app.document import Document
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import FrozenParameter, ParameterIndex
from tests.app.driving import wait_for, window_of

HERE, THERE = ParameterIndex(0, 1, 1), ParameterIndex(2, 0, None)


def test_values_are_set_and_set_back(qtbot: QtBot) -> None:
    document = Document(Project())
    heard: list[object] = []
    document.values_set.connect(heard.append)
    document.set_values([(HERE, 0.1)], [(HERE, 0.5)], "Set a weight")
    document.undo_stack.undo()
    document.undo_stack.redo()
    assert heard == [((HERE, 0.5),), ((HERE, 0.1),), ((HERE, 0.5),)]
    assert document.project == Project()


def test_a_drag_is_one_step_back_to_its_beginning(qtbot: QtBot) -> None:
    document = Document(Project())
    heard: list[object] = []
    document.values_set.connect(heard.append)
    for value in (0.2, 0.3, 0.4):
        document.set_values([(HERE, value - 0.1)], [(HERE, value)], f"Set to {value}", ("values", 1))
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Set to 0.4"
    document.undo_stack.undo()
    assert heard[-1] == ((HERE, 0.1),)


def test_other_numbers_and_other_edits_do_not_merge(qtbot: QtBot) -> None:
    document = Document(Project())
    document.set_values([(HERE, 0.0)], [(HERE, 1.0)], "One", ("values", 1))
    document.set_values([(THERE, 0.0)], [(THERE, 1.0)], "Other", ("values", 1))
    document.edit(Project(seed=5), "Seed", ("values", 1))
    document.set_values([(THERE, 1.0)], [(THERE, 1.0)], "Nothing", ("values", 1))
    assert document.undo_stack.count() == 3


def test_a_weight_is_nothing_that_the_file_holds(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document(Project())
    document.set_values([(HERE, 0.0)], [(HERE, 1.0)], "One")
    modified = [document.is_modified]
    document.edit(Project(seed=5), "Seed")
    modified.append(document.is_modified)
    document.saved_as(tmp_path / "a.nnp.json")
    modified.append(document.is_modified)
    document.undo_stack.undo()
    modified.append(document.is_modified)
    assert modified == [False, True, False, True]


def test_the_run_of_the_window_takes_the_value_and_undo_gives_it_back(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        assert window.player.snapshot is not None
        before = window.player.snapshot.value_at(HERE)
        assert before is not None
        window.edits.edit_values(((HERE, before),), ((HERE, 4.5),), "Set a weight", 0)
        wait_for(qtbot, window, lambda snapshot: snapshot.value_at(HERE) == 4.5)
        window.commands["undo"].trigger()
        wait_for(qtbot, window, lambda snapshot: snapshot.value_at(HERE) == before)


def test_a_frozen_weight_stays_while_the_window_trains_and_can_be_edited(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        window.edits.edit_locks((FrozenParameter(HERE.layer, HERE.unit, HERE.source, 0.75),), "Freeze", 0)
        window.toggle_play()
        snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.epoch >= 20)
        assert snapshot.value_at(HERE) == 0.75
        assert snapshot.gradient_at(HERE) == 0.0
        epoch = snapshot.epoch
        window.edits.edit_values(((HERE, 0.75),), ((HERE, -0.5),), "Set a weight", 0)
        snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.value_at(HERE) == -0.5)
        assert snapshot.epoch >= epoch
        assert window.document.project.network.frozen == (FrozenParameter(HERE.layer, HERE.unit, HERE.source, -0.5),)
        window.commands["undo"].trigger()
        wait_for(qtbot, window, lambda snapshot: snapshot.value_at(HERE) == 0.75)
        window.toggle_play()


def test_of_several_numbers_those_that_are_frozen_stay(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        window.edits.edit_locks((FrozenParameter(HERE.layer, HERE.unit, HERE.source, 0.75),), "Freeze", 0)
        old = ((HERE, 0.75), (THERE, 0.0))
        window.edits.edit_values(old, ((HERE, 9.0), (THERE, 9.0)), "Paste", 0)
        snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.value_at(THERE) == 9.0)
        assert snapshot.value_at(HERE) == 0.75
