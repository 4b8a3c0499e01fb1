"""What a library does can be left alone while it is still at work."""

from __future__ import annotations

import threading

import pytest

from nnplayground.data.cancelling import cancellable
from nnplayground.data.progress import CancelledError, Progress


def test_the_result_and_the_error_of_a_call_come_back() -> None:
    assert cancellable(lambda: 7, Progress()) == 7
    with pytest.raises(ZeroDivisionError):
        cancellable(lambda: 1 // 0, Progress())


def test_a_call_that_is_still_at_work_is_left_alone() -> None:
    held, begun, ended = threading.Event(), threading.Event(), threading.Event()
    progress = Progress()

    def work() -> None:
        begun.set()
        progress.cancel()
        held.wait()
        ended.set()

    with pytest.raises(CancelledError):
        cancellable(work, progress)
    assert begun.is_set() and not ended.is_set()
    held.set()
    for thread in threading.enumerate():
        if thread.name == "uncancelled":
            thread.join()
    assert ended.is_set()
