"""What the window says belongs to what it shows: it goes with the document, and with what has gone wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.parameter_index import ParameterIndex
from tests.app.driving import window_of


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


@pytest.mark.parametrize("kind", ["info", "warning", "error"])
def test_another_document_is_not_opened_under_the_news_of_the_last_one(window: MainWindow, kind: str) -> None:
    window.messages.show_message("Layers 1 and 2 changed places.", kind)
    window.files.new()
    assert not window.messages.isVisible()


def test_what_is_still_under_way_is_said_on(window: MainWindow) -> None:
    window.messages.show_message("Saving …", "busy")
    window.files.new()
    assert window.messages.isVisible()


def test_a_refusal_goes_when_a_weight_is_set(window: MainWindow) -> None:
    window.inspector_view.refused.emit("Row 1 of the clipboard is no row of numbers.")
    assert window.messages.isVisible()
    place = ParameterIndex(0, 0, 0)
    window.document.set_values(((place, 0.0),), ((place, 1.0),), "Set a weight")
    assert not window.messages.isVisible()
