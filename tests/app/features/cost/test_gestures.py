"""What mouse and keyboard do over the plots: zoom at the pointer, move, follow, show all, read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.cost.view import CostView
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.time_travel.history_record import Event, HistoryRecord
from tests.app.features.cost.views import WIDE, drag, falling, foot_text, seen, shown_view, spot, turn_wheel

KEYS = Qt.Key


@pytest.fixture(name="view")
def _view(qtbot: QtBot) -> Iterator[CostView]:
    with shown_view(qtbot) as view:
        view.show_frame(falling(100))
        yield view


def button(view: CostView, name: str) -> QToolButton:
    found = view.findChild(QToolButton, name)
    assert isinstance(found, QToolButton)
    return found


def test_the_wheel_zooms_at_the_pointer_and_back(view: CostView) -> None:
    plot = view.plots[0]
    viewport = plot.frame.canvas.viewport()
    place = spot(plot, 25.0)
    pointed = plot.places.epoch(place.x())
    turn_wheel(viewport, place, 4)
    first, last = seen(plot)
    assert last - first == pytest.approx(100.0 / 1.25**4)
    assert plot.places.epoch(place.x()) == pytest.approx(pointed)
    turn_wheel(viewport, place, -5)
    assert seen(plot) == (0.0, 100.0)


def test_a_drag_moves_the_part_in_view_and_a_double_click_shows_all(view: CostView) -> None:
    plot = view.plots[0]
    viewport = plot.frame.canvas.viewport()
    turn_wheel(viewport, spot(plot, 50.0), 4)
    before, taken = seen(plot), plot.places.epoch(spot(plot, 50.0).x())
    drag(viewport, spot(plot, 50.0), spot(plot, 50.0) + QPoint(40, 3))
    assert seen(plot)[0] < before[0]
    assert plot.places.epoch(spot(plot, taken).x()) == pytest.approx(taken, abs=0.5)
    assert seen(plot)[1] - seen(plot)[0] == pytest.approx(before[1] - before[0])
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot(plot, 40.0))
    assert seen(plot) == (0.0, 100.0)


def test_what_is_all_in_view_cannot_be_dragged(view: CostView) -> None:
    plot = view.plots[0]
    viewport = plot.frame.canvas.viewport()
    drag(viewport, spot(plot, 50.0), spot(plot, 20.0))
    assert seen(plot) == (0.0, 100.0)
    assert viewport.cursor().shape() == Qt.CursorShape.ArrowCursor
    turn_wheel(viewport, spot(plot, 50.0), 4)
    assert viewport.cursor().shape() == Qt.CursorShape.OpenHandCursor


def test_the_keyboard_zooms_moves_and_shows_all(view: CostView) -> None:
    plot = view.plots[0]
    scrubber = plot.scrubber
    QTest.keyClick(scrubber, KEYS.Key_Plus)
    first, last = seen(plot)
    assert 0.0 < first < 50.0 < last < 100.0
    QTest.keyClick(scrubber, KEYS.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert seen(plot)[0] > first
    QTest.keyClick(scrubber, KEYS.Key_0)
    assert seen(plot) == (0.0, 100.0)


def test_a_part_in_view_stays_and_with_follow_it_goes_along(view: CostView) -> None:
    plot, follow, everything = view.plots[0], button(view, "cost_follow"), button(view, "cost_show_all")
    assert not follow.isVisible()
    turn_wheel(plot.frame.canvas.viewport(), spot(plot, 90.0), 6)
    before = seen(plot)
    view.show_frame(falling(400))
    assert seen(plot) == before
    follow.click()
    first, last = seen(plot)
    assert last - first == pytest.approx(before[1] - before[0])
    assert first < 400 <= last
    view.show_frame(falling(500))
    assert seen(plot)[0] < 500 <= seen(plot)[1]
    everything.click()
    assert seen(plot) == (0.0, 500.0)
    assert not (follow.isVisible() or everything.isVisible())


def test_a_zoomed_curve_fits_the_height_and_keeps_its_zero(view: CostView) -> None:
    plot = view.plots[0]
    assert plot.frame.box.viewRange()[1][1] >= 1.0
    turn_wheel(plot.frame.canvas.viewport(), spot(plot, 95.0), 9)
    low, high = plot.frame.box.viewRange()[1]
    assert low == 0.0
    assert high < 0.3


def test_a_curve_that_grows_by_less_than_a_pixel_is_drawn_a_few_times_a_second(view: CostView, qtbot: QtBot) -> None:
    moment = replace(falling(20_000), running=True)
    view.show_frame(moment)
    trace = view.plots[0].traces[0]
    lengths = []
    for grown in range(1, 9):
        train = np.append(moment.curve.train_cost, np.zeros(grown))
        view.show_frame(replace(moment, curve=replace(moment.curve, train_cost=train, test_cost=train)))
        lengths.append(len(trace.values))
    assert len(set(lengths)) <= 2
    qtbot.waitUntil(lambda: len(trace.values) == 20_009)


def test_a_label_tells_no_number_whose_place_is_out_of_view(view: CostView, qtbot: QtBot) -> None:
    plot = view.plots[0]
    assert plot.traces[0].label.item.text() == "train 0"
    turn_wheel(plot.frame.canvas.viewport(), spot(plot, 20.0), 6)
    qtbot.waitUntil(lambda: plot.traces[0].label.item.text() == "train")


def scored(epochs: int) -> Snapshot:
    """Return a moment with an accuracy that rises from 0 to 1."""
    moment = falling(epochs)
    scores = 1.0 - moment.curve.train_cost
    return replace(moment, curve=replace(moment.curve, train_score=scores, test_score=scores))


def test_two_plots_beside_each_other_share_epochs_pointer_and_zoom(qtbot: QtBot) -> None:
    with shown_view(qtbot, WIDE) as view:
        view.show_frame(scored(100))
        cost, score = view.plots
        assert (cost.measure.title, score.measure.title) == ("Cost", "Accuracy")
        assert score.isVisible() and cost.width() > 300
        turn_wheel(score.frame.canvas.viewport(), spot(score, 50.0), 3)
        assert seen(cost) == seen(score) != (0.0, 100.0)
        qtbot.mouseMove(cost.frame.canvas.viewport(), spot(cost, 50.0))
        qtbot.waitUntil(lambda: foot_text(view).startswith("epoch 50: train 0.500, test 0.500; accuracy train 50.0 %"))
        assert cost._marker.isVisible() and score._marker.isVisible()


def test_where_there_is_no_room_for_both_the_header_switches_between_them(view: CostView, qtbot: QtBot) -> None:
    view.show_frame(scored(100))
    with qtbot.waitSignal(view.scores_chosen) as told:
        button(view, "show_score").click()
    assert told.args == [True]
    assert view.shows_scores
    (plot,) = view.plots
    assert plot.isVisible() and plot.measure.title == "Accuracy"
    assert plot.frame.box.viewRange()[1] == [0.0, 1.0]
    assert [text for _, text in plot.frame._ticks["left"]][-1] == "100"
    assert plot.traces[0].label.item.text() == "train 100.0 %"
    view.shows_scores = False
    assert view.plots[0].measure.title == "Cost"


def test_a_sign_is_explained_by_its_tooltip_and_in_the_reading(view: CostView, qtbot: QtBot) -> None:
    moment = falling(100)
    view.show_frame(replace(moment, record=HistoryRecord(events=(Event(50, "edited"),), last_epoch=100)))
    plot = view.plots[0]
    above = spot(plot, 50.0, 1.0) - QPoint(0, 6)
    assert plot.marks.text_at(above.x(), above.y()) == "Epoch 50: numbers edited by hand"
    assert plot.marks.text_at(above.x() + 30, above.y()) == ""
    qtbot.mouseMove(plot.frame.canvas.viewport(), spot(plot, 50.0))
    qtbot.waitUntil(lambda: foot_text(view).endswith("; numbers edited by hand"))


def test_a_penalty_has_a_line_of_its_own_as_soon_as_there_is_one(view: CostView) -> None:
    penalty = next(trace for trace in view.plots[0].traces if trace.name == "penalty")
    assert penalty.item.path().isEmpty()
    moment = falling(100)
    curve = replace(moment.curve, penalty=np.where(np.arange(101) < 40, 0.0, 0.2))
    view.show_frame(
        replace(moment, curve=curve, penalty=0.2, record=HistoryRecord(last_epoch=100, events=(Event(40, "changed"),)))
    )
    assert not penalty.item.path().isEmpty()
    assert penalty.label.item.text() == "penalty 0.200"
    assert view.plots[0].export_table()["penalty"][[39, 40]].tolist() == [0.0, 0.2]


def test_labels_that_were_due_when_the_network_went_do_no_harm(view: CostView, qtbot: QtBot) -> None:
    moment = falling(100)
    for epochs in (101, 102):
        view.show_frame(replace(falling(epochs), running=True))
    view.clear()
    qtbot.waitUntil(lambda: not view._labels_pacer._timer.isActive())
    assert foot_text(view) == ""
    view.show_frame(moment)
    assert view.plots[0].traces[0].label.item.text() == "train 0"
