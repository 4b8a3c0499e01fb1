"""Replay: all views go from the first moment to the newest in the time that was chosen, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.replay.replay_speed import CHOICES
from nnplayground.app.shell.main_window import MainWindow
from tests.app.driving import PATIENCE, wait_for, window_of

EPOCHS = 40


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """Return a window in which a network was trained for some epochs; its replays take two seconds."""
    with window_of(qtbot) as window:
        window.train_epochs(EPOCHS)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == EPOCHS and not snapshot.running)
        window.replay.seconds = 2.0
        yield window


def watch(window: MainWindow) -> list[int]:
    """Return a list that takes the epoch of every frame from now on."""
    seen: list[int] = []
    window.player.frame.connect(lambda snapshot: seen.append(snapshot.epoch))
    return seen


def begin(qtbot: QtBot, window: MainWindow, *, until: int = 5) -> None:
    """Start a replay and wait until it has come to an epoch."""
    window.commands["replay"].trigger()
    wait_for(qtbot, window, lambda snapshot: snapshot.record.is_back and snapshot.epoch >= until)
    assert window.replay.is_on


def test_it_shows_moments_in_order_from_the_first_to_the_newest(qtbot: QtBot, window: MainWindow) -> None:
    before, seen = window.player.snapshot, watch(window)
    assert before is not None
    window.commands["replay"].trigger()
    assert window.commands["replay"].isChecked()
    qtbot.waitUntil(lambda: not window.replay.is_on, timeout=PATIENCE)
    after = wait_for(qtbot, window, lambda snapshot: not snapshot.record.is_back)
    assert not window.commands["replay"].isChecked()
    assert seen[0] == 0 and seen[-1] == EPOCHS
    assert seen == sorted(seen)
    assert len(set(seen)) > 5
    assert np.array_equal(after.parameters, before.parameters)


def test_it_takes_about_as_long_as_was_chosen_and_has_one_travel_under_way(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []
    travel = window.player.travel

    def note(epoch: int | None) -> None:
        asked.append(epoch)
        travel(epoch)

    monkeypatch.setattr(window.player, "travel", note)
    shown = watch(window)
    begin(qtbot, window)
    assert len(asked) <= len(shown) + 1
    qtbot.waitUntil(lambda: not window.replay.is_on, timeout=PATIENCE)
    assert asked[0] == 0 and asked[-1] is None


def test_pressing_again_stops_at_the_moment_on_show(qtbot: QtBot, window: MainWindow) -> None:
    begin(qtbot, window)
    window.commands["replay"].trigger()
    assert not window.replay.is_on
    qtbot.waitUntil(lambda: window.player.is_at_rest, timeout=PATIENCE)
    assert window.player.snapshot is not None
    assert window.player.snapshot.record.is_back
    assert window.player.snapshot.epoch < EPOCHS


def test_escape_goes_back_to_the_newest_moment(qtbot: QtBot, window: MainWindow) -> None:
    begin(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == EPOCHS and not snapshot.record.is_back)
    assert not window.replay.is_on


def test_escape_leaves_both_the_large_output_and_the_replay(qtbot: QtBot, window: MainWindow) -> None:
    window.large.enter()
    begin(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.replay.is_on
    assert not window.large.is_on


def test_play_goes_on_from_the_newest_moment(qtbot: QtBot, window: MainWindow) -> None:
    begin(qtbot, window)
    window.commands["play"].trigger()
    snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.epoch > EPOCHS)
    assert not window.replay.is_on
    assert snapshot.record.branches == ()
    window.player.pause()
    wait_for(qtbot, window, lambda snapshot: not snapshot.running)


@pytest.mark.parametrize("name", ["step_epoch", "restart", "new_weights"])
def test_everything_else_that_trains_or_edits_ends_it(name: str, qtbot: QtBot, window: MainWindow) -> None:
    begin(qtbot, window)
    window.commands[name].trigger()
    assert not window.replay.is_on
    wanted = EPOCHS + 1 if name == "step_epoch" else 0
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == wanted and not snapshot.record.is_back)


def test_somebody_else_who_travels_is_not_called_back(qtbot: QtBot, window: MainWindow) -> None:
    begin(qtbot, window)
    window.player.travel(2)
    assert not window.replay.is_on
    qtbot.waitUntil(lambda: window.player.is_at_rest, timeout=PATIENCE)
    assert window.player.snapshot is not None
    assert window.player.snapshot.epoch == 2


def test_a_network_that_trains_is_paused_and_replayed(qtbot: QtBot, window: MainWindow) -> None:
    window.player.play()
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch > EPOCHS and snapshot.running)
    begin(qtbot, window)
    assert window.player.snapshot is not None
    assert not window.player.snapshot.running
    window.replay.leave()
    wait_for(qtbot, window, lambda snapshot: not snapshot.record.is_back)


def test_shift_and_space_start_it_also_where_a_button_has_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    (button,) = window.toolbar.findChildren(QToolButton, "play_button")
    for target in (window, button):
        target.setFocus()
        qtbot.keyClick(target, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
        assert window.replay.is_on
        window.replay.leave()
        wait_for(qtbot, window, lambda snapshot: not snapshot.record.is_back)


def test_without_a_past_it_says_what_to_do(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        window.commands["replay"].trigger()
        assert not window.commands["replay"].isChecked()
        assert window.messages.text == "There is nothing to replay yet; train the network first."


def test_the_menu_chooses_how_long_it_takes(qtbot: QtBot, window: MainWindow) -> None:
    (menu,) = [menu for menu in window.menuBar().findChildren(QMenu) if menu.objectName() == "replay_speed"]
    choices = menu.actions()
    assert [choice.text() for choice in choices] == [f"{seconds} seconds" for seconds in CHOICES]
    choices[-1].trigger()
    assert window.replay.seconds == CHOICES[-1]
    assert window.settings.replay_seconds == CHOICES[-1]
    assert [choice.isChecked() for choice in choices] == [False] * (len(choices) - 1) + [True]
