"""The guards around every test must themselves see what they are there for."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests import leftovers


@pytest.fixture
def waiting_thread() -> Iterator[threading.Thread]:
    """Yield a thread that waits until the test is over."""
    release = threading.Event()
    thread = threading.Thread(target=release.wait, name="waits")
    thread.start()
    yield thread
    release.set()
    thread.join()


@pytest.mark.usefixtures("waiting_thread")
def test_a_running_thread_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "GRACE", 0.01)
    before = {thread for thread in threading.enumerate() if thread.name != "waits"}
    assert leftovers.threads_beside(before) == ["the thread waits"]


def test_a_thread_that_was_there_before_is_not_named(waiting_thread: threading.Thread) -> None:
    assert leftovers.threads_beside({waiting_thread, *threading.enumerate()}) == []


def test_a_hidden_window_is_named_and_closed(qapp: QApplication) -> None:
    before = leftovers.window_addresses()
    window = QWidget()
    window.setObjectName("forgotten")
    assert leftovers.windows_beside(before) == ["the window QWidget “forgotten”"]
    assert leftovers.windows_beside(before) == []


def test_a_window_in_a_ring_of_references_is_garbage_and_not_named(qapp: QApplication) -> None:
    before = leftovers.window_addresses()
    window = QWidget()
    window.setProperty("itself", [window])
    del window
    assert leftovers.windows_beside(before) == []


def test_a_running_timer_is_named_with_its_owner_and_stopped(qapp: QApplication) -> None:
    owner = QWidget()
    timer = QTimer(owner)
    timer.start(40)
    assert leftovers.running_timers() == ["the timer QTimer in QWidget of 40 ms"]
    assert not timer.isActive()


def test_a_running_qt_thread_is_named_and_ended(qapp: QApplication) -> None:
    thread = QThread()
    thread.start()
    assert leftovers.running_qt_threads() == ["the QThread QThread"]
    assert thread.isFinished()


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_finds_empty_settings_outside_the_users_folder(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, time: str
) -> None:
    settings = QSettings("nnplayground-tests", "settings")
    assert settings.value("time") is None
    settings.setValue("time", time)
    assert settings.fileName().startswith(str(tmp_path_factory.getbasetemp()))
