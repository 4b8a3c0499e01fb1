"""Work in the background comes back, tells how far it is, is cancelled, and gives way to newer work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.background import Background, Newest, Telling
from nnplayground.data.progress import CancelledError, Progress
from nnplayground.errors import InputError

PATIENCE = 30_000


@pytest.fixture
def work(qapp: object) -> Iterator[Background]:
    work = Background()
    yield work
    work.close()


@pytest.fixture
def newest(qapp: object) -> Iterator[Newest]:
    newest = Newest()
    yield newest
    newest.close()


def work_until_cancelled(started: threading.Event, progress: Progress) -> str:
    """Tell that the work has begun, and go on until it is cancelled."""
    while True:
        progress.at(0.5)
        started.set()


def answer(text: str, progress: Progress) -> str:
    """Tell how far the work is, and return the text."""
    progress.at(1.0)
    return text


def test_a_result_and_a_sentence_come_back(qtbot: QtBot, work: Background) -> None:
    with qtbot.waitSignal(work.done, timeout=PATIENCE) as done:
        assert work.start(partial(str, 12))
    assert done.args == ["12"]

    def refuse() -> None:
        raise InputError("it is wrong")

    with qtbot.waitSignal(work.failed, timeout=PATIENCE) as failed:
        assert work.start(refuse)
    assert failed.args == ["it is wrong"]


def test_an_error_of_the_program_is_told_and_not_thrown(qtbot: QtBot, work: Background) -> None:
    with qtbot.waitSignal(work.failed, timeout=PATIENCE) as failed:
        work.start(partial(int, "x"))
    assert "An error of the program ended the work (ValueError in " in failed.args[0]


def test_progress_is_told_and_a_cancelled_job_ends_without_a_result(qtbot: QtBot, work: Background) -> None:
    progress, started = Progress(), threading.Event()
    done = QSignalSpy(work.done)
    with qtbot.waitSignal(work.advanced, timeout=PATIENCE, check_params_cb=lambda share: share == 0.5):
        assert work.start(partial(work_until_cancelled, started, progress), progress)
        assert not work.start(partial(str, 1))
    with qtbot.waitSignal(work.cancelled, timeout=PATIENCE):
        work.cancel()
    assert not work.busy
    assert done.count() == 0
    with qtbot.waitSignal(work.done, timeout=PATIENCE):
        work.start(partial(str, 1))


def test_to_close_ends_the_job_under_way(qapp: object, work: Background) -> None:
    progress, started = Progress(), threading.Event()
    work.start(partial(work_until_cancelled, started, progress), progress)
    started.wait()
    work.close()
    assert not work.busy


def test_to_cancel_where_nothing_is_done_does_nothing(qtbot: QtBot, work: Background) -> None:
    work.cancel()
    with qtbot.waitSignal(work.done, timeout=PATIENCE):
        work.start(partial(str, 1))


def test_only_the_newest_job_answers(qtbot: QtBot, newest: Newest) -> None:
    started = threading.Event()
    answers = QSignalSpy(newest.done)
    newest.start(partial(work_until_cancelled, started))
    started.wait()
    newest.start(partial(answer, "second"))
    newest.start(partial(answer, "third"))
    qtbot.waitUntil(lambda: answers.count() > 0, timeout=PATIENCE)
    assert [answers.at(place) for place in range(answers.count())] == [["third"]]
    assert not newest.running


def test_what_is_cancelled_answers_nothing(qtbot: QtBot, newest: Newest) -> None:
    started = threading.Event()
    answers = QSignalSpy(newest.done)
    newest.start(partial(work_until_cancelled, started))
    started.wait()
    newest.start(partial(answer, "second"))
    newest.cancel()
    qtbot.waitUntil(lambda: not newest.running, timeout=PATIENCE)
    assert answers.count() == 0


def test_a_new_job_may_be_asked_for_in_answer_to_the_last(qtbot: QtBot, newest: Newest) -> None:
    answers: list[str] = []

    def go_on(text: str) -> None:
        answers.append(text)
        if text == "first":
            newest.start(partial(answer, "second"))

    newest.done.connect(go_on)
    newest.start(partial(answer, "first"))
    qtbot.waitUntil(lambda: answers == ["first", "second"], timeout=PATIENCE)


def tell_and_wait(tell: Callable[[object], None], progress: Progress) -> None:
    """Tell something, wait to be cancelled, and tell the last."""
    tell("first")
    try:
        while True:
            progress.at(0.5)
    except CancelledError:
        tell("last")


def refuse(_tell: Callable[[object], None], _progress: Progress) -> None:
    raise InputError("it is wrong")


def test_a_job_that_tells_on_the_way_ends_with_what_it_has_when_it_is_cancelled(qtbot: QtBot, qapp: object) -> None:
    told: list[object] = []
    telling = Telling()
    telling.told.connect(told.append)
    with qtbot.waitSignal(telling.told, timeout=PATIENCE):
        assert telling.start(tell_and_wait)
    assert telling.busy
    assert not telling.start(tell_and_wait)
    with qtbot.waitSignal(telling.ended, timeout=PATIENCE):
        telling.cancel()
    assert told == ["first", "last"]
    assert not telling.busy


def test_a_job_that_tells_and_cannot_be_done_says_why_and_ends(qtbot: QtBot, qapp: object) -> None:
    telling = Telling()
    with qtbot.waitSignals([telling.failed, telling.ended], timeout=PATIENCE, order="strict"):
        telling.start(refuse)
    telling.close()
