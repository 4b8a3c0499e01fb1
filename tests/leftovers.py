"""What a test left running behind it: threads, windows, timers. Each answer is a list of descriptions."""

from __future__ import annotations

import gc
import threading
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

# With more objects than this a search takes longer than most tests.
MANY_OBJECTS = 100_000
# How long a thread that was told to end may take for its last breath, in seconds.
GRACE = 0.5

Kind = TypeVar("Kind", bound=QObject)


def threads_beside(before: set[threading.Thread]) -> list[str]:
    """Describe the threads that live now and were not there `before`."""
    new = [thread for thread in threading.enumerate() if thread not in before]
    # A dummy stands for a thread that Python did not start and cannot join; QThreads are asked apart.
    real = [thread for thread in new if not isinstance(thread, threading._DummyThread)]
    for thread in real:
        thread.join(GRACE)
    return [f"the thread {thread.name}" for thread in real if thread.is_alive()]


def window_addresses() -> set[int]:
    """Return what tells one window from another, whichever Python object stands for it."""
    return {_address(window) for window in _windows()}


def windows_beside(before: set[int]) -> list[str]:
    """Describe the windows, hidden ones too, that were not there `before`, and close them."""
    _delete_what_is_due()
    if all(_is_known(window, before) for window in _windows()):
        return []
    _collect_garbage()
    new = [window for window in _windows() if not _is_known(window, before)]
    found = [f"the window {_described(window)}" for window in new]
    for window in new:
        window.close()
        window.deleteLater()
    _delete_what_is_due()
    return found


def running_timers() -> list[str]:
    """Describe the timers that still run, and stop them."""
    if not any(timer.isActive() for timer in _living(QTimer)):
        return []
    _collect_garbage()
    running = [timer for timer in _living(QTimer) if timer.isActive()]
    found = [f"the timer {_described(timer)} of {timer.interval()} ms" for timer in running]
    for timer in running:
        timer.stop()
    return found


def running_qt_threads() -> list[str]:
    """Describe the QThreads that still run, and end them."""
    # The thread of the application itself is one too.
    running = [thread for thread in _living(QThread) if thread.isRunning() and not thread.isCurrentThread()]
    found = [f"the QThread {_described(thread)}" for thread in running]
    for thread in running:
        thread.quit()
        thread.wait(int(1000 * GRACE))
    return found


def spare_what_stays() -> None:
    """Let later searches pass over all that is there at this moment; to be called when nothing was left over."""
    if len(gc.get_objects()) > MANY_OBJECTS:
        _collect_garbage()
        gc.freeze()


def _living(kind: type[Kind]) -> list[Kind]:
    """Return the objects of a Qt class that Python knows of and Qt has not deleted."""
    # The type is asked, not the object: a proxy would answer for somebody else.
    return [thing for thing in gc.get_objects() if issubclass(type(thing), kind) and shiboken6.isValid(thing)]


def _windows() -> list[QWidget]:
    """Return the widgets without a parent, and those that are windows although they have one."""
    return QApplication.topLevelWidgets()


def _is_known(window: QWidget, before: set[int]) -> bool:
    """Tell whether a window was there `before`, or is a tooltip, which Qt itself keeps and hides."""
    return _address(window) in before or window.metaObject().className() == "QTipLabel"


def _address(window: QWidget) -> int:
    """Return the place of the C++ object."""
    return int(shiboken6.getCppPointer(window)[0])


def _collect_garbage() -> None:
    """Let go of what only a ring of references holds: that is garbage, not a leftover."""
    gc.collect()
    _delete_what_is_due()


def _delete_what_is_due() -> None:
    """Let Qt delete the objects that `deleteLater` was called for."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _described(thing: QObject) -> str:
    """Return the class of a Qt object, its name, and whose it is."""
    parent = thing.parent()
    name = f" “{thing.objectName()}”" if thing.objectName() else ""
    owner = f" in {type(parent).__name__}" if parent is not None else ""
    return f"{type(thing).__name__}{name}{owner}"
