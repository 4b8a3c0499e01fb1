"""What takes long to open is told in the message bar, can be cancelled there, and ends when the window is closed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.files import files as window_files
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.data.progress import Progress
from nnplayground.export.reopening import Opened
from nnplayground.project.model import Project
from tests.app.driving import PATIENCE, window_of

PATH = Path("large<b>.nnp.json")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


@pytest.fixture
def may_end(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let every file take as long as it is wanted, or until this is set."""
    event = threading.Event()

    def read(_path: Path, *, data: Path | None, progress: Progress) -> Opened:
        assert data is None
        while not event.is_set():
            progress.at(0.25)
        return Opened(Project(name="read at last"))

    monkeypatch.setattr(window_files, "open_project", read)
    return event


def cancel_button(window: MainWindow) -> QToolButton:
    button = window.messages.findChild(QToolButton, "cancel_work")
    assert isinstance(button, QToolButton)
    return button


def test_a_long_read_is_told_and_can_be_cancelled(qtbot: QtBot, window: MainWindow, may_end: threading.Event) -> None:
    before = window.document.project
    window.files.open_path(PATH)
    qtbot.waitUntil(lambda: window.messages.isVisible() and cancel_button(window).isVisible(), timeout=PATIENCE)
    assert window.messages.text == "large<b>.nnp.json is being read: 25 %"
    assert window.messages.kind == "busy"
    qtbot.mouseClick(cancel_button(window), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.messages.kind == "info", timeout=PATIENCE)
    assert window.messages.text == "Reading large<b>.nnp.json was cancelled; nothing has changed."
    assert not cancel_button(window).isVisible()
    assert window.document.project == before


def test_what_has_been_read_is_shown_and_no_longer_told(
    qtbot: QtBot, window: MainWindow, may_end: threading.Event
) -> None:
    window.files.open_path(PATH)
    qtbot.waitUntil(window.messages.isVisible, timeout=PATIENCE)
    may_end.set()
    qtbot.waitUntil(lambda: window.document.project.name == "read at last", timeout=PATIENCE)
    assert not window.messages.isVisible()


def test_words_on_a_read_that_were_closed_stay_away_until_its_outcome(
    qtbot: QtBot, window: MainWindow, may_end: threading.Event
) -> None:
    window.files.open_path(PATH)
    qtbot.waitUntil(window.messages.isVisible, timeout=PATIENCE)
    close = window.messages.findChild(QToolButton, "close_message")
    assert isinstance(close, QToolButton)
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    told: list[str] = []
    window.files.reading.connect(told.append)
    qtbot.waitUntil(lambda: len(told) > 3, timeout=PATIENCE)
    assert not window.messages.isVisible()
    window.files.cancel()
    qtbot.waitUntil(window.messages.isVisible, timeout=PATIENCE)
    assert "was cancelled" in window.messages.text


def test_a_large_file_is_told_with_its_size_before_it_is_read(
    qtbot: QtBot, window: MainWindow, may_end: threading.Event, tmp_path: Path
) -> None:
    path = tmp_path / "large.nnp.json"
    with path.open("wb") as file:
        file.truncate(25_000_000)
    told: list[str] = []
    window.files.reading.connect(told.append)
    window.files.open_path(path)
    assert told == ["large.nnp.json (25 MB) is being read: 0 %"]
    may_end.set()
    qtbot.waitUntil(lambda: window.document.project.name == "read at last", timeout=PATIENCE)
    assert not window.messages.isVisible()


def test_a_quick_read_needs_no_words(qtbot: QtBot, window: MainWindow, may_end: threading.Event) -> None:
    may_end.set()
    told: list[str] = []
    window.files.reading.connect(told.append)
    window.files.open_path(PATH)
    qtbot.waitUntil(lambda: window.document.project.name == "read at last", timeout=PATIENCE)
    assert told == []


def test_the_window_closes_in_the_middle_of_a_long_read(
    qtbot: QtBot, window: MainWindow, may_end: threading.Event
) -> None:
    """Without the wish to end it, the reading would go on for ever, and so would this test."""
    window.files.open_path(PATH)
    qtbot.waitUntil(window.messages.isVisible, timeout=PATIENCE)
    window.close()
    assert not any(thread.name == "background" for thread in threading.enumerate())


@pytest.mark.parametrize("name", ["a.csv", "a.npz", "a.nnp.json", "folder"])
def test_what_is_no_file_is_one_sentence_in_the_window(
    name: str, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.symlink_to(path)
    before = window.document.project
    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.messages.kind == "error" and window.messages.isVisible(), timeout=PATIENCE)
    assert len(window.messages.text.splitlines()) == 1
    assert name in window.messages.text
    assert window.document.project == before
