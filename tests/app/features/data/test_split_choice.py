"""How the split is shown and chosen in the data panel, with real events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.data.data_panel import DataPanel
from nnplayground.app.features.data.split_row import counts_in_words
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, PointsSource, Project, TableSource
from nnplayground.training.run.parts import ALL_PARTS
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session

LEFT = Qt.MouseButton.LeftButton
POINTS = tuple((float(place), float(place % 3), float(place % 2)) for place in range(40))
DRAWN = Project(data=DataSpec(source=PointsSource(points=POINTS), test_fraction=0.2, validation_fraction=0.2))


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[DataPanel]:
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.show()
    yield panel
    panel.hide()


def show(panel: DataPanel, project: Project) -> Any:
    """Show a project and its first frame; return the data that are trained."""
    run = Run(project)
    panel.show_project(project)
    panel.show_frame(Session(run, 1).snapshot(epochs_per_second=0.0))
    return run.data


def type_in(qtbot: QtBot, field: Any, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def choose(panel: DataPanel, key: str) -> None:
    """Choose a split with the keyboard, as a person does."""
    field = panel.splitting.field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Home if key == "random" else Qt.Key.Key_End)


def visible(panel: DataPanel) -> set[str]:
    names = ("validation_fraction", "test_fraction", "split_kind", "test_file", "remove_test_file", "draw_split")
    found = {name: panel.findChild(QWidget, name) for name in names}
    return {name for name, widget in found.items() if widget is not None and widget.isVisible()}


SHARES = {"validation_fraction", "test_fraction", "draw_split"}


class TestShares:
    def test_the_validation_share_is_typed_beside_the_test_share(self, qtbot: QtBot, panel: DataPanel) -> None:
        show(panel, Project())
        with qtbot.waitSignal(panel.edited) as caught:
            type_in(qtbot, panel.validation.number, "0.25")
        assert caught.args is not None
        assert (caught.args[0].validation_fraction, caught.args[1]) == (0.25, "Change the validation part")
        assert "chooses the best epoch" in panel.validation.number.toolTip()

    @pytest.mark.parametrize("field", ["test", "validation"])
    def test_shares_that_leave_nothing_are_refused_in_the_field(
        self, qtbot: QtBot, panel: DataPanel, field: str
    ) -> None:
        show(panel, Project(data=DataSpec(test_fraction=0.4, validation_fraction=0.4)))
        spy = QSignalSpy(panel.edited)
        number = getattr(panel, field).number
        with qtbot.waitSignal(panel.refused) as caught:
            type_in(qtbot, number, "0.8")
        assert caught.args == [
            f"A {field} part of 0.8 leaves nothing to train; test and validation part may be 0.95 together."
        ]
        assert spy.count() == 0
        assert number.text() == "0.4"

    def test_a_drag_of_the_slider_is_one_gesture(self, qtbot: QtBot, panel: DataPanel) -> None:
        show(panel, Project())
        spy = QSignalSpy(panel.edited)
        slider = panel.validation.slider
        slider.setFocus()
        for _ in range(3):
            QTest.keyClick(slider, Qt.Key.Key_Right)
        assert spy.count() == 3
        assert spy.at(2)[0].validation_fraction > spy.at(0)[0].validation_fraction > 0.0

    @pytest.mark.parametrize(
        ("train", "test", "validation", "words"),
        [
            (60, 20, 20, "60 train (60 %),\n20 validate (20 %),\n20 kept for the test (20 %)"),
            (80, 0, 20, "80 train (80 %),\n20 validate (20 %),\nnone kept for the test"),
            (80, 20, 0, "80 train (80 %),\n20 kept for the test (20 %)"),
            (9999, 0, 1, "9,999 train (over 99 %),\n1 validate (under 1 %),\nnone kept for the test"),
            (5, 0, 0, "All 5 train (100 %),\nnone kept for the test"),
        ],
    )
    def test_the_counts_are_told(self, train: int, test: int, validation: int, words: str) -> None:
        assert counts_in_words(train, test, validation) == words


class TestGivenSplit:
    def test_generated_points_have_nothing_to_choose(self, panel: DataPanel) -> None:
        show(panel, Project())
        assert visible(panel) == SHARES

    def test_drawn_points_are_marked_as_they_are_split_now(self, qtbot: QtBot, panel: DataPanel) -> None:
        data = show(panel, DRAWN)
        assert visible(panel) == {*SHARES, "split_kind"}
        with qtbot.waitSignal(panel.edited) as caught:
            choose(panel, "given")
        assert caught.args is not None
        spec = caught.args[0]
        assert spec.split == "given"
        assert [ALL_PARTS.index(part) for part in spec.source.parts] == data.part_numbers.tolist()
        given = replace(DRAWN, data=spec)
        again = show(panel, given)
        assert all(again.rows_of(part).tolist() == data.rows_of(part).tolist() for part in ALL_PARTS)
        assert visible(panel) == {"split_kind"}
        assert "validate" in panel.split.counts.text()
        assert not panel.finer.split_seed.isEnabled()
        with qtbot.waitSignal(panel.edited) as caught:
            choose(panel, "random")
        assert caught.args is not None and caught.args[0] == DRAWN.data

    def test_a_table_with_a_column_of_parts_offers_the_choice(self, panel: DataPanel) -> None:
        rows = "".join(f"{place},{place % 3},{'test' if place % 4 == 0 else 'train'}\n" for place in range(20))
        source = TableSource(text="x,y,part\n" + rows, inputs=("x",), targets=("y",))
        show(panel, Project(data=DataSpec(source=source)))
        assert visible(panel) == {*SHARES, "split_kind", "test_file"}
        given = Project(data=DataSpec(source=source, split="given"))
        show(panel, given)
        assert visible(panel) == {"split_kind", "test_file"}
        assert panel.split.counts.text() == "15 train (75 %),\n5 kept for the test (25 %)"

    def test_a_table_without_parts_offers_a_test_file_alone(self, qtbot: QtBot, panel: DataPanel) -> None:
        show(panel, Project(data=DataSpec(source=TableSource(path="penguins.csv", targets=("species",)))))
        assert visible(panel) == {*SHARES, "test_file"}
        with qtbot.waitSignal(panel.test_file_requested):
            qtbot.mouseClick(panel.splitting.file, LEFT)

    def test_a_test_file_is_named_and_can_go(self, qtbot: QtBot, panel: DataPanel) -> None:
        source = TableSource(path="penguins.csv", targets=("species",), test_path="penguins.csv")
        show(panel, Project(data=DataSpec(source=source, split="given")))
        assert visible(panel) == {"split_kind", "test_file", "remove_test_file"}
        assert panel.splitting.file.text() == "penguins.csv"
        with qtbot.waitSignal(panel.edited) as caught:
            qtbot.mouseClick(panel.splitting.remove, LEFT)
        assert caught.args is not None
        assert (caught.args[0].source.test_path, caught.args[0].split) == ("", "random")

    def test_a_test_file_that_a_split_at_random_leaves_unused_is_told(self, panel: DataPanel) -> None:
        source = TableSource(path="penguins.csv", targets=("species",), test_path="penguins.csv")
        show(panel, Project(data=DataSpec(source=source, split="random")))
        assert panel.split.counts.text().endswith("\npenguins.csv is not used: split at random")
        assert "As the data say" in " ".join(panel.splitting.file.toolTip().split())
        show(panel, Project(data=DataSpec(source=source, split="given")))
        assert "not used" not in panel.split.counts.text() + panel.splitting.file.toolTip()

    @pytest.mark.parametrize("source", [ImagesSource(path="/gone"), TableSource(path="gone.csv"), GeneratedSource()])
    def test_a_given_split_that_fails_can_be_left(self, qtbot: QtBot, panel: DataPanel, source: Any) -> None:
        panel.show_project(Project(data=DataSpec(source=source, split="given")))
        panel.clear_counts()
        with qtbot.waitSignal(panel.edited) as caught:
            choose(panel, "random")
        assert caught.args is not None and caught.args[0].split == "random"
