"""Tables of one's own in the window: opened, dropped, pasted, changed, undone, cancelled, and saved again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from nnplayground.app.features.data.table_import import TableImport
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.data.reading import Reading
from nnplayground.data.tables import SMALL
from nnplayground.project.model import MAX_TEXT, DataSpec, Project, TableSource
from nnplayground.project.storage import load
from nnplayground.reading_files import read_file
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.driving import PATIENCE, wait_for, window_of
from tests.app.driving import SMALL as SMALL_PROJECT
from tests.data.workbooks import Rows, ods

ROWS = "".join(f"{row};{row * row % 7},5;{'xy'[row % 2]}\n" for row in range(20))
TREES = "id;width;kind\n" + ROWS
PASTED = TREES.replace(";", "\t")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    path = tmp_path / "trees.csv"
    path.write_text(TREES, encoding="utf-8")
    return path


@pytest.fixture
def long_table(tmp_path: Path) -> Path:
    """A table that takes long enough to be read for somebody to change his mind."""
    path = tmp_path / "long.csv"
    row = ",".join(map(str, range(19)))
    path.write_text(
        "\n".join([",".join(f"c{place}" for place in range(20)), *(f"{row},{i % 3}" for i in range(60_000))])
    )
    assert path.stat().st_size > SMALL
    return path


def dialog_of(qtbot: QtBot, window: MainWindow) -> TableImport:
    """Wait until the dialog knows what would become of the table."""

    def is_known() -> bool:
        return window.tables.dialog is not None and window.tables.dialog.use.isEnabled()

    qtbot.waitUntil(is_known, timeout=PATIENCE)
    assert window.tables.dialog is not None
    return window.tables.dialog


def is_table(snapshot: Snapshot) -> bool:
    return isinstance(snapshot.project.data.source, TableSource)


def says(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: words in window.messages.text and window.messages.isVisible(), timeout=PATIENCE)


def source_of(window: MainWindow) -> TableSource:
    source = window.document.project.data.source
    assert isinstance(source, TableSource)
    return source


def test_a_table_is_opened_looked_at_and_used(
    qtbot: QtBot, window: MainWindow, trees: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(trees), ""))
    window.commands["open_table"].trigger()
    dialog = dialog_of(qtbot, window)
    assert dialog.isVisible()
    assert window.document.project == SMALL_PROJECT
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    snapshot = wait_for(qtbot, window, is_table)
    assert snapshot.data.samples.input_names == ("width",)
    assert source_of(window) == TableSource(path=str(trees), inputs=("width",), targets=("kind",))
    assert window.tables.dialog is None
    assert window.document.undo_stack.undoText() == "Use trees.csv"
    window.commands["undo"].trigger()
    wait_for(qtbot, window, lambda snapshot: snapshot.project == SMALL_PROJECT)


def test_the_menu_of_all_files_shows_a_table_first_too(
    qtbot: QtBot, window: MainWindow, trees: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(trees), ""))
    window.commands["open"].trigger()
    dialog_of(qtbot, window).reject()
    assert window.document.project == SMALL_PROJECT


def test_a_dropped_table_is_shown_and_cancel_leaves_everything_as_it_was(
    qtbot: QtBot, window: MainWindow, trees: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(trees))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, none))
    dialog = dialog_of(qtbot, window)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.tables.dialog is None
    assert window.document.project == SMALL_PROJECT
    assert window.document.undo_stack.count() == 0


def test_a_choice_is_planned_anew_in_the_background(qtbot: QtBot, window: MainWindow, trees: Path) -> None:
    window.tables.open_path(trees)
    dialog = dialog_of(qtbot, window)
    dialog.inputs.toggle("id")
    qtbot.waitUntil(lambda: "2 inputs" in dialog.summary.text(), timeout=PATIENCE)
    dialog.reading.chosen.emit(Reading(delimiter="bar"))
    qtbot.waitUntil(lambda: not dialog.use.isEnabled() and "only one column" in dialog.summary.text(), timeout=PATIENCE)
    dialog.reading.chosen.emit(Reading(delimiter="semicolon"))
    qtbot.waitUntil(dialog.use.isEnabled, timeout=PATIENCE)
    dialog.use.click()
    wait_for(qtbot, window, is_table)
    assert source_of(window).delimiter == "semicolon"
    assert source_of(window).inputs == ("id", "width")


def test_rows_of_a_spreadsheet_are_pasted_saved_with_the_project_and_read_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().setText(PASTED)
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(qtbot, window)
    assert dialog.reading.fields["delimiter"].currentText() == "Found: Tab"
    assert dialog.reading.fields["decimal"].currentText() == "Found: Comma, 1,5"
    dialog.use.click()
    snapshot = wait_for(qtbot, window, is_table)
    assert snapshot.data.samples.inputs[1].tolist() == [1.5]
    qtbot.waitUntil(lambda: window.data_panel.source_label.text() == "A table that was pasted", timeout=PATIENCE)
    assert window.files.save_to(tmp_path / "p.nnp.json")
    assert load(tmp_path / "p.nnp.json") == window.document.project


def test_in_a_field_the_same_keys_paste_text(qtbot: QtBot, window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("12")
    field = window.data_panel.samples.number
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "12"
    assert window.tables.dialog is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no table in the clipboard"),
        (" \n", "There is no table in the clipboard"),
        ("1,2\n" * (MAX_TEXT // 4 + 1), "The table in the clipboard has 2,000,004 characters; up to 2,000,000"),
        ("a,b\n1,\0\n", "The clipboard holds text that no file can hold"),
    ],
    ids=["empty", "blank", "too long", "binary"],
)
def test_what_cannot_be_pasted_is_told(qtbot: QtBot, window: MainWindow, text: str, said: str) -> None:
    QGuiApplication.clipboard().setText(text)
    window.commands["paste_table"].trigger()
    says(qtbot, window, said)
    assert window.tables.dialog is None


def test_text_that_is_no_table_is_told_in_the_dialog(qtbot: QtBot, window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("Just a sentence.")
    window.commands["paste_table"].trigger()
    dialog = window.tables.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "The pasted table, line 1" in dialog.summary.text(), timeout=PATIENCE)
    assert not dialog.use.isEnabled()
    dialog.reject()


def test_the_table_in_use_gets_other_settings(qtbot: QtBot, window: MainWindow, trees: Path) -> None:
    window.tables.open_path(trees)
    dialog_of(qtbot, window).use.click()
    wait_for(qtbot, window, is_table)
    window.data_panel.test.number.setText("0.5")
    qtbot.keyClick(window.data_panel.test.number, Qt.Key.Key_Return)
    qtbot.waitUntil(window.data_panel.table.settings.isVisible, timeout=PATIENCE)
    window.data_panel.table.settings.click()
    dialog = dialog_of(qtbot, window)
    dialog.inputs.toggle("id")
    qtbot.waitUntil(lambda: "2 inputs" in dialog.summary.text(), timeout=PATIENCE)
    dialog.use.click()
    wait_for(qtbot, window, lambda snapshot: len(snapshot.data.samples.input_names) == 2)
    assert window.document.project.data.test_fraction == 0.5
    assert window.document.undo_stack.undoText() == "Change the settings of trees.csv"


def test_data_that_are_no_table_have_no_settings(qtbot: QtBot, window: MainWindow) -> None:
    window.tables.change()
    says(qtbot, window, "These data are no table")


def test_a_second_table_takes_the_place_of_the_first(qtbot: QtBot, window: MainWindow, trees: Path) -> None:
    window.tables.open_path(trees)
    first = dialog_of(qtbot, window)
    QGuiApplication.clipboard().setText(PASTED)
    window.tables.paste()
    assert not first.isVisible()
    assert "pasted" in dialog_of(qtbot, window).windowTitle()
    dialog_of(qtbot, window).reject()


def test_a_long_table_shows_its_first_rows_and_progress_and_is_cancelled_soon(
    qtbot: QtBot, window: MainWindow, long_table: Path
) -> None:
    window.tables.open_path(long_table)
    dialog = window.tables.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.preview.model().rowCount() > 50, timeout=PATIENCE)
    assert not dialog.use.isEnabled()
    qtbot.waitUntil(lambda: dialog.progress.isVisible() and dialog.progress.value() > 0, timeout=PATIENCE)
    dialog.reject()
    qtbot.waitUntil(lambda: not window.tables.busy, timeout=PATIENCE)
    assert window.document.project == SMALL_PROJECT


def test_a_long_table_is_read_once_for_dialog_and_training(
    qtbot: QtBot, window: MainWindow, long_table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []
    real = read_file

    def counted(path: Path, **options: Any) -> bytes:
        if path == long_table:
            reads.append(path.name)
        return real(path, **options)

    monkeypatch.setattr("nnplayground.data.tables.read_file", counted)
    window.tables.open_path(long_table)
    dialog_of(qtbot, window).use.click()
    snapshot = wait_for(qtbot, window, is_table)
    assert len(snapshot.data.samples.inputs) == 60_000
    assert reads == ["long.csv"]


def test_the_window_closes_while_a_table_is_read(qtbot: QtBot, long_table: Path) -> None:
    with window_of(qtbot) as window:
        window.tables.open_path(long_table)
        qtbot.waitUntil(lambda: window.tables.busy, timeout=PATIENCE)
    assert not window.tables.busy


def test_the_card_of_a_table_offers_to_paste(qtbot: QtBot, window: MainWindow) -> None:
    card = window.data_panel.open_table
    card.customContextMenuRequested.emit(QPoint(5, 5))
    menu = next(menu for menu in card.findChildren(QMenu) if menu.isVisible())
    assert [action.objectName() for action in menu.actions()] == ["open_table", "paste_table"]
    menu.close()


@pytest.mark.parametrize("asked", [True, False], ids=["asked", "told"])
def test_the_data_are_saved_as_csv_and_come_back(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    path = tmp_path / "points.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "points"), ""))
    if asked:
        window.commands["save_data"].trigger()
    else:
        window.tables.save_to(path)
    says(qtbot, window, f"Saved the data to {path}")
    before = wait_for(qtbot, window, lambda snapshot: True).data.samples
    with path.open(encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == 101
    window.tables.open_path(path)
    dialog_of(qtbot, window).use.click()
    after = wait_for(qtbot, window, is_table).data.samples
    assert after.inputs.tobytes() == before.inputs.tobytes()
    assert after.classes == before.classes
    assert after.targets.tobytes() == before.targets.tobytes()
    assert window.document.project.data.split == "given"
    data = window.document.project.data
    assert data.split == "given" and isinstance(data.source, TableSource) and data.source.part == "part"


def test_what_cannot_be_saved_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.tables.save_to(tmp_path / "no folder" / "d.csv")
    says(qtbot, window, "could not be written")


def test_without_data_nothing_is_saved(qtbot: QtBot, tmp_path: Path) -> None:
    with window_of(qtbot) as window:
        window.document.edit(Project(data=DataSpec(source=TableSource(path="/nowhere.csv"))), "break")
        qtbot.waitUntil(lambda: window.player.snapshot is None, timeout=PATIENCE)
        window.tables.save_to(tmp_path / "d.csv")
        says(qtbot, window, "There are no data to save yet")


def test_a_workbook_that_is_dropped_is_looked_at_and_used(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "trees.ods"
    rows: Rows = [("width", "kind"), *((row % 7 + 0.5, "xy"[row % 2]) for row in range(20))]
    path.write_bytes(ods({"Notes": [("a", "b"), (1, 2)], "Trees": rows}))
    window.files.show_path(path)
    dialog = dialog_of(qtbot, window)
    dialog.reading.sheet.chosen.emit("Trees")
    qtbot.waitUntil(lambda: '"kind"' in dialog.summary.text(), timeout=PATIENCE)
    dialog.use.click()
    assert wait_for(qtbot, window, is_table).data.samples.classes == ("x", "y")
    assert source_of(window).sheet == "Trees"
