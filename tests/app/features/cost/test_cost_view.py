"""The cost view: a hand-made curve in, pixels and texts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.cost.view import EMPTY, IDLE, CostView
from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import Prepared
from tests.app.snapshots import made_curve, made_data, made_snapshot

Make = Callable[..., CostView]

FALLING = [0.8, 0.4, 0.2, 0.1]


@pytest.fixture(name="make_view")
def _make_view(qtbot: QtBot) -> Iterator[Make]:
    # Held until it is closed: a window that nobody holds may be collected as garbage while it paints itself.
    views: list[CostView] = []

    def make(*, theme: Theme = LIGHT) -> CostView:
        view = CostView()
        views.append(view)
        qtbot.addWidget(view)
        view.set_theme(theme)
        view.resize(460, 300)
        view.show()
        return view

    yield make
    for view in views:
        view.close()


def with_test() -> Prepared:
    return made_data([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]], [0.0, 1.0, 1.0], test=[2])


def snapshot(train: Sequence[float], test: Sequence[float] | None = None, *, generation: int = 1) -> Snapshot:
    data = with_test() if test is not None else made_data([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0])
    return made_snapshot(data, curve=made_curve(train, test), generation=generation)


def position(view: CostView, epoch: float, height: float) -> QPoint:
    frame = view._plot.frame
    inside = frame.canvas.mapFromScene(frame.box.mapViewToScene(QPointF(epoch, height)))
    place: QPoint = frame.canvas.viewport().mapTo(view, inside)
    return place


def has_near(view: CostView, epoch: float, height: float, color: str) -> bool:
    """Tell whether a pixel within two of the place has nearly this colour."""
    image, place, wanted = view.grab().toImage(), position(view, epoch, height), QColor(color)
    found = [image.pixelColor(place + QPoint(right, down)) for right in range(-2, 3) for down in range(-2, 3)]
    return any(
        abs(one.red() - wanted.red()) + abs(one.green() - wanted.green()) + abs(one.blue() - wanted.blue()) < 60
        for one in found
    )


def texts(view: CostView) -> list[str]:
    return [trace.label.item.text() for trace in view._plot.traces if trace.label.item.isVisible()]


def read_out(view: CostView) -> str:
    found = view.findChild(ElidedLabel, "cost_read_out")
    assert isinstance(found, ElidedLabel)
    return found.whole_text()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_train_and_test_are_drawn_where_their_costs_are(make_view: Make, theme: Theme) -> None:
    view = make_view(theme=theme)
    view.show_frame(snapshot(FALLING, [0.8, 0.7, 0.65, 0.6]))
    for epoch, cost in enumerate(FALLING):
        assert has_near(view, epoch, cost, theme.accent)
    assert any(has_near(view, epoch, 0.8 - 0.1 * epoch, theme.muted) for epoch in (0.5, 0.6, 0.7))
    assert not has_near(view, 1.5, 0.1, theme.accent)


def test_the_ends_of_the_lines_say_which_they_are_and_where_they_stand(make_view: Make) -> None:
    view = make_view()
    view.show_frame(snapshot(FALLING, [0.8, 0.7, 0.65, 0.6]))
    assert texts(view) == ["train 0.100", "test 0.600"]
    train, _, test = (trace.label.item.sceneBoundingRect() for trace in view._plot.traces[:3])
    assert test.bottom() <= train.top()
    assert view._plot.frame.canvas.sceneRect().contains(train)


def test_without_a_test_part_there_is_one_line(make_view: Make) -> None:
    view = make_view()
    view.show_frame(snapshot(FALLING))
    assert texts(view) == ["train 0.100"]
    assert view._plot.traces[2].item.path().isEmpty()


def test_before_the_first_epoch_the_view_says_what_to_do(make_view: Make) -> None:
    view = make_view()
    view.show_frame(snapshot([0.7]))
    empty = view.findChild(QLabel, "cost_empty")
    assert isinstance(empty, QLabel)
    assert empty.isVisible()
    assert empty.text() == EMPTY
    view.show_frame(snapshot([0.7, 0.6]))
    assert not empty.isVisible()
    view.show_frame(snapshot([0.9], generation=2))
    assert empty.isVisible()


def test_the_linear_axis_begins_at_zero_and_the_log_axis_has_powers_of_ten(make_view: Make) -> None:
    view = make_view()
    view.show_frame(snapshot([1.0, 0.1, 0.01, 0.001]))
    assert view._plot.frame.box.viewRange()[1] == [0.0, pytest.approx(1.2)]
    view.log_scale = True
    low, high = view._plot.frame.box.viewRange()[1]
    assert low <= -3.0
    assert high >= 0.0
    for epoch in range(4):
        assert has_near(view, epoch, -epoch, LIGHT.accent)
    assert has_near(view, 1.5, -1.5, LIGHT.accent)
    assert [text for _, text in view._plot.frame._ticks["left"]] == ["0.001", "0.01", "0.1", "1"]


def test_the_check_box_switches_the_axis_and_tells_of_it(make_view: Make, qtbot: QtBot) -> None:
    view = make_view()
    box = view.findChild(QCheckBox, "cost_log_scale")
    assert isinstance(box, QCheckBox)
    with qtbot.waitSignal(view.log_scale_changed) as told:
        box.click()
    assert told.args == [True]
    assert view.log_scale
    assert box.accessibleName()
    assert box.toolTip()


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "train", [[0.5, 0.0, 0.0], [np.nan] * 3, [0.5, np.inf, 0.4, np.nan], [0.0, 0.0], [1e300, 1e-300], [-0.2, 0.4, -0.1]]
)
def test_costs_that_are_hard_to_draw_do_no_harm(make_view: Make, train: list[float], log: bool) -> None:
    view = make_view()
    view.log_scale = log
    view.show_frame(snapshot(train, train))
    assert not view.grab().isNull()
    assert np.isfinite(view._plot.frame.box.viewRange()).all()


def test_a_cost_of_zero_lies_at_the_foot_of_the_log_axis(make_view: Make) -> None:
    view = make_view()
    view.log_scale = True
    view.show_frame(snapshot([1.0, 0.1, 0.0, 0.0]))
    low = view._plot.frame.box.viewRange()[1][0]
    assert has_near(view, 2.5, low + 0.02, LIGHT.accent)
    assert texts(view) == ["train 0"]


def test_a_cost_that_is_infinite_leaves_a_gap_and_is_named(make_view: Make) -> None:
    view = make_view()
    view.show_frame(snapshot([0.5, 0.4, np.inf]))
    assert texts(view) == ["train ∞"]
    assert view._plot.frame.box.viewRange()[1][1] < 1.0


def test_a_hundred_thousand_epochs_are_a_few_hundred_points(make_view: Make) -> None:
    view = make_view()
    noise = np.random.default_rng(1).uniform(0.9, 1.1, 100_001)
    view.show_frame(snapshot((np.exp(-np.arange(100_001) / 2e4) * noise).tolist()))
    assert len(view._plot.traces[0].epochs) <= 2 * view.width() + 6
    assert view._plot.frame.box.viewRange()[0] == [0.0, 100_000.0]


def test_hovering_reads_the_epoch_under_the_pointer(make_view: Make, qtbot: QtBot) -> None:
    view = make_view()
    view.show_frame(snapshot(FALLING, [0.8, 0.7, 0.65, 0.6]))
    viewport = view._plot.frame.canvas.viewport()
    place = viewport.mapFrom(view, position(view, 2.0, 0.5))
    qtbot.mouseMove(viewport, place + QPoint(4, 4))
    qtbot.mouseMove(viewport, place)
    qtbot.waitUntil(lambda: read_out(view) == "epoch 2: train 0.200, test 0.650")
    qtbot.mouseMove(viewport, QPoint(1, 1))
    qtbot.waitUntil(lambda: read_out(view) == IDLE)


def test_a_curve_that_has_not_grown_is_not_drawn_again(make_view: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    view = make_view()
    view.show_frame(snapshot(FALLING))
    drawn: list[tuple[float, float]] = []
    look_at = view._plot.look_at

    def counted(window: tuple[float, float], *, whole: bool) -> None:
        drawn.append(window)
        look_at(window, whole=whole)

    monkeypatch.setattr(view._plot, "look_at", counted)
    view.show_frame(snapshot(FALLING))
    assert drawn == []
    view.show_frame(snapshot([*FALLING, 0.05]))
    assert drawn == [(0.0, 5.0)]


def test_a_restarted_run_begins_a_curve_of_its_own(make_view: Make) -> None:
    view = make_view()
    view.show_frame(snapshot(FALLING))
    view.show_frame(snapshot([0.9, 0.7, 0.6, 0.55, 0.5]))
    assert view._plot.traces[0].span.lowest == 0.5
    view.show_frame(snapshot([0.9, 0.3]))
    assert view._plot.traces[0].span.lowest == 0.3
    view.show_frame(snapshot([0.9, 0.3], generation=2))
    assert texts(view) == ["train 0.300"]


def test_a_hidden_view_does_nothing_until_it_is_shown(qtbot: QtBot) -> None:
    view = CostView()
    qtbot.addWidget(view)
    view.show_frame(snapshot(FALLING))
    assert len(view._plot.traces[0].values) == 0
    view.show()
    assert len(view._plot.traces[0].values) == 4
    view.close()


def test_the_theme_changes_at_once(make_view: Make) -> None:
    view = make_view()
    view.show_frame(snapshot(FALLING))
    view.set_theme(DARK)
    assert has_near(view, 1.0, 0.4, DARK.accent)


def test_the_cost_is_named_in_plain_words(make_view: Make) -> None:
    view = make_view()
    view.show_frame(snapshot(FALLING))
    name = view.findChild(ElidedLabel, "cost_name")
    assert isinstance(name, ElidedLabel)
    assert name.whole_text() == "Half squared error"


def test_a_control_of_somebody_else_stands_before_the_choice_of_the_scale(qtbot: QtBot, make_view: Make) -> None:
    view = make_view()
    button = QToolButton(view)
    button.setText("More")
    view.add_control(button)
    log = view.findChild(QCheckBox, "cost_log_scale")
    assert log is not None
    qtbot.waitUntil(button.isVisible)
    qtbot.waitUntil(lambda: button.geometry().right() < log.x())
