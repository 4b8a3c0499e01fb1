"""Work that may take long, outside the window's thread, without a Qt signal crossing threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from nnplayground.errors import UserError

POLL_MILLISECONDS = 15


class Background(QObject):
    """Runs one job at a time in a thread of its own and emits `done(result)` or `failed(sentence)`.

    The thread only ever stores its result; a timer of the window's thread looks for it.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._result: Any = None
        self._problem = ""
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MILLISECONDS)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._thread is not None

    def start(self, job: Callable[[], object]) -> bool:
        """Start a job; returns False, and does nothing, while another one is under way."""
        if self.busy:
            return False
        self._result, self._problem = None, ""
        self._thread = threading.Thread(target=self._run, args=(job,), name="background")
        self._thread.start()
        self._timer.start()
        return True

    def close(self) -> None:
        """Wait for the job that is under way; its result is dropped."""
        self._timer.stop()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, job: Callable[[], object]) -> None:
        try:
            self._result = job()
        except UserError as error:
            self._problem = str(error)
        except Exception as error:  # noqa: BLE001  # a job must never take the window with it
            self._problem = f"An error of the program ended the work ({type(error).__name__}): {error}"

    def _look(self) -> None:
        if self._thread is None or self._thread.is_alive():
            return
        self._timer.stop()
        self._thread.join()
        self._thread = None
        if self._problem:
            self.failed.emit(self._problem)
        else:
            self.done.emit(self._result)
