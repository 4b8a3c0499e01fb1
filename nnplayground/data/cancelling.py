"""Waiting for a call into a library that cannot be ended from outside, for as long as its result is wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

from nnplayground.data.progress import Progress

LOOK_SECONDS = 0.05
"""So often it is looked whether the result is still wanted."""

Result = TypeVar("Result")


def cancellable(call: Callable[[], Result], progress: Progress) -> Result:
    """Return what a call returns; raises `CancelledError` as soon as the result is no longer wanted.

    The call itself goes on in a thread of its own until it is done, and what comes of it is thrown away then.
    """
    future: Future[Result] = Future()
    threading.Thread(target=_work, args=(call, future), name="uncancelled", daemon=True).start()
    while wait([future], timeout=LOOK_SECONDS).not_done:
        progress.at(progress.share)
    return future.result()


def _work(call: Callable[[], Result], future: Future[Result]) -> None:
    try:
        future.set_result(call())
    except BaseException as error:  # noqa: BLE001  # raised again by `result`; a panic of a Rust library is no Exception
        future.set_exception(error)
