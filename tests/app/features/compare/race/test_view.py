"""The page of the race: standings in, pixels, texts and wishes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from nnplayground.app.features.compare.race.lane_row import PICTURE
from nnplayground.app.features.compare.race.view import EMPTY, RacePage
from nnplayground.app.ui.samples.shading import soft_value_table
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from nnplayground.training.many.race import MOST_LANES, Standings, optimizer_lanes, rate_lanes
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.features.compare.race.standings import EARLY, LOST, made_standing, made_standings, two_classes
from tests.app.snapshots import made_snapshot

Make = Callable[..., RacePage]
SGD, ADAM, MOMENTUM = optimizer_lanes(TrainingSpec(), ["sgd", "adam", "momentum"])


@pytest.fixture(name="make_page")
def _make_page(qtbot: QtBot) -> Iterator[Make]:
    pages: list[RacePage] = []

    def make(*, theme: Theme = LIGHT, width: int = 1100, height: int = 300) -> RacePage:
        page = RacePage()
        pages.append(page)
        qtbot.addWidget(page)
        page.set_theme(theme)
        page.resize(width, height)
        page.show()
        return page

    yield make
    for page in pages:
        page.close()


def snapshot(training: TrainingSpec | None = None) -> Snapshot:
    made = made_snapshot(two_classes())
    return replace(made, project=replace(made.project, training=training or TrainingSpec()))


def three() -> Standings:
    """Return three lanes: one that fell to 0.4, one to 0.2, and one that was lost."""
    return made_standings(
        made_standing(SGD, [1.0, 0.8, 0.6, 0.4], rank=2, score=0.9),
        made_standing(ADAM, [1.0, 0.5, 0.3, 0.2], rank=1, score=0.95),
        made_standing(MOMENTUM, [1.0, 1.4], rank=3, stop=LOST),
    )


def box(page: RacePage, name: str) -> QCheckBox:
    found = page.findChild(QCheckBox, f"race_{name}")
    assert isinstance(found, QCheckBox)
    return found


def test_at_first_the_page_says_what_to_do(make_page: Make) -> None:
    page = make_page()
    page.show_frame(snapshot())
    assert page._empty.isVisible()
    assert page._empty.text() == EMPTY
    page.clear()
    assert not page.controls.job.button.isEnabled()


def test_each_lane_says_where_it_is(make_page: Make) -> None:
    page = make_page()
    page.show_standings(three())
    page._texts.now()
    shown = [row for row in page.rows if row.isVisible()]
    assert [row.name.text() for row in shown] == ["SGD", "Adam", "Momentum"]
    assert [row.rank.text() for row in shown] == ["2.", "1.", "–"]
    assert [row.cost.text() for row in shown] == ["0.400", "0.200", "1.40"]
    assert [row.score.text() for row in shown[:2]] == ["90.0 %", "95.0 %"]
    assert [row.bar.value() for row in shown] == [1000, 1000, 333]
    assert shown[0].state.whole_text() == "epoch 3 of 3"
    assert shown[2].state.whole_text() == "diverged in epoch 2"
    assert "Try a smaller learning rate" in shown[2].state.toolTip().replace("\n", " ")
    assert page.head.text() == "Adam won: test cost 0.200, then SGD: 0.400."
    assert "learning rate 0.03" in page.note.text()


def test_a_lane_that_a_rule_has_stopped_says_why(make_page: Make) -> None:
    page = make_page()
    page.show_standings(
        made_standings(made_standing(SGD, [1.0, 0.1], stop=EARLY), made_standing(ADAM, [1.0, 0.9, 0.8, 0.7], rank=2))
    )
    page._texts.now()
    assert page.rows[0].state.whole_text() == "stopped at epoch 1"
    assert "reached the target" in page.rows[0].state.toolTip().replace("\n", " ")


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_lane_shows_what_its_network_answers(make_page: Make, theme: Theme) -> None:
    page = make_page(theme=theme)
    page.show_standings(three())
    image = page.rows[0].picture.pixmap().toImage()
    first, second = (QColor(*soft_value_table(theme)[place, :3].tolist()) for place in (0, -1))
    middle, ratio = image.height() // 2, image.width() // PICTURE
    for across, wanted in ((8 * ratio, first), (26 * ratio, second)):
        found = image.pixelColor(across, middle)
        assert abs(found.red() - wanted.red()) + abs(found.blue() - wanted.blue()) < 12


def test_the_curves_are_drawn_where_they_are_each_with_a_colour_and_dashes_of_its_own(make_page: Make) -> None:
    page = make_page()
    page.show_standings(three())
    pens = [line.pen() for line in page.lines._lines]
    assert len({pen.color().name() for pen in pens}) == MOST_LANES
    assert len({tuple(pen.dashPattern()) for pen in pens}) == MOST_LANES
    frame = page.lines.axes.frame
    inside = frame.canvas.mapFromScene(frame.box.mapViewToScene(QPointF(1.5, 0.7)))
    place = frame.canvas.viewport().mapTo(page, inside)
    image, wanted = page.grab().toImage(), pens[0].color()
    near = [image.pixelColor(place + QPoint(right, down)) for right in range(-2, 3) for down in range(-2, 3)]
    assert any(abs(one.red() - wanted.red()) + abs(one.blue() - wanted.blue()) < 60 for one in near)
    names = [label.item.text() for label in page.lines._labels if label.item.isVisible()]
    assert names == ["SGD", "Adam", "Momentum"]


def test_a_lane_far_above_all_others_does_not_flatten_them(make_page: Make) -> None:
    page = make_page()
    wild = made_standing(MOMENTUM, [1.0, 1e12], rank=3, stop=LOST)
    page.show_standings(made_standings(*three().lanes[:2], wild))
    assert page.lines.axes.frame.box.viewRange()[1][1] < 3.0


def test_start_wishes_for_the_lanes_that_are_ticked(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    training = TrainingSpec(optimizer=OptimizerSpec(learning_rate=0.2))
    page.show_frame(snapshot(training))
    box(page, "optimizers_rmsprop").click()
    with qtbot.waitSignal(page.start_requested) as wish:
        page.controls.job.button.click()
    assert wish.args == [optimizer_lanes(training, ["sgd", "momentum", "adam"]), 100]


def test_nothing_starts_while_a_field_holds_what_cannot_be(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    page.show_frame(snapshot())
    page.controls.epochs.selectAll()
    qtbot.keyClicks(page.controls.epochs, "1,500")
    with qtbot.assertNotEmitted(page.start_requested), qtbot.waitSignal(page.controls.refused) as said:
        page.controls.job.button.click()
    assert said.args == ["Epochs is 1,500, which can be 1500 or 1.5; write 1500."]
    assert page.controls.epochs.text() == "1,500"


def test_a_ladder_of_learning_rates(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    page.show_frame(snapshot())
    page.controls.choice.setCurrentIndex(1)
    page.controls.choice.activated.emit(1)
    assert box(page, "rates_0.001").isVisible()
    assert not box(page, "optimizers_sgd").isVisible()
    box(page, "rates_1").click()
    with qtbot.waitSignal(page.start_requested) as wish:
        page.controls.job.button.click()
    assert wish.args == [rate_lanes(TrainingSpec(), [0.003, 0.03, 0.3, 1.0]), 100]


def test_two_to_six_lanes_can_race(make_page: Make) -> None:
    page = make_page()
    page.show_frame(snapshot())
    button = page.controls.job.button
    for name in ("momentum", "rmsprop", "adam"):
        box(page, f"optimizers_{name}").click()
    assert not button.isEnabled()
    assert "1 lanes are chosen; choose 2 to 6." in button.toolTip()
    for name in ("momentum", "rmsprop", "adam", "nesterov", "adagrad"):
        box(page, f"optimizers_{name}").click()
    assert button.isEnabled()
    assert not box(page, "optimizers_adamw").isEnabled()  # a seventh
    box(page, "optimizers_sgd").click()
    assert box(page, "optimizers_adamw").isEnabled()


def test_use_this_takes_over_what_differs_and_leaves_the_rest_as_it_is_by_now(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    page.show_standings(three())
    now = TrainingSpec(optimizer=OptimizerSpec(learning_rate=0.5), batch_size=3)
    page.show_frame(snapshot(now))
    with qtbot.waitSignal(page.training_chosen) as chosen:
        page.rows[1].use.click()
    assert chosen.args == [replace(now, optimizer=OptimizerSpec("adam", 0.5)), "Use Adam"]


def test_while_the_lanes_race_the_button_cancels(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    page.show_frame(snapshot())
    page.show_working(is_working=True)
    page.show_share(0.5)
    page.show_standings(made_standings(*(replace(lane, stop=None) for lane in three().lanes[:2])))
    qtbot.waitUntil(lambda: page.head.text().startswith("Adam leads"))
    assert page.controls.job.bar.value() == 500
    assert not box(page, "optimizers_sgd").isEnabled()
    with qtbot.waitSignal(page.cancel_requested):
        page.controls.job.button.click()
    page.show_working(is_working=False)
    assert box(page, "optimizers_sgd").isEnabled()
    assert page.head.text().startswith("Adam was ahead")


def test_the_table_holds_all_curves_to_the_end_of_the_longest(make_page: Make) -> None:
    page = make_page()
    assert page.lines.export_table() == {}
    page.show_standings(three())
    table = page.lines.export_table()
    assert table["epoch"].tolist() == [0.0, 1.0, 2.0, 3.0]
    assert table["Adam test"].tolist() == [1.0, 0.5, 0.3, 0.2]
    assert table["Momentum train"][:2].tolist() == [1.0, 1.4]
    assert np.isnan(table["Momentum train"][2:]).all()


def test_hard_numbers_do_no_harm(make_page: Make) -> None:
    page = make_page()
    nan, inf = float("nan"), float("inf")
    for log in (False, True):
        page.controls.log.setChecked(log)
        for costs in ([0.0, 0.0], [nan], [1.0, inf], [1e300, 1e-300], [-1.0, -2.0]):
            page.show_standings(made_standings(made_standing(SGD, costs), made_standing(ADAM, [0.0], stop=LOST)))
            page._texts.now()
            assert not page.grab().isNull()


def test_without_maps_there_is_no_picture(make_page: Make) -> None:
    page = make_page()
    page.show_standings(made_standings(*(replace(lane, maps=None) for lane in three().lanes)))
    assert not page.rows[0].picture.isVisible()


def test_every_control_has_a_name_and_says_what_it_does(make_page: Make) -> None:
    page = make_page()
    page.show_frame(snapshot())
    page.show_standings(three())
    controls = page.controls
    for control in (controls.choice, controls.epochs, controls.log, controls.job.button, page.rows[0].use):
        assert control.objectName()
        assert control.toolTip()
        assert control.height() >= 24
    for check in controls.boxes["optimizers"].values():
        assert check.objectName() and check.toolTip() and check.height() >= 24


def test_a_hidden_page_draws_when_it_is_shown(qtbot: QtBot) -> None:
    page = RacePage()
    qtbot.addWidget(page)
    page.show_standings(three())
    assert page.rows[0].name.text() == ""
    page.show()
    assert page.rows[0].name.text() == "SGD"
    page.close()
