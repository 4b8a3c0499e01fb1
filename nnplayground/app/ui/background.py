"""Work that may take long, outside the window's thread, without a Qt signal crossing threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from nnplayground.data.progress import CancelledError, Progress
from nnplayground.errors import UserError, surprise

POLL_MILLISECONDS = 15
Job = Callable[[], object]


class Background(QObject):
    """Runs one job at a time in a thread of its own and emits `done(result)`, `failed(sentence)` or `cancelled()`.

    The thread only ever stores its result; a timer of the window's thread looks for it. While a job runs that tells how
    far it has come, `advanced(share)` follows it, from 0 to 1.
    """

    done = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    advanced = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._result: Any = None
        self._problem = ""
        self._progress: Progress | None = None
        self.is_unwanted = False  # the job under way has been cancelled
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MILLISECONDS)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._thread is not None

    def start(self, job: Job, progress: Progress | None = None) -> bool:
        """Start a job; returns False, and does nothing, while another one is under way.

        `progress` is what the job tells how far it has come, and looks at to learn that it is cancelled.
        """
        if self.busy:
            return False
        self._result, self._problem = None, ""
        self._progress, self.is_unwanted = progress, False
        self._thread = threading.Thread(target=self._run, args=(job,), name="background")
        self._thread.start()
        self._timer.start()
        return True

    def cancel(self) -> None:
        """Let the job under way end soon; its result is dropped, and `cancelled` follows."""
        self.is_unwanted = self.busy
        if self._progress is not None:
            self._progress.cancel()

    def close(self) -> None:
        """Cancel the job that is under way and wait for its end; its result is dropped."""
        self.cancel()
        self._timer.stop()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, job: Job) -> None:
        try:
            self._result = job()
        except CancelledError:
            pass  # who cancelled it has noted that
        except UserError as error:
            self._problem = str(error)
        except MemoryError:
            self._problem = "There is too little memory for this; close other programs, or take less of it."
        except Exception as error:  # noqa: BLE001  # a job must never take the window with it
            self._problem = f"An error of the program ended the work ({surprise(error)})."

    def _look(self) -> None:
        if self._thread is None:
            return
        if self._thread.is_alive():
            if self._progress is not None and not self.is_unwanted:
                self.advanced.emit(self._progress.share)
            return
        self._timer.stop()
        self._thread.join()
        self._thread = None
        if self.is_unwanted:
            self._result = None
            self.cancelled.emit()
        elif self._problem:
            self.failed.emit(self._problem)
        else:
            self.done.emit(self._result)


class Newest(QObject):
    """Runs the job that was asked for last: a newer one cancels the one under way. Signals are those of `Background`.

    A job takes the `Progress` that it tells how far it has come.
    """

    done = Signal(object)
    failed = Signal(str)
    advanced = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next: Callable[[Progress], object] | None = None
        self._work = Background(self)
        self._work.done.connect(self.done)
        self._work.failed.connect(self.failed)
        self._work.advanced.connect(self.advanced)
        self._work.cancelled.connect(self._start_next)

    @property
    def running(self) -> bool:
        """Whether a job is under way, also one that nobody wants any more."""
        return self._work.busy

    def start(self, job: Callable[[Progress], object]) -> None:
        """Do this job as soon as the one before has ended, which it is asked to do now."""
        self._next = job
        if self._work.busy:
            self._work.cancel()
        else:
            self._start_next()

    def cancel(self) -> None:
        """Let go of everything that was asked for."""
        self._next = None
        self._work.cancel()

    def close(self) -> None:
        """Cancel the job that is under way and wait for its end."""
        self._next = None
        self._work.close()

    def _start_next(self) -> None:
        job, self._next = self._next, None
        if job is not None:
            progress = Progress()
            self._work.start(partial(job, progress), progress)


class Telling(QObject):
    """Runs a job that tells what it knows on the way, and that ends with what it has when it is cancelled.

    `told(what)` follows the newest of it, at the pace of the window; then `ended()`, after `failed(sentence)` where the
    job could not be done. `advanced(share)` is that of `Background`.
    """

    told = Signal(object)
    ended = Signal()
    failed = Signal(str)
    advanced = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest: object = None
        self._work = Background(self)
        self._work.advanced.connect(self._advance)
        self._work.done.connect(self._end)
        self._work.cancelled.connect(self._end)
        self._work.failed.connect(self._fail)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._work.busy

    def start(self, job: Callable[[Callable[[Any], None], Progress], object]) -> bool:
        """Start a job, which is given what to tell and its progress; returns False while another one is under way."""
        if self._work.busy:
            return False
        self._newest = None
        progress = Progress()
        return self._work.start(partial(job, self._tell, progress), progress)

    def cancel(self) -> None:
        """Let the job under way end soon; what it tells last still arrives."""
        self._work.cancel()

    def close(self) -> None:
        """Cancel the job that is under way and wait for its end."""
        self._work.close()

    def _tell(self, what: Any) -> None:
        """Called by the thread of the job: a single assignment."""
        self._newest = what

    def _advance(self, share: float) -> None:
        self._look()
        self.advanced.emit(share)

    def _look(self) -> None:
        """Hand on the newest of what was told."""
        what, self._newest = self._newest, None
        if what is not None:
            self.told.emit(what)

    def _end(self, _result: object = None) -> None:
        self._look()
        self.ended.emit()

    def _fail(self, sentence: str) -> None:
        self._look()
        self.failed.emit(sentence)
        self.ended.emit()
