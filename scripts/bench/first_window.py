"""One start, as `start.py` measures it: shows a window, and tells when it was painted.

Run: python scripts/bench/first_window.py bare|program

`bare` is a window with nothing but an empty plot of pyqtgraph in it, `program` the whole program as a user starts it.
Prints one JSON object of moments [s since 1970]: `begun` in the first line of Python, `ready` when the event loop is
entered, `painted` when the first plot has been painted, and for the program `full` when one has with data in it.
"""

from __future__ import annotations

import time

BEGUN = time.time()

import gc
import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from nnplayground.app.shell.main_window import MainWindow

MOMENTS = {"begun": BEGUN}


def note(name: str) -> None:
    """Note this moment, if it is the first of its name."""
    MOMENTS.setdefault(name, time.time())


def end() -> None:
    """Print the moments and leave at once; what a program does at its end is not measured."""
    print(json.dumps(MOMENTS), flush=True)
    os._exit(0)


def show_bare_window() -> None:
    """Show a window with an empty plot until it is painted."""
    import pyqtgraph as pg
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Plot(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            note("painted")
            QTimer.singleShot(0, end)

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1280, 720)
    window.setCentralWidget(Plot())
    window.show()
    note("ready")
    app.exec()


def show_program() -> None:
    """Start the program as its command does, with nobody's settings, until it has painted a plot with data in it."""
    from nnplayground.__main__ import WHILE_LOADING

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(WHILE_LOADING)
    from nnplayground import cli
    from nnplayground.app import main as app
    from nnplayground.app.settings import Settings

    forgetful = Settings(remembers=False)
    changes: dict[str, Any] = {"Settings": lambda: forgetful}
    vars(app).update(changes)
    vars(cli).update(has_display=lambda: True)  # off screen is good enough
    watch_event_loop()
    cli.main([])


def watch_event_loop() -> None:
    """Note when the event loop is entered, and from then on what is painted."""
    from PySide6.QtWidgets import QApplication

    enter = QApplication.exec

    def exec_watched() -> int:
        note("ready")
        return enter()

    vars_of: Any = QApplication
    vars_of.exec = staticmethod(exec_watched)
    watch_window()


def watch_window() -> None:
    """Note when the plot of the output is painted, at first and with data in it."""
    import pyqtgraph as pg
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from nnplayground.app.shell import main_window

    def window() -> MainWindow:
        kind = main_window.MainWindow
        return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind))

    paint = pg.GraphicsView.paintEvent

    def paint_watched(plot: Any, event: QPaintEvent) -> None:
        paint(plot, event)
        note("painted")
        if window().player.snapshot is not None:
            note("full")
            QTimer.singleShot(0, end)

    pg.GraphicsView.paintEvent = paint_watched


if __name__ == "__main__":
    {"bare": show_bare_window, "program": show_program}[sys.argv[1]]()
