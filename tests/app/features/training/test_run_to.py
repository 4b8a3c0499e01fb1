"""The small window that asks for an epoch: what is possible, what is over already, and what is no epoch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.training.run_to import RunToPopup, next_round
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60)))


class Somewhere:
    """Stands for a training that goes on."""

    def __init__(self) -> None:
        session = Session(Run(SMALL), 1)
        session.train(0, 20)
        session.advance(10_000)
        self.snapshot: Snapshot | None = session.snapshot(epochs_per_second=0.0)

    def now(self) -> Snapshot | None:
        return self.snapshot


@pytest.fixture
def training() -> Somewhere:
    return Somewhere()


@pytest.fixture
def popup(qtbot: QtBot, training: Somewhere) -> Iterator[RunToPopup]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    popup = RunToPopup(training.now, window)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    popup.open_below(window)
    yield popup
    popup.close()
    window.hide()


def type_in(qtbot: QtBot, popup: RunToPopup, text: str) -> None:
    popup.field.selectAll()
    qtbot.keyClicks(popup.field, text)


@pytest.mark.parametrize(
    ("epoch", "wanted"),
    [(0, 100), (99, 100), (100, 200), (230, 300), (999, 1_000), (1_000, 2_000), (1_234, 2_000), (98_765, 100_000)],
)
def test_the_next_round_number_is_proposed(epoch: int, wanted: int) -> None:
    assert next_round(epoch) == wanted


def test_enter_takes_an_epoch_that_is_still_to_come(qtbot: QtBot, popup: RunToPopup) -> None:
    assert (popup.field.text(), popup.button.text()) == ("100", "Run")
    type_in(qtbot, popup, "1 500")
    with qtbot.waitSignal(popup.run_wanted) as caught:
        qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert caught.args == [1500]
    assert not popup.isVisible()


def test_an_epoch_that_can_be_two_is_refused_with_both(qtbot: QtBot, popup: RunToPopup) -> None:
    type_in(qtbot, popup, "1,500")
    with qtbot.assertNotEmitted(popup.run_wanted):
        qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert popup.words.text() == "Epoch is 1,500, which can be 1500 or 1.5; write 1500."
    assert (popup.field.text(), popup.isVisible()) == ("1,500", True)


def test_for_an_epoch_that_is_over_it_offers_the_way_back(qtbot: QtBot, popup: RunToPopup) -> None:
    type_in(qtbot, popup, "7")
    assert popup.button.text() == "Go back"
    assert popup.words.text() == "Epoch 7 is over: training stands at epoch 20."
    with qtbot.waitSignal(popup.travel_wanted) as caught:
        qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert caught.args == [7]


def test_it_says_which_moment_was_kept(qtbot: QtBot, popup: RunToPopup, training: Somewhere) -> None:
    assert training.snapshot is not None
    record = training.snapshot.record
    kept = tuple(one for one in record.checkpoints if one.epoch not in (6, 7))
    training.snapshot = replace(training.snapshot, record=replace(record, checkpoints=kept))
    type_in(qtbot, popup, "7")
    assert popup.words.text().endswith("The nearest moment that was kept is epoch 5.")


@pytest.mark.parametrize(("text", "words"), [("20", "stands at epoch 20 already"), ("", "Type a whole number")])
def test_what_asks_for_nothing_cannot_be_taken(qtbot: QtBot, popup: RunToPopup, text: str, words: str) -> None:
    type_in(qtbot, popup, text)
    if not text:
        qtbot.keyClick(popup.field, Qt.Key.Key_Delete)
    assert words in popup.words.text()
    assert not popup.button.isEnabled()
    runs, travels = QSignalSpy(popup.run_wanted), QSignalSpy(popup.travel_wanted)
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert popup.isVisible()
    assert runs.count() == travels.count() == 0


@pytest.mark.parametrize("text", ["0", "9999999999", "5.5"])
def test_what_is_no_epoch_is_refused_with_a_sentence(qtbot: QtBot, popup: RunToPopup, text: str) -> None:
    type_in(qtbot, popup, text)
    assert not popup.button.isEnabled()
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert popup.words.text().endswith("it must be a whole number from 1 to 1,000,000,000.")
    assert popup.isVisible()


def test_an_epoch_that_passes_while_somebody_types_becomes_the_way_back(
    qtbot: QtBot, popup: RunToPopup, training: Somewhere
) -> None:
    type_in(qtbot, popup, "30")
    assert training.snapshot is not None
    training.snapshot = replace(training.snapshot, epoch=40)
    travels = QSignalSpy(popup.travel_wanted)
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert travels.count() == 1
