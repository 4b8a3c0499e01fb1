"""Target, inputs and gaps of a table are chosen with the mouse and the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from nnplayground.app.features.data.table_columns import TableColumns
from nnplayground.app.text.titles import GAPS
from nnplayground.data.tables import open_table, table_samples
from nnplayground.project.limits import rule_of
from nnplayground.project.model import TableSource

MEASURES = ("bill_length_mm", "body_mass_g")


@pytest.fixture
def columns(qtbot: QtBot) -> TableColumns:
    made = TableColumns()
    qtbot.addWidget(made)
    made.show()
    return made


def show(columns: TableColumns, source: TableSource) -> None:
    samples = table_samples(
        open_table(source.path), inputs=source.inputs, targets=source.targets, task=source.task, missing=source.missing
    )
    columns.show_choice(source, samples)


def penguins(*inputs: str, missing: str = "drop") -> TableSource:
    return TableSource(path="penguins.csv", inputs=inputs, targets=("species",), missing=missing)


def entry(columns: TableColumns, text: str) -> QAction:
    return next(action for action in columns._menu.actions() if action.text() == text)


def click(qtbot: QtBot, columns: TableColumns, text: str) -> None:
    """Click an entry of the opened list of inputs."""
    menu = columns._menu
    menu.popup(columns.mapToGlobal(columns.rect().bottomLeft()))
    qtbot.waitUntil(menu.isVisible)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry(columns, text)).center())


def test_text_is_in_the_list_of_inputs_and_marked_in_the_order_of_the_table(columns: TableColumns) -> None:
    show(columns, penguins(*MEASURES))
    assert [action.text() for action in columns._menu.actions()] == [
        "island (text)", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex (text)", "year"
    ]  # fmt: skip
    assert columns.inputs.text() == "2 of 7 columns"


def test_text_is_taken_and_left_out_like_numbers(qtbot: QtBot, columns: TableColumns) -> None:
    show(columns, penguins(*MEASURES))
    spy = QSignalSpy(columns.chosen)
    click(qtbot, columns, "island (text)")
    assert spy.at(0) == [penguins("island", *MEASURES), "Use island"]
    show(columns, penguins("island", *MEASURES))
    assert entry(columns, "island (text)").isChecked()
    assert columns.inputs.text() == "3 of 7 columns"
    click(qtbot, columns, "island (text)")
    assert spy.at(1) == [penguins(*MEASURES), "Leave out island"]


def test_what_to_do_about_missing_values_is_asked_where_there_are_some(columns: TableColumns) -> None:
    show(columns, penguins("island"))
    assert not columns.missing.isVisible()
    show(columns, penguins("island", "sex"))
    assert columns.missing.isVisible()
    assert columns.missing.currentText() == "Leave rows out"
    show(columns, penguins("island", "sex", missing="mean"))
    assert columns.missing.isVisible()
    assert columns.missing.currentText() == "Fill the gaps"


def test_filling_is_chosen_with_the_keys_and_undone_with_them(qtbot: QtBot, columns: TableColumns) -> None:
    show(columns, penguins("sex", "body_mass_g"))
    with qtbot.waitSignal(columns.chosen) as caught:
        qtbot.keyClick(columns.missing, Qt.Key.Key_Down)
    wanted = penguins("sex", "body_mass_g", missing="mean")
    assert caught.args == [wanted, "Missing values: fill the gaps"]
    show(columns, wanted)
    with qtbot.waitSignal(columns.chosen) as caught:
        qtbot.keyClick(columns.missing, Qt.Key.Key_Up)
    assert caught.args == [penguins("sex", "body_mass_g"), "Missing values: leave rows out"]


def test_another_target_and_other_inputs_keep_the_rule_for_gaps(qtbot: QtBot, columns: TableColumns) -> None:
    show(columns, penguins("sex", "body_mass_g", missing="mean"))
    spy = QSignalSpy(columns.chosen)
    click(qtbot, columns, "year")
    assert spy.at(0)[0] == penguins("body_mass_g", "sex", "year", missing="mean")
    columns.target.setFocus()
    qtbot.keyClick(columns.target, Qt.Key.Key_Down)
    assert spy.at(1)[0].missing == "mean"


def test_every_rule_for_gaps_has_a_title() -> None:
    assert tuple(GAPS) == rule_of(TableSource, "missing").options


MEASURED = "day,a,b,c\n" + "".join(f"2024-01-{row + 1:02},{row}.5,{row % 7},{row % 5}.25\n" for row in range(28))


def test_several_columns_of_numbers_are_predicted_together(columns: TableColumns) -> None:
    source = TableSource(text=MEASURED, inputs=("a", "b"), targets=("c",))
    samples = table_samples(open_table("", text=MEASURED), inputs=("a", "b"), targets=("c",))
    columns.show_choice(source, samples)
    spy = QSignalSpy(columns.chosen)
    menu = columns.targets.several.menu()
    assert [(action.text(), action.isChecked()) for action in menu.actions()] == [
        ("a", False), ("b", False), ("c", True)
    ]  # fmt: skip
    menu.actions()[1].trigger()
    assert spy.at(0) == [TableSource(text=MEASURED, inputs=("a",), targets=("b", "c")), 'Predict "b", "c"']
    both = table_samples(open_table("", text=MEASURED), inputs=("a",), targets=("b", "c"))
    columns.show_choice(spy.at(0)[0], both)
    assert columns.target.currentText() == '"b", "c"'
    assert [action.text() for action in columns._menu.actions()] == ["day (date)", "a"]
    columns._menu.actions()[0].trigger()
    assert spy.at(1)[0].targets == ("b", "c") and spy.at(1)[0].inputs == ("day", "a")
