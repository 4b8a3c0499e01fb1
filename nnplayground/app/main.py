"""Starts the application, or draws its window off screen."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QEventLoop,
    QIODevice,
    QMessageLogContext,
    QSize,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from nnplayground.app.settings import Settings
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.errors import InputError, WorkError
from nnplayground.export.reopening import DataNotFoundError, Opened
from nnplayground.files import write_atomically
from nnplayground.project.model import Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.trained_state import TrainedState

# With the default of 5 ms the training thread holds the interpreter so long that the window gets 8 frames a second.
SWITCH_SECONDS = 0.0005
SETTLE_MILLISECONDS = 400
USUAL_THRESHOLDS = (700, 10, 10)
LARGEST_FIRST = QSize(1760, 1080)


def application() -> QApplication:
    """Return the one QApplication, made ready for this program."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(sys.argv[:1])
    app.setApplicationName("NN Playground")
    app.setOrganizationName("NN Playground")
    app.setStyle("Fusion")
    sys.setswitchinterval(SWITCH_SECONDS)
    return app


def run_app(opened: Opened, *, path: Path | None, theme: str | None, missing: DataNotFoundError | None = None) -> int:
    """Show the window until it is closed; returns the exit status.

    `missing` is what the window asks for where the data of a model file were not found.
    """
    app = application()
    settings = Settings()
    choice = theme or settings.theme
    window = MainWindow(opened.project, use_theme(app, choice), settings, theme_choice=choice, trained=opened.trained)
    if path is not None:
        window.files.name(path)
        window.show_title()
    geometry, state = settings.load_layout()
    if geometry.isEmpty():
        fit_to_screen(window)
    else:
        window.restoreGeometry(geometry)
        window.restoreState(state)
    follow_system(app, window)
    window.show()
    if missing is not None:
        window.files.ask_for_data(missing)
    else:
        window.files.tell_opened(opened)
    QTimer.singleShot(SETTLE_MILLISECONDS, spare_collections)
    return app.exec()


def spare_collections() -> None:
    """Let Python's garbage collector pass over what stays for as long as the window does.

    It would go through all of it again and again, and stop the window for up to 0.1 s each time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*USUAL_THRESHOLDS)  # often, and so never long; it was seldom while the program was being loaded


def fit_to_screen(window: MainWindow) -> None:
    """Give the first window most of a large screen, and no more than there is of a small one."""
    screen = window.screen().availableGeometry().size()
    frame = QSize(16, 48)
    wanted = QSize(screen.width() * 4 // 5, screen.height() * 9 // 10).expandedTo(QSize(1280, 720))
    window.resize(wanted.boundedTo(LARGEST_FIRST).boundedTo(screen - frame))
    window.reset_layout()


def follow_system(app: QApplication, window: MainWindow) -> None:
    """Change the colours when the system changes its own, unless the user has chosen a theme."""

    def change() -> None:
        if window.theme_choice == "system":
            window.choose_theme("system")

    app.styleHints().colorSchemeChanged.connect(change)


def draw_window(
    out: Path,
    project: Project,
    *,
    epochs: int,
    size: tuple[int, int],
    theme: str,
    measures: bool = False,
    trained: TrainedState | None = None,
) -> None:
    """Train so many epochs in the real window and write a picture of it, with the measures open when asked to.

    Raises `InputError` when the project cannot be trained and `WorkError` when the file cannot be written.
    """
    with trained_window(project, epochs=epochs, size=size, theme=theme, measures=measures, trained=trained) as window:
        _settle()
        write_atomically(out, _picture(window))


@contextmanager
def trained_window(
    project: Project,
    *,
    epochs: int,
    size: tuple[int, int],
    theme: str,
    measures: bool = False,
    trained: TrainedState | None = None,
) -> Iterator[MainWindow]:
    """Give a window in which a project has been trained for so many epochs, a `trained` network for so many more.

    Raises `InputError` when it cannot be trained.
    """
    app = application()
    qInstallMessageHandler(_say_what_matters)
    window = MainWindow(project, use_theme(app, theme), Settings(remembers=False), theme_choice=theme, trained=trained)
    begun = trained.standing.epoch if trained is not None else 0
    window.files.asks_before_discarding = False
    try:
        window.resize(*size)
        window.reset_layout()
        window.show()
        if measures:
            wait_for_epochs(window, 0, begun=begun)  # the dock is made as high as the data ask for
            window.details.toggle_measures()
        wait_for_epochs(window, epochs, begun=begun)
        yield window
    finally:
        window.close()
        qInstallMessageHandler(None)


def _say_what_matters(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Print Qt's messages, but not that the off-screen platform has no window manager to tell sizes to."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)


def wait_for_epochs(window: MainWindow, epochs: int, *, begun: int = 0) -> None:
    """Train to the end of so many epochs and wait until the window shows it, or until the run stops by itself.

    `begun` is the epoch at which the network stands when it is opened.
    """
    loop = QEventLoop()
    problems: list[str] = []

    def look(snapshot: Snapshot) -> None:
        is_settled = not snapshot.running and not window.player.is_behind
        if is_settled and (snapshot.epoch >= begun + epochs or snapshot.stop is not None):
            loop.quit()

    def fail(sentence: str) -> None:
        problems.append(sentence)
        loop.quit()

    window.player.frame.connect(look)
    window.player.failed.connect(fail)
    if epochs:
        window.train_epochs(epochs)
    loop.exec()
    window.player.frame.disconnect(look)
    window.player.failed.disconnect(fail)
    if problems:
        raise InputError(problems[0])


def _settle() -> None:
    """Let texts that change only a few times a second show their last value."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MILLISECONDS, loop.quit)
    loop.exec()


def _picture(window: MainWindow) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not window.grab().save(buffer, "PNG"):
        raise WorkError("The window could not be drawn; there may be too little memory for a picture of this size.")
    return bytes(buffer.data().data())
