"""Features as chips with maps, and formulas that are typed: with real clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QContextMenuEvent, QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.data.data_panel import DataPanel
from nnplayground.app.features.data.feature_chip import FormulaChip
from nnplayground.app.features.data.feature_row import FeatureRow
from nnplayground.app.ui.theme import DARK, LIGHT
from nnplayground.app.ui.value_picture import value_picture
from nnplayground.data.features import FEATURES
from nnplayground.project.feature_list import MOST_FEATURES
from nnplayground.project.model import DataSpec, GeneratedSource, Project, TableSource
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session
from tests.app.driving import SMALL, wait_for, window_of

LEFT = Qt.MouseButton.LeftButton
WAVE = "x1^2 + sin(3*x2)"


class Desk:
    """The row of features with a document that takes what it asks for."""

    def __init__(self, qtbot: QtBot, panel: DataPanel) -> None:
        self.qtbot, self.panel, self.row = qtbot, panel, panel.features
        self.asked: list[tuple[tuple[str, ...], str]] = []
        panel.edited.connect(self._take)

    def _take(self, data: DataSpec, text: str, _gesture: int) -> None:
        self.asked.append((data.features, text))
        self.show(*data.features)

    def show(self, *features: str) -> None:
        self.panel.show_project(replace(SMALL, data=replace(SMALL.data, features=features)))

    def add(self, text: str) -> None:
        """Click on "Formula…", type and press Enter."""
        self.qtbot.mouseClick(self.row.add, LEFT)
        self.qtbot.keyClicks(self.row.popup.field, text)
        self.qtbot.keyClick(self.row.popup.field, Qt.Key.Key_Return)

    def click(self, name: str) -> None:
        chip = self.row.chips[name]
        self.qtbot.mouseClick(chip, LEFT, pos=chip.rect().center())

    @property
    def formulas(self) -> dict[str, bool]:
        """The chips of formulas, and whether they are on."""
        return {name: chip.isChecked() for name, chip in self.row.chips.items() if name not in FEATURES}


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.set_theme(LIGHT)
    panel.show_project(SMALL)
    panel.show_frame(Session(Run(SMALL), 1).snapshot(epochs_per_second=0.0))
    panel.show()
    yield Desk(qtbot, panel)
    panel.features.popup.close()
    panel.hide()


def picture(chip: QToolButton) -> QImage:
    return chip.icon().pixmap(14, 14).toImage()


class TestChips:
    def test_every_feature_shows_a_map_of_its_own_in_both_themes(self, desk: Desk) -> None:
        for theme in (LIGHT, DARK):
            desk.panel.set_theme(theme)
            maps = [picture(chip) for chip in desk.row.chips.values()]
            assert all(one != other for place, one in enumerate(maps) for other in maps[:place])
            center = picture(desk.row.chips["x1"]).pixelColor(11, 7)
            assert center == QColor(theme.positive)  # x1 is large on the right

    def test_names_are_whole_and_places_large_enough_for_a_finger(self, desk: Desk) -> None:
        desk.panel.setFixedWidth(240)
        QApplication.processEvents()
        for chip in desk.row.chips.values():
            assert chip.height() >= 24
            assert chip.width() >= chip.fontMetrics().horizontalAdvance(chip.text()) + 14

    def test_a_click_says_in_words_what_it_does(self, desk: Desk) -> None:
        desk.click("x1^2")
        desk.click("x1")
        assert desk.asked == [(("x1", "x2", "x1^2"), "Use x₁²"), (("x2", "x1^2"), "Leave out x₁")]


class TestAdding:
    def test_a_typed_formula_becomes_a_feature_with_a_chip_that_is_on(self, desk: Desk) -> None:
        desk.add("x1**2 + sin(3*x2)")
        assert desk.asked == [(("x1", "x2", WAVE), "Add the formula x₁² + sin(3·x₂)")]
        assert desk.formulas == {WAVE: True}
        chip = desk.row.chips[WAVE]
        assert WAVE in chip.toolTip()
        assert chip.accessibleName() == "Feature x₁² + sin(3·x₂)"
        assert not desk.row.popup.isVisible()

    def test_what_is_wrong_is_said_while_typing_and_cannot_be_added(self, desk: Desk) -> None:
        popup = desk.row.popup
        desk.qtbot.mouseClick(desk.row.add, LEFT)
        assert not popup.button.isEnabled()
        assert popup.field.placeholderText() == "x1**2 + sin(3*x2)"
        assert "A formula of x1 and x2" in popup.words.text()
        desk.qtbot.keyClicks(popup.field, "x1 + x3")
        assert popup.words.text() == "x3 is not known here; use x1, x2, pi, e or a function such as sin(x1)."
        assert not popup.button.isEnabled()
        desk.qtbot.keyClick(popup.field, Qt.Key.Key_Return)
        assert popup.isVisible()
        desk.qtbot.keyClick(popup.field, Qt.Key.Key_Backspace)
        desk.qtbot.keyClicks(popup.field, "2")
        assert "x₁ + x₂" in popup.words.text()
        desk.qtbot.mouseClick(popup.button, LEFT)
        assert desk.asked[-1][0] == ("x1", "x2", "x1 + x2")

    @pytest.mark.parametrize(
        ("text", "said"),
        [("x2", "x₂ is a feature already"), ("log(x1)", "The feature log(x1) has no value at the sample x1 = −")],
    )
    def test_twins_and_formulas_without_a_value_are_refused_at_once(self, desk: Desk, text: str, said: str) -> None:
        desk.add(text)
        assert said in desk.row.popup.words.text()
        assert desk.row.popup.isVisible()
        assert desk.asked == []

    def test_a_usual_feature_that_is_typed_switches_its_chip_on(self, desk: Desk) -> None:
        desk.add("X1 ** 2")
        assert desk.asked[-1][0] == ("x1", "x2", "x1^2")
        assert desk.formulas == {}
        assert desk.row.chips["x1^2"].isChecked()

    def test_the_preview_is_the_map_of_the_formula(self, desk: Desk) -> None:
        desk.qtbot.mouseClick(desk.row.add, LEFT)
        popup = desk.row.popup
        desk.qtbot.keyClicks(popup.field, "x2 - 3")
        image = popup.preview.pixmap().toImage()
        side = image.width()
        assert image.pixelColor(side // 2, side // 10) == QColor(LIGHT.positive)
        assert image.pixelColor(side // 2, side - side // 10) == QColor(LIGHT.negative)
        desk.qtbot.keyClicks(popup.field, " +")
        assert popup.preview.pixmap().toImage().pixelColor(side // 2, side // 2).alpha() == 0

    def test_escape_and_cancel_change_nothing(self, desk: Desk) -> None:
        for close in ("escape", "cancel"):
            desk.qtbot.mouseClick(desk.row.add, LEFT)
            desk.qtbot.keyClicks(desk.row.popup.field, "x1 + x2")
            if close == "escape":
                desk.qtbot.keyClick(desk.row.popup.field, Qt.Key.Key_Escape)
            else:
                desk.qtbot.mouseClick(desk.row.popup.cancel, LEFT)
            assert not desk.row.popup.isVisible()
        assert desk.asked == []

    def test_the_keys_alone_open_type_and_add(self, desk: Desk) -> None:
        desk.row.add.setFocus()
        desk.qtbot.keyClick(desk.row.add, Qt.Key.Key_Space)
        assert QApplication.focusWidget() is desk.row.popup.field
        desk.qtbot.keyClicks(QApplication.focusWidget(), "x1 / 2")
        desk.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert desk.asked[-1][0] == ("x1", "x2", "x1/2")

    def test_when_all_places_are_taken_nothing_can_be_added(self, desk: Desk) -> None:
        formulas = [f"x1 + {number}" for number in range(MOST_FEATURES - 1)]
        desk.show("x1", *formulas)
        assert not desk.row.add.isEnabled()
        assert "as many as there can be" in " ".join(desk.row.add.toolTip().split())
        desk.click("x2")
        assert not desk.row.chips["x2"].isChecked()
        assert desk.asked == []


class TestChanging:
    def test_a_click_leaves_a_formula_out_and_keeps_its_chip_for_the_way_back(self, desk: Desk) -> None:
        desk.show("x1", WAVE, "x2", "x1 + x2")
        desk.click(WAVE)
        assert desk.asked[-1][0] == ("x1", "x2", "x1 + x2")
        assert desk.formulas == {WAVE: False, "x1 + x2": True}
        desk.click(WAVE)
        assert desk.asked[-1] == (("x1", "x2", WAVE, "x1 + x2"), "Use x₁² + sin(3·x₂)")

    def test_another_document_and_undo_leave_no_chip_behind(self, desk: Desk) -> None:
        desk.add("x1 + x2")
        desk.show("x1", "x2")  # as undo does
        assert desk.formulas == {}
        desk.show("x1", WAVE)
        desk.click(WAVE)
        desk.row.forget()
        assert desk.formulas == {}

    def test_a_formula_is_changed_in_its_place(self, desk: Desk) -> None:
        desk.show("x1", WAVE, "x2", "x1 + x2")
        chip = desk.row.chips[WAVE]
        chip.setFocus()
        desk.qtbot.keyClick(chip, Qt.Key.Key_F2)
        field = desk.row.popup.field
        assert field.text() == field.selectedText() == WAVE
        assert desk.row.popup.button.text() == "Change"
        desk.qtbot.keyClicks(field, "cos(x1)")
        desk.qtbot.keyClick(field, Qt.Key.Key_Return)
        assert desk.asked == [(("x1", "cos(x1)", "x2", "x1 + x2"), "Change a formula to cos(x₁)")]
        assert desk.formulas == {"cos(x1)": True, "x1 + x2": True}

    def test_a_formula_that_is_left_as_it_is_changes_nothing(self, desk: Desk) -> None:
        desk.show("x1", WAVE)
        desk.qtbot.keyClick(desk.row.chips[WAVE], Qt.Key.Key_F2)
        desk.qtbot.keyClick(desk.row.popup.field, Qt.Key.Key_Return)
        assert not desk.row.popup.isVisible()
        assert desk.asked == []

    @pytest.mark.parametrize("how", ["key", "menu"])
    def test_a_formula_is_removed(self, desk: Desk, how: str) -> None:
        desk.show("x1", WAVE)
        chip = desk.row.chips[WAVE]
        assert isinstance(chip, FormulaChip)
        if how == "key":
            desk.qtbot.keyClick(chip, Qt.Key.Key_Delete)
        else:
            [_, remove] = chip.menu().actions()
            remove.trigger()
        assert desk.asked == [(("x1",), "Remove the formula x₁² + sin(3·x₂)")]
        assert desk.formulas == {}

    @pytest.mark.parametrize("how", ["right click", "key"])
    def test_the_menu_opens_by_the_pointer_and_by_the_keys(self, desk: Desk, how: str) -> None:
        desk.show("x1", WAVE)
        chip = desk.row.chips[WAVE]
        if how == "key":
            desk.qtbot.keyClick(chip, Qt.Key.Key_Down)
        else:
            middle = chip.rect().center()
            reason = QContextMenuEvent.Reason.Mouse
            QApplication.sendEvent(chip, QContextMenuEvent(reason, middle, chip.mapToGlobal(middle)))
        assert chip.menu().isVisible()
        chip.menu().close()
        assert desk.asked == []

    def test_the_arrow_of_a_chip_opens_the_menu_which_may_remove_the_chip(self, desk: Desk) -> None:
        desk.show("x1", WAVE)
        chip = desk.row.chips[WAVE]
        menu = chip.menu()

        def choose() -> None:
            """Click on "Remove formula" while the menu is open."""
            assert menu.isVisible()
            desk.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[1]).center())

        QTimer.singleShot(0, chip, choose)
        desk.qtbot.mouseClick(chip, LEFT, pos=QPoint(chip.width() - 8, chip.height() // 2))
        assert desk.asked == [(("x1",), "Remove the formula x₁² + sin(3·x₂)")]
        assert desk.formulas == {}

    def test_a_formula_that_is_off_is_removed_without_a_wish(self, desk: Desk) -> None:
        desk.show("x1", WAVE)
        desk.click(WAVE)
        desk.qtbot.keyClick(desk.row.chips[WAVE], Qt.Key.Key_Delete)
        assert desk.formulas == {}
        assert len(desk.asked) == 1

    def test_the_last_feature_stays_though_it_is_a_formula(self, desk: Desk) -> None:
        desk.show(WAVE)
        desk.click(WAVE)
        desk.qtbot.keyClick(desk.row.chips[WAVE], Qt.Key.Key_Delete)
        assert desk.formulas == {WAVE: True}
        assert desk.asked == []
        assert "at least one feature" in " ".join(desk.row.chips[WAVE].toolTip().split())

    def test_tab_goes_from_chip_to_chip(self, desk: Desk) -> None:
        desk.show("x1", WAVE, "x1 + x2")
        desk.row.chips["sin(x2)"].setFocus()
        for name in (WAVE, "x1 + x2"):
            desk.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            assert QApplication.focusWidget() is desk.row.chips[name]


def test_a_map_is_clear_where_there_is_no_value_and_cut_at_the_ends_of_the_scale() -> None:
    image = value_picture(np.array([[np.nan, 9.0], [-9.0, 0.0]]), LIGHT)
    assert image.pixelColor(0, 1).alpha() == 0
    assert image.pixelColor(1, 1) == QColor(LIGHT.positive)
    assert image.pixelColor(0, 0) == QColor(LIGHT.negative)
    assert image.pixelColor(1, 0) == QColor(LIGHT.value_color(0.0))


def test_showing_features_is_no_news(qtbot: QtBot) -> None:
    row = FeatureRow()
    qtbot.addWidget(row)
    spy = QSignalSpy(row.changed)
    for names in (("x1",), (WAVE, "x2"), ("x1 + x2", WAVE), ("x2",)):
        row.show_value(names)
        assert [name for name, chip in row.chips.items() if chip.isChecked()] == sorted(
            names, key=lambda name: (name not in FEATURES, names.index(name))
        )
    assert spy.count() == 0


class TestWindow:
    def test_a_formula_is_typed_while_training_and_the_other_weights_stay(self, qtbot: QtBot) -> None:
        with window_of(qtbot) as window:
            window.player.step(epochs=5)
            before = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 5)
            row = window.data_panel.features
            qtbot.mouseClick(row.add, LEFT)
            qtbot.keyClicks(row.popup.field, "x1**2 + x2**2 - 9")
            qtbot.keyClick(row.popup.field, Qt.Key.Key_Return)
            after = wait_for(qtbot, window, lambda snapshot: len(snapshot.data.features) == 3)
            assert after.epoch == 5
            old, new = (one.architecture.weights(one.parameters)[0] for one in (before, after))
            assert np.array_equal(new[:, :2], old)
            window.document.undo_stack.undo()
            wait_for(qtbot, window, lambda snapshot: len(snapshot.data.features) == 2)
            assert [name for name in row.chips if name not in FEATURES] == []

    def test_a_table_with_two_inputs_has_features_over_its_own_plane(self, qtbot: QtBot) -> None:
        source = TableSource(path="penguins.csv", inputs=("bill_length_mm", "bill_depth_mm"), targets=("species",))
        with window_of(qtbot, Project(data=DataSpec(source=source))) as window:
            panel = window.data_panel
            qtbot.waitUntil(panel.features.isVisible)
            qtbot.mouseClick(panel.features.add, LEFT)
            qtbot.keyClicks(panel.features.popup.field, "x1/x2")
            qtbot.keyClick(panel.features.popup.field, Qt.Key.Key_Return)
            wait_for(qtbot, window, lambda snapshot: snapshot.data.features == ("x1", "x2", "x1/x2"))

    def test_a_sine_wave_has_no_choice_of_features_and_is_learned(self, qtbot: QtBot) -> None:
        project = Project(data=DataSpec(source=GeneratedSource(name="sine", samples=100)))
        with window_of(qtbot, project) as window:
            assert not window.data_panel.features.isVisible()
            window.player.step(epochs=3)
            snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 3)
            assert snapshot.data.features == ("x1",)
            assert snapshot.train.score is not None
