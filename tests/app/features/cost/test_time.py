"""Going back in time on the cost view: the scrubber, the curves that were left, where one stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.cost.view import CostView
from nnplayground.app.ui.theme import HIT_AREA
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.thread.session import Session
from tests.app.features.cost.views import NARROW, WIDE, drag, foot_text, shown_view, track_spot, turn_wheel
from tests.plans import retune
from tests.training.moments import trained_session

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=50, noise=0.1)))
KEYS = Qt.Key


def moment(session: Session) -> Snapshot:
    return session.snapshot(epochs_per_second=0.0)


def retuned(session: Session, rate: float) -> None:
    training = session.run.project.training
    retune(session, replace(training, optimizer=replace(training.optimizer, learning_rate=rate)))


@pytest.fixture(name="session")
def _session() -> Session:
    """A run of 40 epochs."""
    return trained_session(SMALL, 40)


@pytest.fixture(name="view")
def _view(qtbot: QtBot, session: Session) -> Iterator[CostView]:
    """A view that is answered at once by the session."""
    with shown_view(qtbot, NARROW) as view:

        def travel(epoch: int | None) -> None:
            session.travel(epoch)
            view.show_frame(moment(session))

        view.travel_wanted.connect(travel)
        view.show_frame(moment(session))
        yield view


def wish_button(view: CostView, name: str) -> QToolButton:
    found = view.findChild(QToolButton, name)
    assert isinstance(found, QToolButton)
    return found


def test_the_handle_is_dragged_back_and_the_rest_of_the_curve_grows_pale(
    view: CostView, session: Session, qtbot: QtBot
) -> None:
    plot = view.plots[0]
    drag(plot.scrubber, track_spot(plot, 40.0), track_spot(plot, 10.0))
    assert session.run.epoch == 10
    assert plot.traces[0].epochs[-1] == 10.0
    (left,) = plot.ghosts.left
    assert left.lines[0].epochs[[0, -1]].tolist() == [10.0, 40.0]
    assert left.lines[0].item.opacity() < 0.6
    view._point_nowhere()
    qtbot.waitUntil(lambda: foot_text(view) == "Epoch 10 of 40. Play goes on from here.")


def test_back_to_now_is_offered_only_while_one_is_back(view: CostView, session: Session) -> None:
    now = wish_button(view, "back_to_now")
    assert not now.isVisible()
    view.travel_wanted.emit(10)
    assert now.isVisible()
    now.click()
    assert session.run.epoch == 40
    assert not now.isVisible()
    assert view.plots[0].ghosts.left == []


def test_the_keyboard_goes_through_the_kept_moments(view: CostView, session: Session) -> None:
    scrubber = view.plots[0].scrubber
    for key, epoch in (
        (KEYS.Key_Left, 39), (KEYS.Key_Left, 38), (KEYS.Key_Right, 39), (KEYS.Key_PageDown, 35), (KEYS.Key_Home, 0),
        (KEYS.Key_PageUp, 4), (KEYS.Key_End, 40),
    ):  # fmt: skip
        QTest.keyClick(scrubber, key)
        assert session.run.epoch == epoch
    assert not session.branch_history.is_back


def test_a_click_jumps_and_a_click_beyond_the_end_leads_to_the_newest_moment(view: CostView, session: Session) -> None:
    plot = view.plots[0]
    QTest.mouseClick(plot.scrubber, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, track_spot(plot, 7.0))
    assert session.run.epoch == 7
    end = QPoint(plot.scrubber.width() - 1, 12)
    QTest.mouseClick(plot.scrubber, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert session.run.epoch == 40


def test_the_scrubber_can_be_hit_and_lies_on_the_axis(view: CostView) -> None:
    plot = view.plots[0]
    scrubber = plot.scrubber
    assert scrubber.height() >= HIT_AREA
    assert plot.frame.rect().contains(scrubber.geometry())
    assert abs(scrubber.x() + track_spot(plot, 20.0).x() - plot.places.across(20.0)) <= 1.0
    assert plot.places.left == pytest.approx(plot.frame.box.sceneBoundingRect().left())
    handle = scrubber._track._handle
    assert handle.x() == pytest.approx(plot.places.across(40.0))
    turn_wheel(plot.frame.canvas.viewport(), QPoint(round(plot.places.across(5.0)), 40), 6)
    assert not handle.isVisible()


def test_training_on_with_other_settings_leaves_the_old_curve_pale(view: CostView, session: Session) -> None:
    before = moment(session).curve.train_cost.copy()
    view.travel_wanted.emit(10)
    retuned(session, 0.3)
    session.train(batches=0, epochs=5)
    while session.playing:
        session.advance(100)
    view.show_frame(moment(session))
    plot = view.plots[0]
    assert plot.traces[0].epochs[-1] == 15.0
    (left,) = plot.ghosts.left
    assert np.array_equal(left.lines[0].heights, before[10:])
    table = plot.export_table()
    assert {len(column) for column in table.values()} == {41}
    assert np.isnan(table["train_cost"][16:]).all()
    assert np.isnan(table["left_1_train_cost"][:10]).all()
    assert np.array_equal(table["left_1_train_cost"][10:], before[10:])
    view._point(12)
    assert "left behind" in view.plots[0].reading(12)


def test_how_a_moment_was_trained_is_told_and_can_be_used(view: CostView, session: Session, qtbot: QtBot) -> None:
    retuned(session, 0.1)
    session.train(batches=0, epochs=10)
    while session.playing:
        session.advance(100)
    view.show_frame(moment(session))
    use = wish_button(view, "use_settings_of_then")
    view.travel_wanted.emit(45)
    assert not use.isVisible()
    view.travel_wanted.emit(20)
    qtbot.waitUntil(lambda: "Then with learning rate 0.03." in foot_text(view))
    with qtbot.waitSignal(view.training_wanted) as wanted:
        use.click()
    assert wanted.args is not None
    assert wanted.args[0].optimizer.learning_rate == 0.03
    retuned(session, 0.03)
    view.show_frame(moment(session))
    assert not use.isVisible()


def test_before_the_first_kept_moment_the_way_is_closed_and_the_tooltip_says_why(
    view: CostView, session: Session, qtbot: QtBot
) -> None:
    now = moment(session)
    kept = tuple(one for one in now.record.checkpoints if one.epoch >= 12)
    view.show_frame(replace(now, record=replace(now.record, checkpoints=kept)))
    scrubber = view.plots[0].scrubber
    qtbot.waitUntil(lambda: "Before epoch 12 the network had another shape" in scrubber.toolTip().replace("\n", " "))
    assert scrubber._track._closed.isVisible()
    line = scrubber._track._closed.line()
    assert line.x2() == pytest.approx(view.plots[0].places.across(12.0))


def test_both_plots_go_back_together(qtbot: QtBot, session: Session) -> None:
    with shown_view(qtbot, WIDE) as view:
        session.travel(20)
        view.show_frame(moment(session))
        for plot in view.plots:
            assert plot.traces[0].epochs[-1] == 20.0
            assert plot.scrubber._track._handle.x() == pytest.approx(plot.places.across(20.0))
        assert [plot.places.top for plot in view.plots] == [view.plots[0].places.top] * 2


def test_while_one_is_back_at_the_very_start_there_is_still_a_plot(view: CostView, session: Session) -> None:
    view.travel_wanted.emit(0)
    assert session.run.epoch == 0
    assert view.plots[0].isVisible()


def test_a_hidden_view_asks_for_nothing_and_draws_when_it_comes_back(view: CostView, session: Session) -> None:
    view.hide()
    session.travel(20)
    view.show_frame(moment(session))
    assert view.plots[0].traces[0].epochs[-1] == 40.0
    view.show()
    assert view.plots[0].traces[0].epochs[-1] == 20.0


def test_the_keyboard_stays_at_the_plots_when_what_had_it_goes(view: CostView, qtbot: QtBot) -> None:
    view.activateWindow()
    plot, now = view.plots[0], wish_button(view, "back_to_now")
    view.travel_wanted.emit(10)
    now.setFocus()
    qtbot.waitUntil(now.hasFocus)
    QTest.keyClick(now, KEYS.Key_Space)
    assert plot.scrubber.hasFocus()
    view.shows_scores = True
    (other,) = view.plots
    assert other is not plot
    qtbot.waitUntil(other.scrubber.hasFocus)


class PaintCounter(QObject):
    """Counts how often something is painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_scrubber_that_moves_is_not_painted_as_that_leaves_traces_of_what_moves_below_it(view: CostView) -> None:
    scrubber = view.plots[0].scrubber
    painted = PaintCounter(scrubber)
    scrubber.repaint()
    assert painted.count == 1
    scrubber.setMaximum(scrubber.maximum() + 100)
    scrubber.setValue(scrubber.value() + 1)
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    assert painted.count == 1
