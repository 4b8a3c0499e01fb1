"""What is drawn with: classes, values, tools, and the mode itself, with real clicks and keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.drawing.tools import Tool
from nnplayground.app.ui.theme import DARK, LIGHT
from nnplayground.project.model import PointsSource, Project
from tests.app.features.drawing.desk import FOUR, SPOTS, VALUES, Desk
from tests.app.features.drawing.pointer import LEFT


class TestClasses:
    def test_number_keys_choose_the_class(self, desk: Desk) -> None:
        QTest.keyClick(desk.view, Qt.Key.Key_2)
        desk.pointer.click((1.0, 1.0))
        QTest.keyClick(desk.view, Qt.Key.Key_1)
        desk.pointer.click((2.0, 2.0))
        assert [point[2] for point in desk.points] == [1.0, 0.0]

    def test_the_first_free_number_adds_a_class_and_others_do_nothing(self, desk: Desk) -> None:
        classes = []
        for key in (Qt.Key.Key_5, Qt.Key.Key_3):
            QTest.keyClick(desk.view, key)
            classes.append(desk.source.classes)
        assert classes == [("A", "B"), ("A", "B", "C")]
        desk.pointer.click((1.0, 1.0))
        assert desk.points[0][2] == 2.0
        assert desk.document.undo_stack.count() == 2

    def test_chips_choose_and_add_up_to_eight(self, qtbot: QtBot, desk: Desk) -> None:
        add = desk.control("add_class")
        while add.isVisible():
            qtbot.mouseClick(add, LEFT)
        assert desk.source.classes == tuple("ABCDEFGH")
        qtbot.mouseClick(desk.control("class_4"), LEFT)
        desk.pointer.click((0.0, 0.0))
        assert desk.points[0][2] == 3.0

    def test_a_double_click_renames(self, qtbot: QtBot, desk: Desk) -> None:
        qtbot.mouseDClick(desk.control("class_2"), LEFT)
        field = desk.control("class_name")
        qtbot.waitUntil(field.hasFocus)
        QTest.keyClicks(field, "sea")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert desk.source.classes == ("A", "sea")
        chip = desk.control("class_2")
        assert isinstance(chip, QToolButton) and chip.text() == "sea"

    def test_a_name_that_is_taken_is_refused_with_a_sentence(self, qtbot: QtBot, desk: Desk) -> None:
        desk.control("class_2").setFocus()
        QTest.keyClick(desk.control("class_2"), Qt.Key.Key_F2)
        field = desk.control("class_name")
        QTest.keyClicks(field, "A")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert desk.source.classes == ("A", "B")
        assert desk.said == ["A class cannot be called “A”; give a name that no other class has."]

    def test_escape_leaves_the_name(self, desk: Desk) -> None:
        desk.view.drawing.bar.classes.rename(0)
        field = desk.control("class_name")
        QTest.keyClicks(field, "other")
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert not field.isVisible()
        assert desk.source.classes == ("A", "B")

    def test_a_class_can_go_with_its_points(self, desk: Desk) -> None:
        desk.show(PointsSource(classes=("A", "B", "C"), points=(*SPOTS, (0.0, 0.0, 2.0))))
        desk.view.drawing.bar.classes.remove_wanted.emit(1)
        assert desk.source.classes == ("A", "C")
        assert sorted(point[2] for point in desk.points) == [0.0, 0.0, 1.0]

    def test_more_than_eight_classes_are_in_a_list(self, desk: Desk) -> None:
        desk.show(PointsSource(classes=tuple("ABCDEFGHIJ")))
        more = desk.control("more_classes")
        assert isinstance(more, QToolButton) and more.isVisible()
        more.menu().aboutToShow.emit()
        more.menu().actions()[1].trigger()
        desk.pointer.click((0.0, 0.0))
        assert desk.points[0][2] == 9.0

    def test_long_names_leave_room_for_all_chips(self, desk: Desk) -> None:
        desk.show(PointsSource(classes=tuple(f"a rather long name {place}" for place in range(8))))
        QApplication.processEvents()
        chips = desk.view.drawing.bar.classes.chips
        assert [chip.text() != "" for chip in chips] == [True] + [False] * 7
        assert max(chip.geometry().right() for chip in chips) <= desk.view.drawing.bar.classes.width()


class TestValues:
    def test_the_slider_sets_the_value(self, desk: Desk) -> None:
        desk.show(PointsSource(task="regression", classes=()))
        field = desk.view.drawing.bar.value.number
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "0.25")
        QTest.keyClick(field, Qt.Key.Key_Return)
        desk.pointer.click((1.0, 1.0))
        assert [point[2] for point in desk.points] == [0.25]

    def test_numbers_are_eight_values_of_the_range_at_hand(self, desk: Desk) -> None:
        desk.show(VALUES)
        for key in (Qt.Key.Key_1, Qt.Key.Key_8):
            QTest.keyClick(desk.view, key)
            desk.pointer.click((2.0, 2.0))
        assert [point[2] for point in desk.points] == [-3.0, -3.0, 1.0]

    def test_the_task_changes_and_undo_brings_the_classes_back(self, desk: Desk) -> None:
        desk.show(FOUR)
        desk.view.drawing.bar.task.setCurrentIndex(1)
        desk.view.drawing.bar.task.activated.emit(1)
        assert desk.source.task == "regression"
        assert desk.view.drawing.bar.value.isVisible()
        assert not desk.view.drawing.bar.classes.isVisible()
        desk.document.undo_stack.undo()
        assert desk.source == FOUR
        assert desk.view.drawing.bar.classes.isVisible()


class TestMode:
    def test_done_puts_the_tools_away_and_leaves_the_points(self, qtbot: QtBot, desk: Desk) -> None:
        desk.show(FOUR)
        qtbot.mouseClick(desk.control("finish_drawing"), LEFT)
        assert not desk.view.drawing.bar.isVisible()
        assert desk.marks() == 0
        desk.pointer.click((1.0, 1.0))
        assert desk.points == SPOTS

    def test_other_data_end_it(self, desk: Desk) -> None:
        desk.view.drawing.show_project(Project())
        assert not desk.view.drawing.is_on
        assert not desk.view.drawing.bar.isVisible()

    def test_marks_follow_the_theme(self, desk: Desk) -> None:
        desk.show(FOUR)
        spot = desk.pointer.position((-4.0, 4.0))
        seen = []
        for theme in (LIGHT, DARK):
            desk.view.set_theme(theme)
            QApplication.processEvents()
            image = desk.pointer.plot.frame.canvas.grab().toImage()
            seen.append(image.pixelColor(spot).name().upper())
        assert seen == [LIGHT.negative, DARK.negative]

    def test_test_points_can_be_hidden(self, desk: Desk) -> None:
        desk.show(replace(FOUR, points=SPOTS * 10))
        desk.view.drawing.show_test(visible=False)
        shown = {test for (_, test), items in desk.view.drawing.marks._items.items() if items[0].isVisible()}
        assert shown == {False}

    def test_the_plane_stays_while_a_point_from_far_out_is_moved_and_follows_afterwards(self, desk: Desk) -> None:
        desk.show(replace(FOUR, points=(*SPOTS, (10.0, 0.0, 0.0))))
        desk.view.clear()
        desk.use(Tool.MOVE)
        wide = desk.view.drawing.hand.plane().high[0]
        desk.pointer.press((10.0, 0.0))
        desk.pointer.move((2.0, 0.0), pressed=True)
        desk.view.clear()
        widths = [wide, desk.view.drawing.hand.plane().high[0]]
        desk.pointer.release((2.0, 0.0))
        assert widths == [pytest.approx(10.8)] * 2
        assert desk.view.drawing.hand.plane().high[0] == pytest.approx(6.0)

    def test_every_control_has_a_name_and_a_tooltip(self, desk: Desk) -> None:
        desk.show(FOUR)
        for control in desk.view.drawing.bar.findChildren(QWidget):
            if isinstance(control, (QToolButton, QPushButton)):
                assert control.objectName() and (control.accessibleName() or control.text()), control
                assert control.toolTip(), control.objectName()
                assert control.height() >= 24, control.objectName()
