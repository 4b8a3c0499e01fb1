"""Selecting neurons, edges and layers with real mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.theme import LIGHT
from nnplayground.project.parameter_index import Selection
from tests.app.features.network.networks import LEFT, Host, frame_of, is_near, project_of
from tests.app.pointing import slot_position

# The off-screen platform has no keyboard that a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def starter(qtbot: QtBot) -> Host:
    host = Host(qtbot, project_of(4, 2))
    host.view.show_frame(frame_of(host.project, weight=0.5, bias=0.1, value=0.0))
    return host


class TestMouse:
    def test_ctrl_click_selects_a_neuron_and_leaves_the_size_alone(self, qtbot: QtBot, starter: Host) -> None:
        qtbot.mouseClick(starter.viewport, LEFT, CTRL, slot_position(starter.view, 0, 1))
        assert starter.selections == [Selection(0, 1)]
        assert starter.edits == []

    def test_a_plain_click_still_makes_the_layer_that_tall(self, starter: Host) -> None:
        starter.click(slot_position(starter.view, 0, 1))
        assert starter.units == (2, 2)
        assert starter.selections == []

    def test_a_click_that_changes_no_size_selects_instead(self, starter: Host) -> None:
        starter.click(slot_position(starter.view, 0, 3))
        assert starter.edits == []
        assert starter.selections == [Selection(0, 3)]

    def test_inputs_and_outputs_have_no_size_to_draw_so_a_click_selects(self, starter: Host) -> None:
        starter.click(starter.middle(starter.layout.cell(0, 1)))
        starter.click(starter.middle(starter.layout.cell(3, 0)))
        assert starter.selections == [Selection(-1, 1), Selection(2, 0)]

    def test_a_click_on_the_name_selects_the_layer(self, starter: Host) -> None:
        head = starter.layout.head(2).name
        starter.click(starter.view.canvas.mapFromScene(head.x + 4, head.y + 6))
        assert starter.selections == [Selection(1)]

    def test_a_click_on_an_edge_selects_it(self, starter: Host) -> None:
        starter.click(starter.on_edge(1, out=0, below=2))
        assert starter.selections == [Selection(1, 0, 2)]

    def test_a_click_on_the_ground_selects_nothing(self, qtbot: QtBot, starter: Host) -> None:
        qtbot.mouseClick(starter.viewport, LEFT, CTRL, slot_position(starter.view, 0, 1))
        starter.click(QPoint(4, starter.viewport.height() - 40))
        assert starter.selections == [Selection(0, 1), None]

    def test_drawing_sizes_from_an_input_across_the_layers_selects_nothing(self, starter: Host) -> None:
        starter.drag([starter.middle(starter.layout.cell(0, 1)), slot_position(starter.view, 0, 5)])
        assert starter.units[0] == 6
        assert starter.selections == []

    def test_a_line_drawn_from_an_edge_across_a_layer_draws_sizes(self, starter: Host) -> None:
        start = starter.on_edge(0, out=3, below=1)
        starter.drag(
            [start, start + QPoint(6, 1), slot_position(starter.view, 0, 5), slot_position(starter.view, 1, 5)]
        )
        assert starter.units == (6, 6)
        assert starter.values == []

    def test_a_right_click_selects_the_neuron_before_its_menu_opens(self, starter: Host) -> None:
        menu = starter.ask_menu(slot_position(starter.view, 1, 0))
        menu.close()
        assert starter.selections == [Selection(1, 0)]


class TestKeyboard:
    def test_arrows_go_through_the_network_and_say_where_they_are(self, starter: Host) -> None:
        for key in (Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Left, Key.Key_Left, Key.Key_Up, Key.Key_Up):
            starter.press(key)
        assert starter.selections == [
            Selection(0, 0), Selection(0, 1), Selection(1, 1), Selection(0, 1), Selection(-1, 1), Selection(-1, 0),
            Selection(-1),
        ]  # fmt: skip

    def test_shift_and_an_arrow_select_an_edge_of_the_neuron(self, starter: Host) -> None:
        starter.press(Key.Key_Down)
        starter.press(Key.Key_Left, SHIFT)
        starter.press(Key.Key_Down)
        assert starter.selections[-2:] == [Selection(0, 0, 0), Selection(0, 0, 1)]

    def test_escape_selects_nothing_and_is_then_a_key_of_others(self, qtbot: QtBot, starter: Host) -> None:
        starter.press(Key.Key_Down)
        starter.press(Key.Key_Escape)
        assert starter.selections == [Selection(0, 0), None]
        assert starter.view.canvas.picker.key(Key.Key_Escape) is None

    def test_the_letters_are_claimed_only_while_something_is_selected(self, starter: Host) -> None:
        def is_claimed(key: Qt.Key) -> bool:
            event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
            event.ignore()
            QApplication.sendEvent(starter.view.canvas, event)
            return event.isAccepted()

        assert not is_claimed(Key.Key_K)
        starter.press(Key.Key_Down)
        assert is_claimed(Key.Key_K)
        assert is_claimed(Key.Key_O)
        assert not is_claimed(Key.Key_N)

    def test_the_menu_key_opens_the_menu_of_the_selected_neuron(self, starter: Host) -> None:
        starter.press(Key.Key_Right)
        starter.press(Key.Key_Down)
        menu = starter.ask_menu(QPoint(2, 2), by_key=True)
        texts = [action.text() for action in menu.actions()]
        menu.close()
        assert texts[:2] == ["Inspect neuron", "Edit bias…"]
        assert "Remove layer" in texts
        assert starter.selections[-1] == Selection(1, 0)


class TestShowing:
    def test_a_selection_from_outside_is_shown_and_no_news(self, starter: Host) -> None:
        starter.view.show_selection(Selection(0, 2))
        assert starter.selections == []
        box = starter.layout.cell(1, 2)
        assert is_near(starter.color(box.x + box.width / 2, box.y - 3), LIGHT.accent)

    def test_the_selection_is_told_in_words(self, starter: Host) -> None:
        canvas = starter.view.canvas
        starter.view.show_selection(Selection(0, 2))
        assert canvas.accessibleDescription().startswith("Selected: layer 1 neuron 3.")
        starter.view.show_selection(Selection(1, 0, 2))
        assert canvas.accessibleDescription().startswith("Selected: weight layer 1 neuron 3 → layer 2 neuron 1.")
        starter.view.show_selection(Selection(1))
        assert canvas.accessibleDescription().startswith("Selected: layer 2, 2 neurons, Tanh.")
        starter.view.show_selection(None)
        assert "Selected" not in canvas.accessibleDescription()

    def test_it_survives_frames_and_sizes_as_long_as_its_neuron_is_there(self, starter: Host) -> None:
        starter.view.show_selection(Selection(0, 2))
        starter.view.show_frame(frame_of(starter.project, weight=1.0, value=0.5))
        starter.view.resize(700, 600)
        starter.show(project_of(3, 2))
        assert starter.view.canvas.picker.selection == Selection(0, 2)
        starter.show(project_of(2, 2))
        assert starter.selections == [None]

    def test_what_is_not_there_is_not_selected(self, starter: Host) -> None:
        starter.view.show_selection(Selection(0, 99))
        assert starter.view.canvas.picker.selection is None

    def test_a_unit_that_is_not_drawn_is_set_off_with_its_layer(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(64))
        before = host.picture()
        host.view.show_selection(Selection(0, 40))
        assert host.picture() != before

    def test_the_selected_edge_keeps_the_colour_of_its_weight(self, starter: Host) -> None:
        starter.view.show_selection(Selection(2, 0, 0))
        for weight, token in ((2.5, "positive"), (-2.5, "negative")):
            starter.view.show_frame(frame_of(starter.project, weight=weight))
            x1, y1, x2, y2 = starter.layout.edges(2)[0, 0]
            assert is_near(starter.color((x1 + x2) / 2, (y1 + y2) / 2), getattr(LIGHT, token))

    def test_the_unit_under_the_pointer_is_told_once(self, starter: Host) -> None:
        starter.hover(slot_position(starter.view, 1, 0))
        starter.hover(starter.on_dot(3, 0))
        QApplication.sendEvent(starter.view.canvas, QEvent(QEvent.Type.Leave))
        assert [unit for unit in starter.units_hovered if unit] == [(2, 0), (3, 0)]
        assert starter.units_hovered[-1] is None
