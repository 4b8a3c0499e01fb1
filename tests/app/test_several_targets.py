"""Several numeric targets in the real window: every dock shows them, one at a time where there is room for one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.compare.race.view import RacePage
from nnplayground.app.features.compare.view import CompareView
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import COMPARE, DETAILS, INPUTS, INSPECTOR, MEASURES
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import Selection
from tests.app.driving import PATIENCE, wait_for, window_of
from tests.houses import house_rows, houses

Kind = TypeVar("Kind", bound=QWidget)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot, houses()) as window:
        yield window


def see_all(window: MainWindow) -> None:
    """Bring every detail of the window to the front once; some share a place with others."""
    for detail in DETAILS:
        window.details.show(detail)
        view = window.details.view(detail)
        assert view.isVisible() and window.player.snapshot is not None
        view.show_frame(window.player.snapshot)


def child(window: MainWindow, kind: type[Kind], name: str) -> Kind:
    """Return the widget of this name."""
    found = window.findChild(kind, name)
    assert found is not None, name
    return found


def train(qtbot: QtBot, window: MainWindow, epochs: int = 20) -> None:
    """Train until so many epochs are done, and wait for the paused moment."""
    window.player.run_to(epochs)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch >= epochs and not snapshot.running)


def test_every_dock_shows_a_network_of_several_targets(qtbot: QtBot, window: MainWindow) -> None:
    see_all(window)
    compare = window.details.view(COMPARE)
    assert isinstance(compare, CompareView)
    for page in ("runs", "seeds", "race"):
        compare.show_page(page)
    window.boundary_view.toggle_probe()
    train(qtbot, window)
    window.commands["pin"].trigger()
    view = window.boundary_view
    for place in (1, 0):
        view.show_target(place)
        for relief in (True, False):
            view.wants_relief = relief
    for selection in (Selection(-1), Selection(-1, 0), Selection(2), Selection(2, 1)):
        window.details.view(INSPECTOR).show_selection(selection)
    see_all(window)
    train(qtbot, window, 30)
    see_all(window)
    snapshot = window.player.snapshot
    assert snapshot is not None and snapshot.train.score is not None


def test_the_output_shows_one_target_and_offers_the_others(qtbot: QtBot, window: MainWindow) -> None:
    button = child(window, QToolButton, "boundary_target")
    assert button.isVisible() and button.text() == "Target: price"
    actions = button.menu().actions()
    assert [action.text() for action in actions] == ["price", "rent"]
    before = window.document.project
    actions[1].trigger()
    assert button.text() == "Target: rent" and window.boundary_view.target == 1
    assert window.document.project is before and not window.document.undo_stack.canUndo()
    table = window.boundary_view.export_table()
    assert list(table) == ["x1", "x2", "answer price", "answer rent"]
    assert "rent" in window.boundary_view._legend.accessibleName()


def test_a_single_target_offers_no_choice(qtbot: QtBot) -> None:
    with window_of(qtbot, houses("price")) as window:
        button = child(window, QToolButton, "boundary_target")
        assert not button.isVisible()


def test_the_choice_ends_with_the_targets(qtbot: QtBot, window: MainWindow) -> None:
    window.boundary_view.show_target(1)
    window.document.edit(houses("rent"), "Predict rent")
    wait_for(qtbot, window, lambda snapshot: snapshot.data.samples.target_names == ("rent",))
    assert window.boundary_view.target == 0


@pytest.mark.parametrize("project", [houses(), houses("price"), houses(inputs=("x1",))])
def test_what_is_read_and_saved_is_in_the_units_of_the_data(qtbot: QtBot, project: Project) -> None:
    with window_of(qtbot, project) as window:
        train(qtbot, window, 60)
        view = window.boundary_view
        answers = next(values for name, values in view.export_table().items() if name.startswith("answer"))
        assert 50_000.0 < answers.min() < 340_000.0 < answers.max() < 700_000.0
        qtbot.waitUntil(lambda: any(name.startswith("predicted") for name in view.export_points()), timeout=PATIENCE)
        points = view.export_points()
        names = ["predicted", "target"] if "predicted" in points else ["predicted price", "target price"]
        away = np.abs(points[names[0]] - points[names[1]])
        assert away.mean() < 100_000.0
        view.toggle_probe()


def test_the_probe_tells_the_target_on_show(qtbot: QtBot, window: MainWindow) -> None:
    train(qtbot, window, 60)
    view = window.boundary_view
    view.toggle_probe()
    words = child(window, QLabel, "boundary_probe_tag_text")
    qtbot.waitUntil(lambda: words.text().startswith("price "), timeout=PATIENCE)
    assert 100_000.0 < float(words.text().removeprefix("price ").replace(",", "")) < 500_000.0
    view.show_target(1)
    qtbot.waitUntil(lambda: words.text().startswith("rent "), timeout=PATIENCE)


def test_the_measures_tell_of_each_target(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["measures"].trigger()
    train(qtbot, window, 10)
    view = window.details.view(MEASURES)
    qtbot.waitUntil(lambda: bool(view.figures.export_table()), timeout=PATIENCE)
    names = list(view.figures.export_table()["figure"])
    assert names[:4] == ["Samples", "Cost of the scaled targets", "Penalty", "Mean fit (R²)"]
    assert names[4:] == ["price: R²", "price: RMSE", "price: MAE", "rent: R²", "rent: RMSE", "rent: MAE"]


def test_the_output_neurons_have_the_names_of_the_targets(window: MainWindow) -> None:
    assert window.shown_ends == (("x1", "x2"), ("price", "rent"))


def test_the_inputs_are_coloured_by_the_target_on_show(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["inputs"].trigger()
    view = window.details.view(INPUTS)
    qtbot.waitUntil(lambda: "price" in view._legend.accessibleName(), timeout=PATIENCE)
    window.boundary_view.show_target(1)
    qtbot.waitUntil(lambda: "rent" in view._legend.accessibleName(), timeout=PATIENCE)


def test_a_race_shows_the_target_that_the_output_shows(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["compare"].trigger()
    compare = window.details.view(COMPARE)
    compare.show_page("race")
    page = compare.page("race")
    assert isinstance(page, RacePage)
    page.controls.epochs.show_value(3)
    page.controls.job.button.click()
    qtbot.waitUntil(lambda: page.standings is not None and page.standings.is_over, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not page.rows[0].picture.pixmap().isNull(), timeout=PATIENCE)
    first = page.rows[0].picture.pixmap().toImage()
    window.boundary_view.show_target(1)
    assert page.rows[0].picture.pixmap().toImage() != first


def test_the_costs_are_called_those_of_the_scaled_target(qtbot: QtBot, window: MainWindow) -> None:
    train(qtbot, window, 5)
    assert child(window, QLabel, "readout_train").accessibleName() == "Train (scaled)"
    assert "of the scaled targets" in window.cost_view._header.cost_name.whole_text()
    window.document.edit(houses(target_scaling="none"), "Learn as they are")
    wait_for(qtbot, window, lambda snapshot: not snapshot.data.target_scaling.is_used)
    assert child(window, QLabel, "readout_train").accessibleName() == "Train cost"


def test_the_data_panel_says_what_auto_decided(qtbot: QtBot, window: MainWindow) -> None:
    choice, note = child(window, ChoiceField, "target_scaling"), child(window, QLabel, "target_scaling_note")
    qtbot.waitUntil(lambda: bool(note.text()), timeout=PATIENCE)
    assert not choice.isHidden() and choice.value == "auto"
    assert note.text().startswith("Auto: all standardized, as price lies between ")
    window.data_panel.target_scaling.chosen.emit("none")
    wait_for(qtbot, window, lambda snapshot: not snapshot.data.target_scaling.is_used)
    assert window.document.project.data.target_scaling == "none"
    assert window.document.undo_stack.undoText() == "Scale the target: None"


def test_classes_have_no_target_to_scale(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        assert child(window, ChoiceField, "target_scaling").isHidden()


def test_a_pinned_run_keeps_its_maps_of_all_targets(qtbot: QtBot, window: MainWindow) -> None:
    train(qtbot, window, 5)
    window.commands["pin"].trigger()
    (run,) = window.pinning.runs
    assert len(run.maps.layers[-1]) == 2


def test_drawn_points_with_large_values_are_shown_in_their_own_unit(qtbot: QtBot, window: MainWindow) -> None:
    window.boundary_view.show_target(1)
    window.commands["draw"].trigger()
    window.boundary_view.drawing.hint.taken.emit()
    taken = wait_for(qtbot, window, lambda moment: moment.data.samples.target_name == "value")
    rents = [row[3] for row in house_rows()]
    assert sorted(taken.data.samples.targets) == pytest.approx(sorted(rents))
    assert taken.data.target_scaling.is_used
