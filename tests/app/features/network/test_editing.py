"""Changing the network by hand: real mouse and keys in, edits out."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.project.layer_specs import MAX_UNITS, DenseSpec, DropoutSpec, LayerSpec
from nnplayground.project.model import MAX_LAYERS, NetworkSpec, Project
from tests.app.features.network.networks import LEFT, Host, columns_of, frame_of, project_of
from tests.app.pointing import insert_position, slot_position

# The off-screen platform has no keyboard that a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)

Key = Qt.Key


def open_menu(host: Host) -> QMenu:
    (menu,) = (menu for menu in host.view.canvas.findChildren(QMenu, "network_menu") if menu.isVisible())
    return menu


def choose(menu: QMenu, text: str) -> None:
    action = next(action for action in menu.actions() if action.text() == text)
    action.trigger()
    menu.close()


@pytest.fixture
def starter(qtbot: QtBot) -> Host:
    return Host(qtbot, project_of(4, 2))


class TestDrawingSizes:
    def test_a_click_on_slot_k_makes_the_layer_k_neurons_tall(self, starter: Host) -> None:
        starter.click(slot_position(starter.view, 0, 5))
        assert starter.units == (6, 2)
        assert starter.texts == ["Set layer 1 to 6 neurons"]

    def test_a_click_on_a_neuron_shrinks_the_layer_to_it(self, starter: Host) -> None:
        starter.click(slot_position(starter.view, 0, 0))
        assert starter.units == (1, 2)

    def test_a_click_on_the_lowest_neuron_changes_nothing(self, starter: Host) -> None:
        starter.click(slot_position(starter.view, 1, 1))
        assert starter.edits == []

    def test_one_drag_across_all_columns_is_one_gesture(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(1, 1, 1, 1))
        rows = (2, 5, 3, 0)
        host.drag([slot_position(host.view, layer, row) for layer, row in enumerate(rows)])
        assert host.units == (3, 6, 4, 1)
        (gesture,) = host.gestures
        assert gesture != 0

    def test_two_clicks_are_two_gestures(self, starter: Host) -> None:
        starter.click(slot_position(starter.view, 0, 5))
        starter.click(slot_position(starter.view, 1, 4))
        assert len(starter.gestures) == 2

    def test_while_somebody_draws_the_slots_stay_where_they_are(self, qtbot: QtBot, starter: Host) -> None:
        last = starter.layout.rows - 1
        before = slot_position(starter.view, 0, last)
        qtbot.mousePress(starter.viewport, LEFT, pos=before)
        assert starter.units[0] == last + 1
        assert slot_position(starter.view, 0, last) == before
        qtbot.mouseRelease(starter.viewport, LEFT, pos=before)
        assert starter.layout.rows > last + 1

    def test_escape_takes_a_drag_back(self, qtbot: QtBot, starter: Host) -> None:
        place = slot_position(starter.view, 0, 6)
        qtbot.mousePress(starter.viewport, LEFT, pos=place)
        starter.press(Key.Key_Escape)
        qtbot.mouseMove(starter.viewport, slot_position(starter.view, 1, 6))
        qtbot.mouseRelease(starter.viewport, LEFT, pos=place)
        assert starter.units == (4, 2)
        assert len(starter.gestures) == 1

    def test_a_drag_ends_when_another_network_is_shown(self, qtbot: QtBot, starter: Host) -> None:
        qtbot.mousePress(starter.viewport, LEFT, pos=slot_position(starter.view, 0, 6))
        starter.show(project_of(3))
        qtbot.mouseMove(starter.viewport, slot_position(starter.view, 0, 7))
        qtbot.mouseRelease(starter.viewport, LEFT, pos=slot_position(starter.view, 0, 7))
        assert starter.units == (3,)

    def test_the_other_mouse_buttons_draw_nothing(self, qtbot: QtBot, starter: Host) -> None:
        qtbot.mouseClick(starter.viewport, Qt.MouseButton.MiddleButton, pos=slot_position(starter.view, 0, 6))
        assert starter.edits == []


class TestButtons:
    def test_plus_and_minus_change_the_size_however_fast_they_are_clicked(self, qtbot: QtBot, starter: Host) -> None:
        larger, smaller = (starter.middle(getattr(starter.layout.head(1), name)) for name in ("larger", "smaller"))
        starter.click(larger)
        qtbot.mouseDClick(starter.viewport, LEFT, pos=larger)
        starter.click(smaller)
        sizes = [columns_of(Project(network=NetworkSpec(layers=layers)))[0].units for layers, _, _ in starter.edits]
        assert sizes[0] == 5
        assert sizes[-1] == sizes[-2] - 1
        assert {abs(b - a) for a, b in zip([4, *sizes], sizes, strict=False)} == {1}

    def test_plus_reaches_the_limit_and_stops_there(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(3072))
        for _ in range(3):
            host.click(host.middle(host.layout.head(1).larger))
        assert host.units == (MAX_UNITS,)
        assert len(host.edits) == 1

    def test_minus_stops_at_one(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(1))
        host.click(host.middle(host.layout.head(1).smaller))
        assert host.edits == []

    @pytest.mark.parametrize(("place", "units"), [(0, (4, 4, 2)), (1, (4, 4, 2)), (2, (4, 2, 2))])
    def test_plus_between_columns_inserts_a_layer_like_its_neighbour(
        self, starter: Host, place: int, units: tuple[int, ...]
    ) -> None:
        starter.click(insert_position(starter.view, place))
        assert starter.units == units
        assert starter.texts == [f"Insert layer {place + 1}"]

    def test_the_cross_removes_a_layer(self, starter: Host) -> None:
        starter.click(starter.middle(starter.layout.head(1).remove))
        assert starter.units == (2,)

    def test_the_largest_number_of_layers_cannot_be_exceeded(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(*(2,) * MAX_LAYERS))
        host.click(insert_position(host.view, 0))
        host.press(Key.Key_Insert)
        assert host.edits == []

    def test_the_activation_is_chosen_from_a_menu(self, starter: Host) -> None:
        starter.click(starter.middle(starter.layout.head(2).activation))
        choose(open_menu(starter), "ReLU")
        assert starter.columns[1].activation == "relu"
        assert starter.units == (4, 2)

    def test_the_count_opens_a_field_for_any_number(self, qtbot: QtBot, starter: Host) -> None:
        starter.click(starter.middle(starter.layout.head(1).count))
        menu = open_menu(starter)
        field = menu.findChild(NumberField, "layer_units")
        assert field is not None
        assert (field.rule.low, field.rule.high, field.text()) == (1, MAX_UNITS, "4")
        field.selectAll()
        qtbot.keyClicks(field, "300")
        qtbot.keyClick(field, Key.Key_Return)
        assert starter.units == (300, 2)
        assert not menu.isVisible()

    def test_the_sign_of_a_condensed_layer_opens_the_field_for_its_size(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(64))
        marker = host.layout.columns[1].marker
        assert marker is not None
        host.click(slot_position(host.view, 0, marker))
        assert open_menu(host).findChild(NumberField, "layer_units") is not None
        open_menu(host).close()
        assert host.edits == []


class TestMenu:
    @pytest.fixture
    def menu(self, starter: Host) -> Iterator[QMenu]:
        layout = starter.layout
        self.ask(starter, starter.middle(layout.cell(2, 0)))
        menu = open_menu(starter)
        yield menu
        for left_open in starter.view.canvas.findChildren(QMenu):
            left_open.close()

    def ask(self, host: Host, place: QPoint) -> None:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, host.viewport.mapToGlobal(place))
        QApplication.sendEvent(host.viewport, event)

    @pytest.mark.parametrize(
        ("text", "units"),
        [("Remove layer", (4,)), ("Insert layer before", (4, 4, 2)), ("Insert layer after", (4, 2, 2))],
    )
    def test_each_action_changes_the_layer_under_the_pointer(
        self, starter: Host, menu: QMenu, text: str, units: tuple[int, ...]
    ) -> None:
        choose(menu, text)
        assert starter.units == units

    def test_an_outer_column_offers_an_insertion(self, starter: Host) -> None:
        self.ask(starter, starter.middle(starter.layout.cell(3, 0)))
        choose(open_menu(starter), "Insert layer")
        assert starter.units == (4, 2, 2)

    def test_all_sizes_tried_in_one_menu_are_one_gesture(self, starter: Host, menu: QMenu) -> None:
        field = menu.findChild(NumberField, "layer_units")
        assert field is not None
        for is_up in (True, True, False, True):
            field.step(up=is_up)
        assert starter.units == (4, 4)
        assert len(starter.gestures) == 1


class TestKeyboard:
    def test_left_and_right_choose_the_layer_that_plus_and_minus_change(self, starter: Host) -> None:
        starter.press(Key.Key_Plus)
        starter.press(Key.Key_Right)
        starter.press(Key.Key_Equal)
        starter.press(Key.Key_Minus)
        starter.press(Key.Key_Minus)
        assert starter.units == (5, 1)

    def test_up_and_down_change_no_size(self, starter: Host) -> None:
        for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up):
            starter.press(key)
        assert starter.edits == []

    def test_inputs_and_outputs_can_be_chosen_but_have_no_size_to_change(self, starter: Host) -> None:
        for key in (Key.Key_Left, Key.Key_Left, Key.Key_Plus, Key.Key_Delete):
            starter.press(key)
        assert starter.edits == []
        starter.press(Key.Key_Insert)
        assert starter.units == (4, 4, 2)

    def test_insert_inserts_after_the_chosen_layer_and_chooses_the_new_one(self, starter: Host) -> None:
        starter.press(Key.Key_Insert)
        starter.press(Key.Key_Plus)
        assert starter.units == (4, 5, 2)

    def test_delete_removes_down_to_no_hidden_layer_and_insert_begins_again(self, starter: Host) -> None:
        for _ in range(4):
            starter.press(Key.Key_Delete)
        starter.press(Key.Key_Insert)
        assert [len(layers) for layers, _, _ in starter.edits] == [1, 0, 1]
        assert starter.units == (4,)

    def test_keys_of_others_are_left_alone(self, qtbot: QtBot, starter: Host) -> None:
        qtbot.keyClick(starter.view.canvas, Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
        starter.press(Key.Key_Space)
        assert starter.edits == []

    def test_the_chosen_layer_has_a_ring_while_keys_are_used(self, starter: Host) -> None:
        box = starter.layout.head(1).name
        corner = starter.layout.slots(1).bottom - 40
        before = starter.color(box.x - 1, corner)
        starter.press(Key.Key_Minus)
        assert starter.color(box.x - 1, corner) != before
        starter.click(QPoint(3, 3))
        assert starter.color(box.x - 1, corner) == before

    def test_a_far_layer_is_scrolled_into_view(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(*(3,) * 20))
        for _ in range(19):
            host.press(Key.Key_Right)
        assert host.viewport.rect().contains(slot_position(host.view, 19, 0))


@pytest.mark.parametrize(
    "layers",
    [
        (DenseSpec(4), DenseSpec(2)),
        (DropoutSpec(0.1), DropoutSpec(0.0), DenseSpec(4), DropoutSpec(0.2), DropoutSpec(0.3), DenseSpec(2)),
    ],
    ids=["plain", "lone dropouts"],
)
def test_a_monkey_with_mouse_and_keys_leaves_a_legal_network_on_show(
    qtbot: QtBot, layers: tuple[LayerSpec, ...]
) -> None:
    random = Random(2)
    host = Host(qtbot, Project(network=NetworkSpec(layers=layers)))
    keys = (
        Key.Key_Left,
        Key.Key_Right,
        Key.Key_Up,
        Key.Key_Down,
        Key.Key_Insert,
        Key.Key_Delete,
        Key.Key_Plus,
        Key.Key_Minus,
        Key.Key_K,
        Key.Key_O,
        Key.Key_Return,
        Key.Key_Escape,
    )

    def somewhere() -> QPoint:
        return QPointF(random.uniform(0, 560), random.uniform(0, 480)).toPoint()

    for _ in range(250):
        action = random.randrange(4)
        if action == 0:
            host.click(somewhere())
        elif action == 1:
            host.drag([somewhere() for _ in range(3)])
        elif action == 2:
            host.press(random.choice(keys))
        else:
            host.hover(somewhere())
            host.view.show_frame(frame_of(host.project, value=random.uniform(-1, 1), weight=random.uniform(-3, 3)))
        for menu in host.view.canvas.findChildren(QMenu):
            menu.close()
    Project(network=NetworkSpec(layers=host.project.network.layers))
    structure = host.view.canvas.network.structure
    assert structure is not None
    assert structure.layers == host.layers
    host.picture()


def test_a_double_click_on_the_plus_opens_nothing_over_the_new_layer(qtbot: QtBot) -> None:
    host = Host(qtbot, project_of(4, 2))
    place = insert_position(host.view, 1)
    qtbot.mouseClick(host.viewport, LEFT, pos=place)
    qtbot.mouseDClick(host.viewport, LEFT, pos=place)
    assert len(host.units) == 3
    assert QApplication.activePopupWidget() is None
    assert not host.view.canvas.findChildren(QMenu)
