"""What holds for every test: it draws off screen, keeps to its own settings, and leaves nothing running."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import wraps
from typing import Any

import pytest
from PySide6.QtCore import QSettings

from nnplayground.training.observe.observation import Seen
from nnplayground.training.observe.observers import Observers
from tests import leftovers


def pytest_configure() -> None:
    """Choose the off-screen platform before anybody makes an application."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def uses_qt(request: pytest.FixtureRequest) -> bool:
    """Tell whether the test of `request` has an application; others are spared the search for windows."""
    return "qapp" in request.fixturenames


@pytest.fixture(scope="session", autouse=True)
def _settings_of_programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the programs that tests start away from the user's settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(autouse=True)
def _settings_of_the_test(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each test that has an application empty settings of its own."""
    if not uses_qt(request):
        return
    folder = str(tmp_path_factory.mktemp("settings"))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(kind, scope, folder)


@pytest.fixture(scope="session", autouse=True)
def _observers_that_fail_are_heard() -> Iterator[None]:
    """Fail the test in which an observer fails; the program only leaves out what that would have shown."""
    see = Observers.see

    @wraps(see)
    def loud(self: Observers, *args: Any, **kwargs: Any) -> Seen:
        seen = see(self, *args, **kwargs)
        assert seen.problems == (), seen.problems
        return seen

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Observers, "see", loud)
        yield


@pytest.fixture(autouse=True)
def _nothing_left_over(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves a thread, a window, a running timer or a running QThread behind."""
    threads = set(threading.enumerate())
    with_qt = uses_qt(request)
    windows = leftovers.window_addresses() if with_qt else set()
    yield
    found = leftovers.threads_beside(threads)
    if with_qt:
        found += leftovers.windows_beside(windows)
        found += leftovers.running_timers() + leftovers.running_qt_threads()
    if found:
        pytest.fail(f"The test left over {', '.join(found)}.", pytrace=False)
    if with_qt:
        leftovers.spare_what_stays()
