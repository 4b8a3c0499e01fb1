"""Giving a layer another place: by the pointer, by keys and from the menu."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network.edits import move
from nnplayground.app.features.network.layout import lay_out
from nnplayground.app.features.network.reorder import Move
from nnplayground.app.ui.theme import DARK
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import Project
from tests.app.features.network.networks import LEFT, Host, frame_of, is_near, project_of

# The off-screen platform has no keyboard that a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
LAYERS = st.lists(st.builds(DenseSpec, units=st.integers(1, 9)), min_size=1, max_size=8).map(tuple)


@given(LAYERS, st.data())
def test_a_move_takes_one_layer_as_a_whole_and_leaves_the_others_in_order(
    layers: tuple[DenseSpec, ...], data: st.DataObject
) -> None:
    layer = data.draw(st.integers(0, len(layers) - 1))
    place = data.draw(st.integers(-2, len(layers) + 2))
    carried = layers[layer].with_activation("relu"), DropoutSpec(0.3)
    others = *layers[:layer], *layers[layer + 1 :]
    edit = move((*layers[:layer], *carried, *layers[layer + 1 :]), layer, place)
    there = min(max(place, 0), len(layers) - 1)
    if there == layer:
        assert edit is None
    elif edit is not None:
        assert edit.layers == (*others[:there], *carried, *others[there:])
        assert edit.text == f"Move layer {layer + 1} to place {there + 1}"


@given(st.integers(1, 9), st.data())
def test_a_layer_lands_between_the_columns_where_it_is_let_go(count: int, data: st.DataObject) -> None:
    layers = tuple(DenseSpec(units) for units in range(1, count + 1))
    layout = lay_out((2, *range(1, count + 1), 1), width=900, height=500)
    layer = data.draw(st.integers(0, count - 1))
    start = layout.columns[layer + 1].center
    carried = Move(layout, layers, layer, start)
    carried.drag(data.draw(st.integers(start + 6, 1200)) if data.draw(st.booleans()) else start - 6)
    carried.drag(data.draw(st.integers(-200, 1200)))
    place = carried.place
    centers = [column.center for column in layout.columns[1:-1]]
    others = [*centers[:layer], *centers[layer + 1 :]]
    assert all(center < start + carried.way for center in others[:place])
    assert all(center >= start + carried.way for center in others[place:])
    gaps = [(a.center + b.center) / 2 for a, b in pairwise(layout.columns)]
    # Left of the first layer is gap 0; the layer itself is taken out before it is counted where it goes.
    assert carried.gap == (None if place == layer else gaps[place + (place > layer)])


def test_a_press_that_hardly_moves_is_a_click() -> None:
    carried = Move(lay_out((2, 3, 4, 1), width=900, height=500), (DenseSpec(3), DenseSpec(4)), 0, 300.0)
    carried.drag(305.0)
    assert not carried.is_lifted
    carried.drag(305.0, zoom=2.0)
    assert carried.is_lifted


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    return Host(qtbot, project_of(4, 2, 6))


def name_of(host: Host, layer: int) -> QPoint:
    return host.middle(host.layout.head(layer).name)


def label_of(host: Host) -> str:
    pieces = host.view.canvas.network._pieces
    assert pieces is not None
    return pieces.hover.texts[1] if pieces.hover.isVisible() else ""


class TestByPointer:
    def test_a_layer_goes_where_its_name_is_dragged_in_one_step(self, host: Host) -> None:
        places = [name_of(host, 1), name_of(host, 2), name_of(host, 3)]
        host.drag([*places, places[-1] + QPoint(30, 0)])
        assert host.units == (2, 6, 4)
        assert host.texts == ["Move layer 1 to place 3"]

    def test_it_goes_back_the_same_way(self, host: Host) -> None:
        host.drag([name_of(host, 3), name_of(host, 1) - QPoint(20, 0)])
        assert host.units == (6, 4, 2)

    def test_on_its_way_it_is_told_where_it_would_stand(self, qtbot: QtBot, host: Host) -> None:
        qtbot.mousePress(host.viewport, LEFT, pos=name_of(host, 1))
        qtbot.mouseMove(host.viewport, name_of(host, 2) + QPoint(20, 0))
        assert label_of(host) == "Move layer 1 to place 2"
        assert host.viewport.cursor().shape() is Qt.CursorShape.ClosedHandCursor
        qtbot.mouseMove(host.viewport, name_of(host, 1) + QPoint(10, 0))
        assert label_of(host) == "Layer 1 stays where it is"
        qtbot.mouseRelease(host.viewport, LEFT, pos=name_of(host, 1))
        assert host.edits == []

    def test_where_it_is_let_go_is_marked_and_afterwards_nothing_is_left(self, qtbot: QtBot, host: Host) -> None:
        host.view.show_frame(frame_of(host.project, value=1.0))
        host.click(name_of(host, 1))  # which chooses the layer and is seen
        host.hover(QPoint(2, 2))
        before = host.picture()
        qtbot.mousePress(host.viewport, LEFT, pos=name_of(host, 1))
        qtbot.mouseMove(host.viewport, name_of(host, 2) + QPoint(20, 0))
        columns = host.layout.columns
        assert is_near(host.color((columns[2].center + columns[3].center) / 2, host.layout.bottom - 4), "#0B6BCB", 40)
        qtbot.keyClick(host.view.canvas, Key.Key_Escape)
        host.hover(QPoint(2, 2))
        assert host.picture() == before

    def test_escape_leaves_everything_as_it_was(self, qtbot: QtBot, host: Host) -> None:
        qtbot.mousePress(host.viewport, LEFT, pos=name_of(host, 1))
        qtbot.mouseMove(host.viewport, name_of(host, 3))
        host.press(Key.Key_Escape)
        qtbot.mouseRelease(host.viewport, LEFT, pos=name_of(host, 3))
        assert host.edits == []

    def test_a_click_on_the_name_only_chooses_the_layer(self, host: Host) -> None:
        host.click(name_of(host, 3))
        assert host.edits == []
        assert host.view.canvas.steering.block == 2

    def test_layers_that_are_alike_say_that_nothing_would_change(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(3, 3))
        qtbot.mousePress(host.viewport, LEFT, pos=name_of(host, 1))
        qtbot.mouseMove(host.viewport, name_of(host, 2) + QPoint(10, 0))
        assert label_of(host) == "Layers 1 and 2 are alike: nothing would change"
        qtbot.mouseRelease(host.viewport, LEFT, pos=name_of(host, 2))
        assert host.edits == []

    def test_frames_that_come_meanwhile_do_no_harm(self, qtbot: QtBot, host: Host) -> None:
        qtbot.mousePress(host.viewport, LEFT, pos=name_of(host, 1))
        qtbot.mouseMove(host.viewport, name_of(host, 2) + QPoint(20, 0))
        host.view.show_frame(frame_of(host.project, value=1.0, weight=1.0))
        host.view.set_theme(DARK)
        assert label_of(host) == "Move layer 1 to place 2"
        qtbot.mouseRelease(host.viewport, LEFT, pos=name_of(host, 2) + QPoint(20, 0))
        assert host.units == (2, 4, 6)

    def test_another_network_or_size_of_the_view_takes_the_layer_out_of_the_hand(
        self, qtbot: QtBot, host: Host
    ) -> None:
        for change in (partial(host.view.resize, 700, 500), partial(host.show, project_of(5, 6))):
            qtbot.mousePress(host.viewport, LEFT, pos=name_of(host, 1))
            qtbot.mouseMove(host.viewport, name_of(host, 2) + QPoint(20, 0))
            change()
            qtbot.mouseRelease(host.viewport, LEFT, pos=name_of(host, 2) + QPoint(20, 0))
            assert host.edits == []

    def test_neurons_that_moved_keep_their_maps_until_the_next_frame(self, host: Host) -> None:
        host.view.show_frame(frame_of(host.project, value=1.0))
        host.press(Key.Key_Right, ALT)
        assert all(is_near(host.color_of(column, 1), "#0B6BCB") for column in (1, 2, 3))

    def test_a_name_shows_that_it_can_be_dragged(self, host: Host) -> None:
        host.hover(name_of(host, 2))
        assert host.viewport.cursor().shape() is Qt.CursorShape.OpenHandCursor


class TestByKeyboardAndMenu:
    def test_alt_and_the_arrows_carry_the_chosen_layer_as_far_as_it_goes(self, host: Host) -> None:
        for _ in range(4):
            host.press(Key.Key_Right, ALT)
        assert host.units == (2, 6, 4)
        host.press(Key.Key_Left, ALT)
        assert host.units == (2, 4, 6)
        assert host.texts == ["Move layer 1 to place 2", "Move layer 2 to place 3", "Move layer 3 to place 2"]

    @pytest.mark.parametrize(("text", "units"), [("Move left", (2, 4, 6)), ("Move right", (4, 6, 2))])
    def test_the_menu_moves_a_layer(self, host: Host, text: str, units: tuple[int, ...]) -> None:
        actions = self.menu(host, 2)
        actions[text].trigger()
        assert host.units == units

    def test_what_would_change_nothing_is_greyed_out(self, host: Host) -> None:
        assert not self.menu(host, 1)["Move left"].isEnabled()
        assert not self.menu(host, 3)["Move right"].isEnabled()

    def menu(self, host: Host, layer: int) -> dict[str, QAction]:
        place = name_of(host, layer)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, host.viewport.mapToGlobal(place))
        QApplication.sendEvent(host.viewport, event)
        (menu,) = (menu for menu in host.view.canvas.findChildren(QMenu, "network_menu") if menu.isVisible())
        actions = {action.text(): action for action in menu.actions()}
        menu.close()
        return actions


def test_no_layer_no_move(qtbot: QtBot) -> None:
    host = Host(qtbot, Project(network=project_of().network))
    host.press(Key.Key_Right, ALT)
    assert host.edits == []
