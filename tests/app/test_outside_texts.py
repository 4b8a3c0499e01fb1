"""Names from outside are shown as they are written, in every panel, view, dock, dialog and menu."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import DETAILS
from nnplayground.app.ui.file_dialogs import ask_discard, file_name
from nnplayground.project.model import DataSpec, PointsSource, Project, TableSource
from nnplayground.project.parameter_index import Selection
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of
from tests.app.outside_texts import HOSTILE, LONG, faults_of_the_windows

TARGET = "<i>target</i> a&b"
WIDEST = 1280
"""Pixels: the window stays as small as that, whatever the names."""


def table(*, classes: bool, names: tuple[str, ...] = HOSTILE, rows: int = 60) -> str:
    """Return a table whose columns, and classes, are called like this."""
    rng = np.random.default_rng(0)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*names, TARGET])
    for row in range(rows):
        numbers = [f"{value:.3f}" for value in rng.normal(size=len(names))]
        writer.writerow([*numbers, HOSTILE[row % 4] if classes else f"{rng.normal():.4f}"])
    return out.getvalue()


def project_of(path: Path, text: str) -> Project:
    path.write_text(text, encoding="utf-8")
    return Project(data=DataSpec(source=TableSource(path=str(path), targets=(TARGET,))), name="<b>name</b> a&b[*]")


def open_all(qtbot: QtBot, window: MainWindow) -> None:
    """Open each dock, train, and select an input, an output and an edge, so that all tell of them."""
    for detail in DETAILS:
        window.details.show(detail)
        QApplication.processEvents()
    window.train_epochs(2)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2 and not snapshot.running)
    for selection in (Selection(-1, 0), Selection(0, 0, 2), Selection(0, 0, 5), Selection(0, 0), Selection(-1, 5)):
        window.network_view.canvas.picker.select(selection)
        QApplication.processEvents()


class TestTheWindow:
    @pytest.mark.parametrize("classes", [True, False])
    def test_shows_the_names_of_a_table_as_they_are_written(
        self, qtbot: QtBot, tmp_path: Path, *, classes: bool
    ) -> None:
        with window_of(qtbot, project_of(tmp_path / "<img src=x> a&b.csv", table(classes=classes))) as window:
            open_all(qtbot, window)
            assert faults_of_the_windows() == []
            assert window.minimumSizeHint().width() <= WIDEST
            label = window.findChild(QLabel, "data_source")
            assert label is None or label.text() == "<img src=x> a&b.csv"

    def test_shows_the_names_of_several_targets_as_they_are_written(self, qtbot: QtBot, tmp_path: Path) -> None:
        project = project_of(tmp_path / "t.csv", table(classes=False))
        source = TableSource(path=str(tmp_path / "t.csv"), inputs=HOSTILE[:2], targets=(TARGET, *HOSTILE[2:5]))
        with window_of(qtbot, replace(project, data=replace(project.data, source=source))) as window:
            open_all(qtbot, window)
            assert faults_of_the_windows() == []
            assert window.minimumSizeHint().width() <= WIDEST

    def test_shows_drawn_classes_as_they_are_called(self, qtbot: QtBot) -> None:
        classes = (*("<b>c</b>" + name[:200] for name in HOSTILE), "<u>nine</u>", "a&b ten")
        points = tuple((float(place % 7), float(place // 7), float(place % 10)) for place in range(60))
        project = Project(data=DataSpec(source=PointsSource(classes=classes, points=points)))
        with window_of(qtbot, project) as window:
            window.commands["draw"].trigger()
            QApplication.processEvents()
            more = window.findChild(QToolButton, "more_classes")
            assert isinstance(more, QToolButton)
            more.menu().aboutToShow.emit()
            assert [action.text() for action in more.menu().actions()] == ["<u>nine</u>", "a&&b ten"]
            open_all(qtbot, window)
            assert faults_of_the_windows() == []

    def test_has_a_title_that_names_the_file_as_it_is_called(self, qtbot: QtBot) -> None:
        with window_of(qtbot, replace(SMALL, name="a[*]b <b>")) as window:
            assert window.windowTitle() == "a[*][*]b <b>[*] – NN Playground"  # Qt shows [*][*] as [*]

    def test_names_in_undo_what_a_column_is_called(self, qtbot: QtBot, tmp_path: Path) -> None:
        with window_of(qtbot, project_of(tmp_path / "t.csv", table(classes=False))) as window:
            window.document.edit(replace(window.document.project, seed=9), "Predict a&b")
            assert window.commands["undo"].text() == "&Undo “Predict a&&b”"
            window.document.edit(replace(window.document.project, seed=10), f"Predict {LONG}")
            assert len(window.commands["undo"].text()) < 100
            assert faults_of_the_windows() == []


class TestFilesThatAreWrong:
    @pytest.mark.parametrize(
        "text", ['{"format":"<img src=\'/dev/zero\'>"}', '{"<img src=x>": 1}', '{"format":"\\u202e<b>x"}']
    )
    def test_are_named_without_rendering_what_they_hold(self, qtbot: QtBot, tmp_path: Path, text: str) -> None:
        path = tmp_path / "<b>bad.nnp.json"
        path.write_text(text, encoding="utf-8")
        with window_of(qtbot) as window:
            window.files.open_path(path)
            qtbot.waitUntil(lambda: window.messages.isVisible() and window.messages.kind == "error", timeout=PATIENCE)
            assert "<" in window.messages.text
            assert faults_of_the_windows() == []

    def test_can_be_said_with_a_million_characters(self, qtbot: QtBot) -> None:
        with window_of(qtbot) as window:
            window.messages.show_message("<b>" + "x " * 500_000, "error")
            QApplication.processEvents()
            assert len(window.messages.text) == 1_000
            window.messages.withdraw("<b>" + "x " * 500_000)
            assert not window.messages.isVisible()


class TestDialogs:
    def test_the_table_dialog_shows_names_as_they_are_written(self, qtbot: QtBot, tmp_path: Path) -> None:
        path = tmp_path / "<img src=x> a&b.csv"
        path.write_text(table(classes=True), encoding="utf-8")
        with window_of(qtbot) as window:
            window.tables.open_path(path)
            dialog = window.tables.dialog
            assert dialog is not None
            qtbot.waitUntil(dialog.use.isEnabled, timeout=PATIENCE)
            assert faults_of_the_windows() == []
            assert dialog.minimumSizeHint().width() <= WIDEST

    def test_the_question_about_changes_shows_the_name_as_it_is_written(
        self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def look(box: QMessageBox) -> int:
            asked.append(box.text())
            assert faults_of_the_windows() == []
            return int(QMessageBox.StandardButton.Discard.value)

        monkeypatch.setattr(QMessageBox, "exec", look)
        with window_of(qtbot) as window:
            assert ask_discard(window, "<img src='/dev/zero'> a&b") == "discard"
        assert asked == ["“<img src='/dev/zero'> a&b” has changes that are not saved. Save them first?"]

    def test_all_other_dialogs_are_free_of_markup(self, qtbot: QtBot, tmp_path: Path) -> None:
        with window_of(qtbot, project_of(tmp_path / "<b>.csv", table(classes=True))) as window:
            for name in ("run_to", "shortcuts", "about", "export_animation"):
                window.commands[name].trigger()
                QApplication.processEvents()
            assert faults_of_the_windows() == []
            for dialog in window.findChildren(QDialog):
                dialog.close()


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("spiral 2.1", "spiral 2.1.nnp.json"),
        ("../../etc/a", ".._.._etc_a.nnp.json"),
        ("/etc/passwd", "_etc_passwd.nnp.json"),
        ("a\nb\u202e", "a b_u202e.nnp.json"),
        ("x" * 5_000, "x" * 99 + "….nnp.json"),
    ],
)
def test_a_project_is_proposed_for_the_last_folder_whatever_it_is_called(name: str, proposed: str) -> None:
    assert file_name(name, ".nnp.json") == proposed


class TestAThousandColumns:
    def test_are_chosen_in_the_settings_and_not_in_a_menu(self, qtbot: QtBot, tmp_path: Path) -> None:
        names = tuple(f"<b>{place}</b> a&b" for place in range(999))
        with window_of(qtbot, project_of(tmp_path / "wide.csv", table(classes=False, names=names, rows=20))) as window:
            button = window.findChild(QToolButton, "table_inputs")
            assert isinstance(button, QToolButton)
            qtbot.waitUntil(lambda: button.menu() is None, timeout=PATIENCE)
            button.click()
            qtbot.waitUntil(lambda: window.tables.dialog is not None, timeout=PATIENCE)

    def test_and_a_few_in_a_menu_that_names_them_in_full(self, qtbot: QtBot, tmp_path: Path) -> None:
        with window_of(qtbot, project_of(tmp_path / "few.csv", table(classes=False))) as window:
            button = window.findChild(QToolButton, "table_inputs")
            assert isinstance(button, QToolButton)
            menu = button.menu()
            assert isinstance(menu, QMenu)
            qtbot.waitUntil(lambda: len(menu.actions()) == len(HOSTILE), timeout=PATIENCE)
            assert [action.text() for action in menu.actions()][2:4] == ["a&&b", "<script>alert(1)</script>"]
            assert len(menu.actions()[5].text()) == 60
            assert len(menu.actions()[5].toolTip().replace("\n", "")) == 300
