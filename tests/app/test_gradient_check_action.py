"""The gradient of the network on show is checked from the menu, while everything else goes on."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nnplayground.app.features.gradient_check import checks
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.engine.activations import ACTIVATIONS, identity_backward
from nnplayground.engine.layers import dense
from nnplayground.training.observe.gradient_check import GradientReport, check_gradient
from nnplayground.training.observe.maps import MapRequest
from tests.app.driving import wait_for, window_of


def said(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: window.messages.isVisible() and words in window.messages.accessibleName(), timeout=20_000)


def test_agreement_is_told_and_training_goes_on(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(MapRequest) is not None)
        window.commands["play"].trigger()
        window.commands["check_gradient"].trigger()
        said(qtbot, window, "Backpropagation and finite differences agree")
        wait_for(qtbot, window, lambda snapshot: snapshot.running and snapshot.epoch > 5)


def test_a_wrong_derivative_is_told_as_an_error(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    with window_of(qtbot) as window:
        wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(MapRequest) is not None)
        wrong = dict(ACTIVATIONS, tanh=replace(ACTIVATIONS["tanh"], backward=identity_backward))
        monkeypatch.setattr(dense, "ACTIVATIONS", wrong)
        window.commands["check_gradient"].trigger()
        said(qtbot, window, "do NOT agree")
        assert window.messages.property("kind") == "error"


def test_it_says_that_it_is_at_work_until_the_answer_comes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    with window_of(qtbot) as window:
        wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(MapRequest) is not None)
        goes_on = Event()

        def slow(*arguments: Any) -> GradientReport:
            goes_on.wait(20.0)
            return check_gradient(*arguments)

        monkeypatch.setattr(checks, "check_gradient", slow)
        window.commands["check_gradient"].trigger()
        said(qtbot, window, "is being held against")
        assert not window.messages._timer.isActive()
        window.document.edit(replace(window.document.project, seed=5), "Seed")
        said(qtbot, window, "is being held against")
        window.commands["check_gradient"].trigger()
        said(qtbot, window, "is still being held against")
        goes_on.set()
        said(qtbot, window, "agree")
        assert window.messages._timer.isActive()
