"""Commands in the window: every one of them does there what it does on a session alone."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from pytestqt.qtbot import QtBot

from nnplayground.errors import InputError
from nnplayground.project.commands import Command
from nnplayground.training.thread.commands import CommandPlayer
from tests.app.driving import SMALL, wait_for, window_of
from tests.commands import edit_by_chance


def test_edits_are_steps_that_can_be_undone(qtbot: QtBot) -> None:
    with window_of(qtbot, SMALL) as window:
        window.perform(Command("set_layer_size", {"block": 0, "units": 7}))
        assert window.document.undo_stack.undoText() == "Set layer size"
        window.document.undo_stack.undo()
        assert window.document.project == SMALL
        with pytest.raises(InputError, match="needs the argument units"):
            window.perform(Command("set_layer_size", {"block": 0}))
        assert window.document.project == SMALL


def test_training_comes_to_the_same_bits_as_on_a_session_alone(qtbot: QtBot) -> None:
    steps = [Command("set_layer_size", {"block": 1, "units": 3}), Command("train", {"epochs": 4})]
    alone = CommandPlayer(SMALL)
    alone.perform_all(steps)
    with window_of(qtbot, SMALL) as window:
        for step in steps:
            window.perform(step)
        there = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 4 and not snapshot.running)
        assert there.parameters.tobytes() == alone.session.run.network.parameters.tobytes()
        window.perform(Command("go_to", {"epoch": 2}))
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2)
        window.perform(Command("set_weight", {"layer": 0, "unit": 0, "source": None, "value": 0.5}))
        there = wait_for(qtbot, window, lambda snapshot: float(snapshot.biases[0][0]) == 0.5)
        window.perform(Command("train_until", {"epoch": 3}))
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 3 and not snapshot.running)
        window.perform(Command("restart"))
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0)
        with pytest.raises(InputError, match="There is no such weight"):
            window.perform(Command("set_weight", {"layer": 9, "unit": 0, "source": None, "value": 0.5}))


def test_the_document_is_the_same_after_many_edits(qtbot: QtBot) -> None:
    chance, alone = random.Random(5), CommandPlayer(SMALL)
    with window_of(qtbot, SMALL) as window:
        for _ in range(40):
            command = edit_by_chance(alone.project, chance)
            for performer in (window.perform, alone.perform):
                with suppress(InputError):
                    performer(command)
            assert window.document.project == alone.project, command
