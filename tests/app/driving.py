"""Making, driving and closing the real window in tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from nnplayground.app.main import application
from nnplayground.app.settings import Settings
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.observe.snapshot import Snapshot

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=100, noise=0.1)))
PATIENCE = 30_000  # milliseconds until a test gives up; nothing waits that long


@contextmanager
def window_of(qtbot: QtBot, project: Project = SMALL, *, theme: str = "light") -> Iterator[MainWindow]:
    """Show the window of a project, wait for its first frame, and close it afterwards."""
    window = MainWindow(project, use_theme(application(), theme), Settings())
    window.files.asks_before_discarding = False
    try:
        with qtbot.waitActive(window):  # only then it has the keyboard
            window.show()
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0)
        yield window
    finally:
        window.close()
        window.deleteLater()


def wait_for(qtbot: QtBot, window: MainWindow, condition: Callable[[Snapshot], bool]) -> Snapshot:
    """Wait for a snapshot that satisfies the condition."""

    def arrived() -> bool:
        return window.player.snapshot is not None and condition(window.player.snapshot)

    qtbot.waitUntil(arrived, timeout=PATIENCE)
    assert window.player.snapshot is not None
    return window.player.snapshot
