"""The page of many seeds: a hand-made study in, pixels, texts and wishes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.compare.seeds.controls import MOST_USUAL_EPOCHS
from nnplayground.app.features.compare.seeds.view import EMPTY, IDLE, OTHER_SETTINGS, SeedsPage
from nnplayground.app.features.compare.seeds.words import named_help
from nnplayground.app.ui.plots.frame import PlotFrame
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from nnplayground.project.model import InitializerSpec, Project
from nnplayground.training.many.seeds import SeedsRequest
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.parts import Part
from tests.app.features.compare.seeds.studies import DONE, LOST, data_of, made_study
from tests.app.snapshots import made_curve, made_snapshot

Make = Callable[..., SeedsPage]
CURVES = [[1.0, 0.8, 0.6, end] for end in (0.1, 0.2, 0.4)]
SCORES = [1.0, 0.97, 0.6]


@pytest.fixture(name="make_page")
def _make_page(qtbot: QtBot) -> Iterator[Make]:
    pages: list[SeedsPage] = []

    def make(*, theme: Theme = LIGHT, width: int = 1000, height: int = 260) -> SeedsPage:
        page = SeedsPage()
        pages.append(page)
        qtbot.addWidget(page)
        page.set_theme(theme)
        page.resize(width, height)
        page.show()
        return page

    yield make
    for page in pages:
        page.close()


def snapshot(*, epochs: int = 0, classes: bool = True, project: Project | None = None) -> Snapshot:
    curve = made_curve([0.8] * (epochs + 1), [0.6] * (epochs + 1))
    made = made_snapshot(data_of(classes=classes), curve=curve)
    return replace(made, project=project or made.project)


def place_of(frame: PlotFrame, owner: QWidget, across: float, up: float) -> QPoint:
    inside = frame.canvas.mapFromScene(frame.box.mapViewToScene(QPointF(across, up)))
    place: QPoint = frame.canvas.viewport().mapTo(owner, inside)
    return place


def is_near(page: QWidget, place: QPoint, color: str) -> bool:
    image, wanted = page.grab().toImage(), QColor(color)
    found = [image.pixelColor(place + QPoint(right, down)) for right in range(-2, 3) for down in range(-2, 3)]
    return any(
        abs(one.red() - wanted.red()) + abs(one.green() - wanted.green()) + abs(one.blue() - wanted.blue()) < 60
        for one in found
    )


def click(qtbot: QtBot, page: SeedsPage, place: int) -> None:
    """Click the dot of a run."""
    frame = page.strip.frame
    across, up = page.strip._places[place].tolist()
    inside = frame.canvas.mapFromScene(frame.box.mapViewToScene(QPointF(across, up)))
    qtbot.mouseClick(frame.canvas.viewport(), Qt.MouseButton.LeftButton, pos=inside)


def test_at_first_the_page_says_what_to_do(make_page: Make) -> None:
    page = make_page()
    page.show_frame(snapshot())
    assert page._empty.isVisible()
    assert page._empty.text() == EMPTY
    assert page.controls.job.button.isEnabled()
    page.clear()
    assert not page.controls.job.button.isEnabled()
    assert page._empty.text() != EMPTY


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_median_and_the_dots_are_drawn_where_they_are(make_page: Make, theme: Theme) -> None:
    page = make_page(theme=theme)
    page.show_study(made_study(CURVES, SCORES))
    frame = page.band.axes.frame
    assert is_near(page, place_of(frame, page, 2.0, 0.6), theme.accent)
    for place, good in enumerate((True, True, False)):
        across, up = page.strip._places[place].tolist()
        ink = theme.positive if good else theme.negative
        here = place_of(page.strip.frame, page, across, up)
        assert is_near(page, here if good else here + QPoint(4, 0), ink)


def test_one_sentence_tells_the_share(make_page: Make) -> None:
    page = make_page()
    page.show_study(made_study(CURVES, SCORES))
    assert page.share.text() == "2 of 3 runs succeeded: 67\u00a0% (21–94\u00a0%)"
    assert "a test accuracy of at least 95\u00a0%" in page.share.toolTip()
    assert page.told.text().startswith("The curves lie ")


def test_another_criterion_counts_anew_and_trains_nothing(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    page.show_frame(snapshot())
    page.show_study(made_study(CURVES, SCORES))
    wishes = QSignalSpy(page.start_requested)
    page.controls.limit.setText("50")
    page.controls.limit.setModified(True)
    page.controls.limit.commit()
    assert page.share.text().startswith("3 of 3 runs succeeded")
    page.controls.goal.setCurrentIndex(1)
    page.controls.goal.activated.emit(1)
    assert page.controls.criterion.limit == pytest.approx(0.3)  # half of the first test cost of the run
    assert page.share.text().startswith("2 of 3 runs succeeded")
    assert wishes.count() == 0


def test_of_a_run_that_was_opened_trained_the_first_known_cost_counts(make_page: Make) -> None:
    page = make_page()
    unknown = [float("nan")] * 3
    curve = made_curve([*unknown, 0.8, 0.7], [*unknown, 0.6, 0.5])
    page.show_frame(replace(snapshot(), curve=curve))
    page.controls.goal.setCurrentIndex(1)
    page.controls.goal.activated.emit(1)
    assert page.controls.criterion.limit == pytest.approx(0.3)


def test_of_numbers_the_score_is_r_squared(make_page: Make) -> None:
    page = make_page()
    page.show_frame(snapshot(classes=False))
    assert page.controls.goal.currentText() == "R² ≥"
    assert page.controls.criterion.limit == 0.9
    page.show_frame(snapshot(classes=True))
    assert page.controls.criterion.limit == 0.95


def test_a_click_on_a_dot_chooses_its_seed_and_the_button_wishes_for_it(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    page.show_study(made_study(CURVES, SCORES, vary="all"))
    assert page.seed_line.whole_text() == IDLE
    assert not page.use.isEnabled()
    click(qtbot, page, 2)
    assert page.seed_line.whole_text() == "Seed 12: test cost 0.400, accuracy 60.0 %, 3 epochs"
    with qtbot.waitSignal(page.seed_chosen) as chosen:
        page.use.click()
    assert chosen.args == [12, "all"]


def test_best_median_and_worst_can_be_chosen(make_page: Make) -> None:
    page = make_page()
    page.show_study(made_study([CURVES[1], CURVES[2], CURVES[0]]))
    for name, seed in (("best", 12), ("median", 10), ("worst", 11)):
        page.named[name].click()
        assert page.seed_line.whole_text().startswith(f"Seed {seed}:")


def test_the_arrow_keys_go_from_seed_to_seed_by_their_cost(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    page.show_study(made_study([CURVES[1], CURVES[2], CURVES[0]]))
    seen = []
    for _ in range(4):
        qtbot.keyClick(page.strip, Qt.Key.Key_Right)
        seen.append(page._place)
    assert seen == [2, 0, 1, 1]
    qtbot.keyClick(page.strip, Qt.Key.Key_Left)
    assert page._place == 0


def test_to_point_at_a_dot_reads_it(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    page.show_study(made_study(CURVES, SCORES))
    frame = page.strip.frame
    inside = frame.canvas.mapFromScene(frame.box.mapViewToScene(QPointF(*page.strip._places[1].tolist())))
    qtbot.mouseMove(frame.canvas.viewport(), inside + QPoint(2, 2))
    qtbot.mouseMove(frame.canvas.viewport(), inside)
    qtbot.waitUntil(lambda: page.seed_line.whole_text().startswith("Seed 11:"))


def test_start_wishes_for_as_many_seeds_as_are_chosen_beginning_with_the_own(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    project = replace(Project(), seed=5, network=replace(Project().network, initializer=InitializerSpec(seed=40)))
    page.show_frame(snapshot(epochs=70, project=project))
    with qtbot.waitSignal(page.start_requested) as wish:
        page.controls.job.button.click()
    assert wish.args == [SeedsRequest(tuple(range(40, 70)), "weights", 70)]
    page.controls.vary.show_value("all")
    page.controls.count.show_value("100")
    with qtbot.waitSignal(page.start_requested) as wish:
        page.controls.job.button.click()
    assert wish.args == [SeedsRequest(tuple(range(5, 105)), "all", 70)]


def test_nothing_starts_while_a_field_holds_what_cannot_be(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    page.show_frame(snapshot())
    page.controls.epochs.selectAll()
    qtbot.keyClicks(page.controls.epochs, "1,500")
    with qtbot.assertNotEmitted(page.start_requested), qtbot.waitSignal(page.controls.refused) as said:
        page.controls.job.button.click()
    assert said.args == ["Epochs is 1,500, which can be 1500 or 1.5; write 1500."]
    assert page.controls.epochs.text() == "1,500"


def test_the_number_of_epochs_follows_the_run_until_one_is_chosen(make_page: Make) -> None:
    page = make_page()
    epochs = page.controls.epochs
    for done, shown in ((0, 200), (30, 30), (5_000, MOST_USUAL_EPOCHS)):
        page.show_frame(snapshot(epochs=done))
        assert epochs.value == shown
    epochs.setText("77")
    epochs.setModified(True)
    epochs.commit()
    page.show_frame(snapshot(epochs=30))
    assert epochs.value == 77


def test_while_runs_are_trained_the_button_cancels(make_page: Make, qtbot: QtBot) -> None:
    page = make_page()
    page.show_frame(snapshot())
    page.show_working(is_working=True)
    page.show_share(0.25)
    page.show_study(made_study(CURVES, SCORES, stops=[None] * 3, limit=100))
    assert page.controls.job.bar.value() == 250
    assert not page.controls.count.isEnabled()
    qtbot.waitUntil(lambda: "so far" in page.share.text())
    with qtbot.waitSignal(page.cancel_requested):
        page.controls.job.button.click()
    page.show_working(is_working=False)
    assert page.controls.count.isEnabled()
    assert "Cancelled after epoch 3 of 100" in page.told.text()


def test_an_experiment_that_was_changed_since_is_told(make_page: Make) -> None:
    page = make_page()
    page.show_frame(snapshot())
    page.show_study(made_study(CURVES))
    page._texts.now()
    assert OTHER_SETTINGS not in page.told.text()
    other_seed = replace(Project(), seed=9, network=replace(Project().network, initializer=InitializerSpec(seed=40)))
    page.show_frame(snapshot(project=other_seed))
    page._texts.now()
    assert OTHER_SETTINGS not in page.told.text()
    other = replace(Project(), training=replace(Project().training, batch_size=3))
    page.show_frame(snapshot(project=other))
    page._texts.now()
    assert page.told.text().startswith(OTHER_SETTINGS)


def test_hard_numbers_do_no_harm(make_page: Make) -> None:
    page = make_page()
    nan, inf = float("nan"), float("inf")
    for log in (False, True):
        page.controls.log.setChecked(log)
        for curves in ([[0.0, 0.0]], [[nan, nan]], [[1.0, inf], [1.0, 1e300]], [[-1.0, -2.0], [0.5, 0.0]], [[3.0]]):
            page.show_study(made_study(curves, stops=[LOST] + [DONE] * (len(curves) - 1)))
            assert not page.grab().isNull()


def test_a_run_that_explodes_flattens_neither_plot(make_page: Make) -> None:
    page = make_page()
    page.show_study(made_study([*CURVES, [1.0, 5.0, 1e20, 1e40]], stops=[DONE, DONE, DONE, LOST]))
    assert page.band.axes.frame.box.viewRange()[1][1] < 10.0
    assert page.strip.frame.box.viewRange()[0][1] < 1.0
    assert page.strip._places[3, 0] > page.strip._places[2, 0]


def test_dots_at_the_same_cost_are_piled_up(make_page: Make) -> None:
    page = make_page()
    page.show_study(made_study([[1.0, 0.5]] * 40 + [[1.0, 0.1]]))
    places = page.strip._places
    assert len(np.unique(places, axis=0)) == 41
    low, high = page.strip.frame.box.viewRange()[1]
    assert low < 0.0
    assert places[:, 1].max() < high


def test_the_tables_hold_what_is_drawn(make_page: Make) -> None:
    page = make_page()
    assert page.band.export_table() == {} == page.strip.export_table()
    page.show_study(made_study(CURVES, SCORES))
    table = page.band.export_table()
    assert {len(column) for column in table.values()} == {4}
    assert table["test median"][-1] == 0.2
    assert table["train lowest"].tolist() == CURVES[0]
    assert table["test seed 12"].tolist() == CURVES[2]
    dots = page.strip.export_table()
    assert dots["seed"].tolist() == [10.0, 11.0, 12.0]
    assert dots["succeeded"].tolist() == [1.0, 1.0, 0.0]


def test_a_hidden_page_draws_when_it_is_shown(qtbot: QtBot) -> None:
    page = SeedsPage()
    qtbot.addWidget(page)
    page.show_study(made_study(CURVES, SCORES))
    assert page.share.text() == ""
    page.show()
    assert page.share.text().startswith("2 of 3")
    page.close()


def test_every_control_has_a_name_and_says_what_it_does(make_page: Make) -> None:
    page = make_page()
    controls = page.controls
    fields = (controls.count, controls.vary, controls.epochs, controls.goal, controls.limit, controls.log)
    for control in (*fields, controls.job.button, page.use, *page.named.values()):
        assert control.objectName()
        assert control.toolTip()
        assert control.height() >= 24


def test_in_a_narrow_dock_the_parts_stand_below_each_other(make_page: Make) -> None:
    page = make_page(width=420, height=700)
    page.show_study(made_study(CURVES, SCORES))
    assert page.controls.mapTo(page, QPoint(0, 0)).x() == page.band.mapTo(page, QPoint(0, 0)).x()
    assert page.minimumSizeHint().width() <= 420


@pytest.mark.parametrize(("part", "words"), [("train", "training"), ("validation", "validation"), ("test", "test")])
def test_the_button_of_the_best_run_says_which_part_chose_it(part: Part, words: str) -> None:
    assert named_help("best", part) == (
        f"Choose the best run by its final {words} cost. The best is chosen on the {words} part."
    )
    assert "chosen on" not in named_help("median", part)


def test_a_study_with_a_validation_part_shows_its_band_and_all_of_them_as_a_table(make_page: Make) -> None:
    page, known = make_page(), made_study(CURVES, SCORES)
    band = known.band
    results = np.vstack([known.results, known.results[[1, 3]]])
    page.show_study(replace(known, results=results, validation=replace(band, quantiles=band.quantiles + 1.0)))
    table = page.band.export_table()
    assert {name.split()[0] for name in table} == {"epoch", "train", "validation", "test"}
    assert "chosen on the validation part" in " ".join(page.named["best"].toolTip().split())
