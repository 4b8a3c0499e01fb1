"""The page of pinned runs: what differs, what came out, and what somebody can do with a run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.compare.runs_page import RunsPage
from nnplayground.app.features.compare.runs_table import columns_of, rows_of
from nnplayground.app.ui.theme import THEMES
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.pinning import MOST_PINNED, PinnedRun, pinned
from tests.observed import with_answer
from tests.training.moments import trained_snapshot

SLOW = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)))
FAST = replace(SLOW, training=TrainingSpec(optimizer=OptimizerSpec(learning_rate=0.5)))
WIDE = replace(FAST, network=NetworkSpec(layers=(DenseSpec(8, "relu"),)))
REQUEST = MapRequest(resolution=20)


def runs_of(*projects: Project, epochs: int = 30) -> tuple[PinnedRun, ...]:
    runs: tuple[PinnedRun, ...] = ()
    for number, project in enumerate(projects, start=1):
        runs += (pinned(runs, trained_snapshot(project, epochs), REQUEST, number=number),)
    return runs


@pytest.fixture
def page(qtbot: QtBot) -> RunsPage:
    page = RunsPage()
    qtbot.addWidget(page)
    page.resize(900, 240)
    with qtbot.waitExposed(page):
        page.show()
    return page


def texts(page: RunsPage) -> dict[str, list[str]]:
    """Return the rows of the table by their names."""
    model = page._model
    return {
        str(model.headerData(row, Qt.Orientation.Vertical)): [
            str(model.index(row, column).data()) for column in range(model.columnCount())
        ]
        for row in range(model.rowCount())
    }


def test_without_pinned_runs_it_says_what_to_do(page: RunsPage) -> None:
    empty = page.findChild(QLabel, "compare_runs_empty")
    assert empty is not None and empty.isVisible()
    assert "Pin this run" in empty.text()


def test_settings_that_differ_and_results_stand_below_each_other(page: RunsPage) -> None:
    runs = runs_of(SLOW, FAST)
    page.show_frame(trained_snapshot(WIDE, 30))
    page.show_runs(runs)
    shown = texts(page)
    assert shown["Learning rate"] == ["0.03", "0.5", "0.5"]
    assert shown["Layers"] == ["4 Tanh · 2 Tanh", "4 Tanh · 2 Tanh", "8 ReLU"]
    assert shown["Epoch"] == ["30", "30", "30"]
    assert shown["Weights, biases"] == ["25", "25", "33"]
    assert "Batch size" not in shown


def test_the_best_of_each_row_is_the_lowest_cost_and_the_highest_score() -> None:
    columns = columns_of(runs_of(SLOW, FAST), trained_snapshot(WIDE, 30))
    rows = {row.title.name: row for row in rows_of(columns)}
    for name, best in (("Test cost", np.argmin), ("Train accuracy", np.argmax)):
        row = rows[name]
        marked = [place for place, cell in enumerate(row.cells) if cell.is_best]
        assert best(row.values) in marked
        assert {row.values[place] for place in marked} == {row.values[best(row.values)]}
    assert not any(cell.is_best for cell in rows["Epoch"].cells)


def test_runs_of_other_data_are_not_ranked_with_the_others() -> None:
    other = replace(SLOW, data=DataSpec(source=GeneratedSource("xor", samples=60)))
    columns = columns_of(runs_of(other, SLOW), trained_snapshot(FAST, 30))
    row = next(row for row in rows_of(columns) if row.title.name == "Test cost")
    assert "other data" in row.cells[0].help
    assert not row.cells[0].is_best
    assert row.cells[1].help == ""


def test_the_best_cost_tells_at_which_epoch_it_was() -> None:
    (run,) = runs_of(SLOW)
    cost = run.snapshot.curve.test_cost
    row = next(row for row in rows_of(columns_of((run,), None)) if row.title.name == "Best cost")
    assert row.values[0] == float(cost.min())
    assert row.cells[0].text.endswith(f"at {int(np.argmin(cost)):,}")
    assert row.cells[0].help == f"The best epoch was {int(np.argmin(cost)):,}, chosen on the test part."
    assert "chosen on the test part" in row.title.help


def test_a_card_shows_the_boundary_in_the_colours_of_the_classes(page: RunsPage) -> None:
    page.set_theme(THEMES["light"])
    page.show_runs(runs_of(replace(FAST, data=DataSpec(source=GeneratedSource("gauss", samples=80))), epochs=60))
    picture = page.findChild(QLabel, "run_picture_1")
    assert picture is not None
    image = picture.pixmap().toImage()
    # The clouds lie at (2, 2) and (-2, -2): the corners of the map are surely of one class each.
    ends = [image.pixelColor(12, image.height() - 12), image.pixelColor(image.width() - 12, 12)]
    assert {color.blue() > color.red() for color in ends} == {True, False}


def test_names_are_written_over_and_the_curve_is_hidden_by_its_colour(qtbot: QtBot, page: RunsPage) -> None:
    page.show_runs(runs_of(SLOW))
    name = page.findChild(QLineEdit, "run_name_1")
    shown = page.findChild(QToolButton, "run_shown_1")
    assert name is not None and shown is not None
    name.selectAll()
    qtbot.keyClicks(name, "small steps")
    with qtbot.waitSignal(page.renamed) as renamed:
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert renamed.args == [1, "small steps"]
    assert name.cursorPosition() == 0  # so that a long name is seen from its beginning
    name.clear()
    with qtbot.waitSignal(page.renamed) as renamed:
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert (renamed.args, name.text()) == ([1, "small steps"], "small steps")
    with qtbot.waitSignal(page.shown_changed) as changed:
        qtbot.mouseClick(shown, Qt.MouseButton.LeftButton)
    assert changed.args == [1, False]


@pytest.mark.parametrize("what", ["use", "start", "remove"])
def test_every_wish_of_the_menu_is_told(qtbot: QtBot, page: RunsPage, what: str) -> None:
    page.show_runs(runs_of(SLOW))
    action = page.findChild(QAction, f"run_{what}_1")
    assert action is not None
    with qtbot.waitSignal(page.wished) as wished:
        action.trigger()
    assert wished.args == [1, what]


def test_no_more_runs_are_asked_for_than_there_are_colours(page: RunsPage) -> None:
    pin = page.findChild(QPushButton, "compare_pin")
    assert pin is not None
    page.show_frame(trained_snapshot(SLOW, 1))
    assert pin.isEnabled()
    page.show_runs(runs_of(*[SLOW] * MOST_PINNED, epochs=1))
    assert not pin.isEnabled()


def test_the_results_go_into_a_file_as_numbers(page: RunsPage) -> None:
    page.show_frame(trained_snapshot(FAST, 3))
    page.show_runs(runs_of(SLOW, epochs=2))
    table = page.export_table()
    assert table["Epoch"].tolist() == [2.0, 3.0]
    assert {len(column) for column in table.values()} == {2}


def test_a_run_without_a_network_leaves_the_pinned_ones(page: RunsPage) -> None:
    page.show_frame(trained_snapshot(SLOW, 1))
    page.show_runs(runs_of(SLOW, epochs=1))
    page.clear()
    assert len(texts(page)["Epoch"]) == 1


def test_the_present_run_is_drawn_anew_with_every_moment_and_the_pinned_ones_stay(page: RunsPage) -> None:
    runs = runs_of(SLOW)
    page.show_runs(runs)
    pictures = []
    for epochs in (1, 40):
        snapshot = trained_snapshot(SLOW, epochs)
        page.show_frame(with_answer(snapshot, MapRequest(), runs_of(SLOW, epochs=epochs)[0].maps))
        page._pacer.now()
        shown = (page.findChild(QLabel, f"run_picture_{number}") for number in (0, 1))
        pictures.append([label.pixmap().toImage() for label in shown if label is not None])
    assert pictures[0][0] != pictures[1][0]
    assert pictures[0][1] == pictures[1][1]
