"""Editing, dragging and freezing single weights and biases with real mouse and keys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton, QToolTip
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network.value_editor import ValueEditor
from nnplayground.project.parameter_index import FrozenParameter, FrozenParameters, ParameterIndex, Selection
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.features.network.networks import LEFT, Host, frame_of, project_of
from tests.app.pointing import slot_position

# The off-screen platform has no keyboard that a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Key = Qt.Key
EDGE, BIAS = ParameterIndex(1, 0, 2), ParameterIndex(0, 1)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def frame(host: Host, *, running: bool = False, weight: float = 0.5) -> Snapshot:
    return replace(frame_of(host.project, weight=weight, bias=0.1), running=running)


@pytest.fixture
def starter(qtbot: QtBot) -> Host:
    host = Host(qtbot, project_of(4, 2))
    host.view.show_frame(frame(host))
    return host


def editor_of(host: Host) -> ValueEditor:
    return host.view.canvas.picker.editor


def frozen_in(host: Host) -> FrozenParameters:
    return host.project.network.frozen


def off_in(host: Host, layer: int) -> tuple[int, ...]:
    return host.columns[layer].off


def click_edge(host: Host) -> ValueEditor:
    host.click(host.on_edge(1, out=0, below=2))
    assert editor_of(host).isVisible()
    return editor_of(host)


def type_over(host: Host, text: str) -> None:
    host.qtbot.keyClicks(editor_of(host).field, text)


class TestEditor:
    def test_a_click_on_an_edge_opens_it_with_the_number_in_full(self, starter: Host) -> None:
        snapshot = frame(starter)
        exact = 0.1 + 0.2
        starter.view.show_frame(replace(snapshot, parameters=np.full(len(snapshot.parameters), exact)))
        editor = click_edge(starter)
        assert float(editor.field.text()) == exact
        assert editor.title.text() == "Layer 1 neuron 3 → layer 2 neuron 1"
        assert starter.edits == []

    def test_enter_sets_what_was_typed_and_closes(self, starter: Host) -> None:
        editor = click_edge(starter)
        type_over(starter, "-1.25")
        starter.qtbot.keyClick(editor.field, Key.Key_Return)
        ((old, new, text, gesture),) = starter.values
        assert old == ((EDGE, 0.5),)
        assert new == ((EDGE, -1.25),)
        assert text == "Set weight layer 1 neuron 3 → layer 2 neuron 1 to −1.25"
        assert gesture != 0
        assert not editor.isVisible()

    def test_escape_closes_and_forgets_what_was_typed(self, starter: Host) -> None:
        editor = click_edge(starter)
        type_over(starter, "7")
        starter.qtbot.keyClick(editor.field, Key.Key_Escape)
        assert starter.values == []
        assert not editor.isVisible()

    @pytest.mark.parametrize("nonsense", ["5..", "1e7", "--", "1e999"])
    def test_nonsense_is_answered_by_one_sentence_and_changes_nothing(self, starter: Host, nonsense: str) -> None:
        editor = click_edge(starter)
        type_over(starter, nonsense)
        starter.qtbot.keyClick(editor.field, Key.Key_Return)
        assert editor.isVisible()
        assert starter.values == []
        assert "must be a number from −1,000,000 to 1,000,000" in editor.note.text()
        assert editor.field.text() == nonsense
        type_over(starter, "2")  # all of it is selected, to be typed over
        starter.qtbot.keyClick(editor.field, Key.Key_Return)
        assert starter.values[-1][1] == ((EDGE, 2.0),)

    def test_a_number_that_can_be_two_is_refused_with_both_and_neither_turned_nor_frozen(self, starter: Host) -> None:
        editor = click_edge(starter)
        type_over(starter, "1,000")
        starter.qtbot.keyClick(editor.field, Key.Key_Return)
        assert editor.note.text().endswith(" is 1,000, which can be 1000 or 1; write 1000 or 1.")
        for button in (editor.flip, editor.lock):
            button.click()
            assert (editor.field.text(), starter.values, editor.lock.isChecked()) == ("1,000", [], False)
        starter.qtbot.keyClick(editor.field, Key.Key_Escape)
        assert not editor.isVisible()
        assert click_edge(starter).field.text() == "0.5"

    def test_arrows_step_by_a_tenth_and_with_shift_by_one_in_one_gesture(self, starter: Host) -> None:
        editor = click_edge(starter)
        for key, modifiers in (
            (Key.Key_Up, SHIFT),
            (Key.Key_Up, Qt.KeyboardModifier.NoModifier),
            (Key.Key_Down, SHIFT),
        ):
            starter.qtbot.keyClick(editor.field, key, modifiers)
        assert [new[0][1] for _, new, _, _ in starter.values] == [1.5, 1.6, 0.6]
        assert len({gesture for *_, gesture in starter.values}) == 1

    def test_zero_and_the_other_sign_have_buttons(self, starter: Host) -> None:
        editor = click_edge(starter)
        starter.qtbot.mouseClick(editor.flip, LEFT)
        starter.qtbot.mouseClick(editor.zero, LEFT)
        assert [new[0][1] for _, new, _, _ in starter.values] == [-0.5, 0.0]

    def test_the_dot_opens_it_for_the_bias_and_changes_no_size(self, starter: Host) -> None:
        starter.click(starter.on_dot(1, 1))
        assert editor_of(starter).place == BIAS
        assert editor_of(starter).title.text() == "Bias of layer 1 neuron 2"
        assert starter.edits == []
        assert starter.selections == [Selection(0, 1)]

    def test_enter_opens_it_for_what_is_selected(self, starter: Host) -> None:
        starter.press(Key.Key_Down)
        starter.press(Key.Key_Return)
        assert editor_of(starter).place == ParameterIndex(0, 0)

    def test_it_closes_when_somebody_clicks_elsewhere(self, starter: Host) -> None:
        editor = click_edge(starter)
        starter.view.canvas.setFocus()
        starter.qtbot.waitUntil(lambda: not editor.isVisible())

    def test_it_closes_when_somebody_zooms_away_from_under_it(self, starter: Host) -> None:
        editor = click_edge(starter)
        starter.view.canvas.navigator.zoom_in()
        assert not editor.isVisible()

    def test_a_click_that_closes_it_takes_what_was_typed_and_changes_no_size(self, starter: Host) -> None:
        editor = click_edge(starter)
        type_over(starter, "3")
        starter.click(slot_position(starter.view, 0, 0))
        assert not editor.isVisible()
        assert starter.values[-1][1] == ((EDGE, 3.0),)
        assert starter.edits == []
        starter.click(slot_position(starter.view, 0, 0))
        assert starter.units == (1, 2)

    def test_a_click_on_another_number_goes_on_with_that_one(self, starter: Host) -> None:
        click_edge(starter)
        starter.click(starter.on_dot(1, 3))
        assert editor_of(starter).isVisible()
        assert editor_of(starter).place == ParameterIndex(0, 3)

    def test_while_it_is_open_the_label_does_not_say_the_same_again(self, starter: Host) -> None:
        editor = click_edge(starter)
        pieces = starter.view.canvas.network._pieces
        assert pieces is not None
        assert not pieces.hover.isVisible()
        starter.qtbot.keyClick(editor.field, Key.Key_Escape)
        assert pieces.hover.isVisible()

    def test_it_closes_when_its_edge_is_gone(self, starter: Host) -> None:
        editor = click_edge(starter)
        starter.show(project_of(2, 2))
        assert not editor.isVisible()

    def test_it_stays_inside_the_view(self, starter: Host) -> None:
        starter.click(starter.on_dot(3, 0))
        assert starter.view.canvas.rect().contains(editor_of(starter).geometry())

    def test_it_follows_the_training_until_somebody_types(self, starter: Host) -> None:
        editor = click_edge(starter)
        starter.view.show_frame(frame(starter, weight=0.75))
        assert editor.field.text() == "0.75"
        type_over(starter, "3")
        starter.view.show_frame(frame(starter, weight=0.8))
        assert editor.field.text() == "3"

    def test_every_part_explains_itself_to_everybody(self, starter: Host) -> None:
        editor = click_edge(starter)
        for part in (editor.field, *editor.findChildren(QToolButton)):
            assert part.objectName()
            assert part.accessibleName()
            assert part.toolTip()
            assert part.focusPolicy() & Qt.FocusPolicy.TabFocus


class TestDragging:
    def test_up_is_larger_and_all_of_it_one_gesture(self, starter: Host) -> None:
        start = starter.on_edge(1, out=0, below=2)
        starter.drag([start, start - QPoint(0, 6), start - QPoint(0, 20)])
        assert starter.values[0][0] == ((EDGE, 0.5),)
        assert starter.values[-1][1] == ((EDGE, 0.7),)
        assert len({gesture for *_, gesture in starter.values}) == 1
        assert starter.edits == []
        assert not editor_of(starter).isVisible()

    def test_the_dot_can_be_dragged_too(self, starter: Host) -> None:
        start = starter.on_dot(2, 1)
        starter.drag([start, start + QPoint(1, 10)])
        assert starter.values[-1][1] == ((ParameterIndex(1, 1), 0.0),)
        assert starter.edits == []

    def test_escape_gives_the_old_value_back(self, starter: Host) -> None:
        start = starter.on_edge(1, out=0, below=2)
        starter.qtbot.mousePress(starter.viewport, LEFT, pos=start)
        starter.qtbot.mouseMove(starter.viewport, start - QPoint(0, 30))
        starter.press(Key.Key_Escape)
        starter.qtbot.mouseMove(starter.viewport, start - QPoint(0, 60))
        starter.qtbot.mouseRelease(starter.viewport, LEFT, pos=start - QPoint(0, 60))
        assert starter.values[-1][1] == ((EDGE, 0.5),)
        assert not editor_of(starter).isVisible()

    def test_back_at_the_start_the_number_is_the_old_one(self, starter: Host) -> None:
        start = starter.on_edge(1, out=0, below=2)
        starter.drag([start, start - QPoint(0, 30), start])
        assert starter.values[-1][1] == ((EDGE, 0.5),)

    def test_the_number_is_held_against_the_training(self, starter: Host) -> None:
        start = starter.on_edge(1, out=0, below=2)
        starter.view.show_frame(frame(starter, running=True))
        starter.qtbot.mousePress(starter.viewport, LEFT, pos=start)
        starter.qtbot.mouseMove(starter.viewport, start - QPoint(0, 10))

        def is_asked_again() -> bool:
            starter.view.show_frame(frame(starter, running=True, weight=0.3))
            return len(starter.values) >= 4

        starter.qtbot.waitUntil(is_asked_again)
        starter.qtbot.mouseRelease(starter.viewport, LEFT, pos=start)
        assert {new for _, new, _, _ in starter.values} >= {((EDGE, 0.6),)}
        assert {new[0][1] for _, new, _, _ in starter.values[:4]} == {0.6}

    def test_the_label_follows_the_drag(self, starter: Host) -> None:
        start = starter.on_edge(1, out=0, below=2)
        starter.qtbot.mousePress(starter.viewport, LEFT, pos=start)
        starter.qtbot.mouseMove(starter.viewport, start - QPoint(0, 10))
        pieces = starter.view.canvas.network._pieces
        assert pieces is not None
        assert pieces.hover.texts[0].startswith("layer 1 neuron 3 → layer 2 neuron 1: 0.6")
        starter.qtbot.mouseRelease(starter.viewport, LEFT, pos=start)

    def test_a_network_that_changes_meanwhile_takes_the_number_out_of_the_hand(self, starter: Host) -> None:
        start = starter.on_edge(1, out=0, below=2)
        starter.qtbot.mousePress(starter.viewport, LEFT, pos=start)
        starter.qtbot.mouseMove(starter.viewport, start - QPoint(0, 10))
        starter.show(project_of(2, 2))
        starter.view.show_frame(frame(starter))
        asked = len(starter.values)
        starter.qtbot.mouseMove(starter.viewport, start - QPoint(0, 40))
        starter.qtbot.mouseRelease(starter.viewport, LEFT, pos=start)
        assert len(starter.values) == asked
        assert starter.units == (2, 2)

    @pytest.mark.parametrize("zoom", [0.7, 2.0])
    def test_a_drag_counts_the_pixels_that_are_seen(self, starter: Host, zoom: float) -> None:
        navigator = starter.view.canvas.navigator
        navigator.zoom_to(zoom)
        start = starter.on_edge(1, out=0, below=2)
        starter.drag([start, start - QPoint(0, 20)])
        assert starter.values[-1][1][0][1] == pytest.approx(0.7, abs=0.02)

    def test_before_the_first_frame_there_is_nothing_to_drag(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(4, 2))
        start = host.on_edge(1, out=0, below=2)
        host.drag([start, start - QPoint(0, 20)])
        assert host.values == []


class TestFreezing:
    def test_the_lock_of_the_editor_freezes_what_is_typed_there(self, starter: Host) -> None:
        editor = click_edge(starter)
        type_over(starter, "2.5")
        starter.qtbot.mouseClick(editor.lock, LEFT)
        assert starter.values[-1][1] == ((EDGE, 2.5),)
        assert starter.locks == [
            ((FrozenParameter(1, 0, 2, 2.5),), "Freeze weight layer 1 neuron 3 → layer 2 neuron 1")
        ]
        assert editor.lock.text() == "Frozen"
        starter.qtbot.mouseClick(editor.lock, LEFT)
        assert frozen_in(starter) == ()

    def test_k_freezes_what_is_selected_and_lets_it_go(self, starter: Host) -> None:
        starter.press(Key.Key_Down)
        starter.press(Key.Key_K)
        assert frozen_in(starter) == (FrozenParameter(0, 0, None, 0.1),)
        starter.press(Key.Key_K)
        assert frozen_in(starter) == ()
        assert [text for _, text in starter.locks] == [
            "Freeze bias of layer 1 neuron 1",
            "Unfreeze bias of layer 1 neuron 1",
        ]

    def test_a_whole_layer_can_be_frozen(self, starter: Host) -> None:
        starter.press(Key.Key_Right)
        starter.press(Key.Key_K)
        assert len(frozen_in(starter)) == 2 * 5
        assert starter.locks[-1][1] == "Freeze layer 2"

    def test_frozen_numbers_have_locks_in_the_picture(self, starter: Host) -> None:
        before = starter.picture()
        starter.press(Key.Key_Right)
        starter.press(Key.Key_K)
        starter.press(Key.Key_Escape)
        starter.press(Key.Key_Left)
        starter.press(Key.Key_Right)
        starter.view.show_selection(None)
        assert starter.picture() != before
        x1, y1, x2, y2 = starter.layout.edges(1)[0, 0]
        middle = starter.view.canvas.mapFromScene(x1 + 0.7 * (x2 - x1), y1 + 0.7 * (y2 - y1))
        colors = {starter.picture().pixelColor(middle + QPoint(dx, 0)).name() for dx in range(-8, 9)}
        assert len(colors) > 3

    def test_a_frozen_edge_says_so(self, starter: Host) -> None:
        starter.view.show_selection(Selection(1, 0, 2))
        starter.press(Key.Key_K)
        starter.hover(starter.on_edge(1, out=0, below=2))
        pieces = starter.view.canvas.network._pieces
        assert pieces is not None
        assert pieces.hover.texts[0].split("\n")[1] == "frozen"


class TestMenus:
    def choose(self, host: Host, place: QPoint, text: str) -> None:
        menu = host.ask_menu(place)
        next(action for action in menu.actions() if action.text() == text).trigger()
        menu.close()

    def test_a_neuron_offers_its_bias_and_its_weights(self, starter: Host) -> None:
        place = slot_position(starter.view, 1, 0)
        self.choose(starter, place, "Freeze bias")
        self.choose(starter, place, "Freeze incoming weights")
        assert len(frozen_in(starter)) == 5
        assert starter.locks[-1][1] == "Freeze the weights into layer 2 neuron 1"
        self.choose(starter, place, "Unfreeze incoming weights")
        assert frozen_in(starter) == (FrozenParameter(1, 0, None, 0.1),)

    def test_edit_opens_the_editor(self, starter: Host) -> None:
        self.choose(starter, slot_position(starter.view, 1, 0), "Edit bias…")
        assert editor_of(starter).place == ParameterIndex(1, 0)

    def test_an_edge_and_a_layer_have_entries_of_their_own(self, starter: Host) -> None:
        self.choose(starter, starter.on_edge(1, out=0, below=2), "Freeze weight")
        assert frozen_in(starter) == (FrozenParameter(1, 0, 2, 0.5),)
        self.choose(starter, slot_position(starter.view, 0, 7), "Freeze all of layer 1")
        assert len(frozen_in(starter)) == 1 + 4 * 3

    def test_inspect_asks_for_the_numbers(self, starter: Host) -> None:
        asked: list[Selection] = []
        starter.view.inspect_asked.connect(asked.append)
        self.choose(starter, slot_position(starter.view, 1, 0), "Inspect neuron")
        self.choose(starter, slot_position(starter.view, 1, 7), "Inspect layer 2")
        assert asked == [Selection(1, 0), Selection(1)]
        assert starter.selections == asked

    def test_an_input_can_only_be_inspected(self, starter: Host) -> None:
        menu = starter.ask_menu(starter.middle(starter.layout.cell(0, 0)))
        texts = [action.text() for action in menu.actions() if action.text()]
        menu.close()
        assert texts == ["Inspect input", "Insert layer", "Insert dropout"]

    def test_a_layer_with_too_many_numbers_cannot_be_frozen_as_a_whole(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(100, 100))
        host.view.show_frame(frame_of(host.project, weight=0.5))
        marker = host.layout.columns[2].marker
        assert marker is not None
        menu = host.ask_menu(slot_position(host.view, 1, marker))
        action = next(action for action in menu.actions() if action.text() == "Freeze all of layer 2")
        menu.close()
        assert not action.isEnabled()
        assert "4,096" in action.toolTip()
        host.view.show_selection(Selection(1))
        host.press(Key.Key_K)
        assert host.locks == []
        assert "4,096" in QToolTip.text()
        QToolTip.hideText()


class TestSwitchingOff:
    def test_o_switches_the_selected_neuron_off_and_on(self, starter: Host) -> None:
        for key in (Key.Key_Down, Key.Key_Down, Key.Key_O):
            starter.press(key)
        assert off_in(starter, 0) == (1,)
        starter.press(Key.Key_O)
        assert off_in(starter, 0) == ()
        assert starter.texts == ["Switch off layer 1 neuron 2", "Switch on layer 1 neuron 2"]

    def test_the_menu_does_so_too(self, starter: Host) -> None:
        menu = starter.ask_menu(slot_position(starter.view, 1, 1))
        next(action for action in menu.actions() if action.text() == "Switch off").trigger()
        menu.close()
        assert off_in(starter, 1) == (1,)

    def test_outputs_and_inputs_cannot_be_switched_off(self, starter: Host) -> None:
        for column in (0, 3):
            menu = starter.ask_menu(starter.middle(starter.layout.cell(column, 0)))
            assert "Switch off" not in [action.text() for action in menu.actions()]
            menu.close()
        starter.press(Key.Key_O)
        assert starter.edits == []

    def test_it_is_struck_through_told_and_its_edges_are_neutral(self, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, weight=2.5, value=0.0))
        x1, y1, x2, y2 = starter.layout.edges(0)[1, 1]
        near = x1 + 0.9 * (x2 - x1), y1 + 0.9 * (y2 - y1)
        strong = starter.color(*near)
        for key in (Key.Key_Down, Key.Key_Down, Key.Key_O, Key.Key_Escape):
            starter.press(key)
        starter.view.canvas.steering.show_ring(shown=False)
        starter.view.show_frame(frame_of(starter.project, weight=2.5, value=0.0))
        assert starter.color(*near) != strong
        assert starter.color_of(1, 1) != starter.color_of(1, 2)
        assert "1 switched off" in starter.view.canvas.accessibleDescription()
        starter.hover(slot_position(starter.view, 0, 1))
        pieces = starter.view.canvas.network._pieces
        assert pieces is not None
        assert "switched off" in pieces.hover.texts[0]

    def test_a_smaller_layer_forgets_who_was_off_beyond_it(self, starter: Host) -> None:
        starter.view.show_selection(Selection(0, 3))
        starter.press(Key.Key_O)
        starter.click(slot_position(starter.view, 0, 1))
        assert off_in(starter, 0) == ()
