"""Dropouts that stand alone: each is a bar between two columns that is seen, selected, changed, moved and removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network import NetworkView
from nnplayground.app.features.network.block_names import block_name, the
from nnplayground.app.features.network.edits import larger
from nnplayground.app.features.network.hovering import describe, tooltip
from nnplayground.app.features.network.items.dropout import DropoutItem
from nnplayground.app.features.network.pointing import Part, Target
from nnplayground.app.features.network.structure import Structure
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.theme import LIGHT
from nnplayground.project.blocks import UnitsBlock, blocks_of
from nnplayground.project.codec import encode
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec, LayerSpec
from nnplayground.project.model import MAX_LAYERS, NetworkSpec, Project
from nnplayground.project.parameter_index import Selection
from nnplayground.project.storage import load
from tests.app.features.network.networks import LEFT, Host, frame_of, is_near, project_of
from tests.app.pointing import insert_position, slot_position

# The off-screen platform has no keyboard that a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)

Key = Qt.Key
KEPT = sorted((Path(__file__).parents[3] / "project" / "files").glob("*.nnp.json"))
FOUR, TWO, TENTH, FIFTH, NONE = DenseSpec(4), DenseSpec(2), DropoutSpec(0.1), DropoutSpec(0.2), DropoutSpec(0.0)
LAYERS: tuple[LayerSpec, ...] = (TENTH, FOUR, FIFTH, FIFTH, TWO)  # a lone one on the inputs and one behind layer 1
DENSE_AND_DROPOUTS = st.lists(
    st.one_of(
        st.builds(DenseSpec, st.integers(1, 9), st.sampled_from(["tanh", "relu"])),
        st.builds(DropoutSpec, st.sampled_from([0.0, 0.1, 0.5])),
    ),
    max_size=9,
).map(tuple)


def project(layers: tuple[LayerSpec, ...]) -> Project:
    return Project(network=NetworkSpec(layers=layers))


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[Host]:
    made = Host(qtbot, project(LAYERS), width=640)
    yield made
    for menu in made.view.canvas.findChildren(QMenu):
        menu.close()


def bar(host: Host, number: int) -> QPoint:
    """Return the middle of a bar, counted from 0."""
    return host.middle(host.layout.bars[number].box)


def items(host: Host) -> list[DropoutItem]:
    found = [item for item in host.view.canvas.network.items() if isinstance(item, DropoutItem)]
    return sorted(found, key=lambda item: item.block)


def open_menu(host: Host) -> QMenu:
    (menu,) = (menu for menu in host.view.canvas.findChildren(QMenu, "network_menu") if menu.isVisible())
    return menu


def entry(menu: QMenu, text: str) -> None:
    """Trigger an entry of a menu."""
    next(action for action in menu.actions() if action.text() == text).trigger()


class TestShowing:
    def test_a_bar_stands_for_each_lone_dropout_and_says_what_it_drops(self, host: Host) -> None:
        assert [item.text for item in items(host)] == ["drops 10 %", "drops 20 %"]
        assert [one.column for one in host.layout.bars] == [0, 1]
        assert host.view.is_editable

    def test_edges_run_from_column_to_column_through_it(self, host: Host) -> None:
        host.view.show_frame(frame_of(host.project, weight=2.5))
        x1, y1, x2, _ = host.layout.edges(0)[0, 0]
        one = host.layout.bars[0].box
        assert x1 < one.x < one.right < x2
        assert is_near(host.color(x1 + 4, y1), LIGHT.positive, 40)
        plain = Host(host.qtbot, project((FOUR, FIFTH, TWO)), width=640)
        assert plain.layout.edges(0).shape == host.layout.edges(0).shape

    def test_without_one_the_picture_is_laid_out_as_ever(self, host: Host) -> None:
        host.show(project_of(4, 2))
        assert (host.layout.bars, items(host)) == ((), [])
        assert len(host.layout.inserts) == 3

    def test_it_is_told_in_words(self, host: Host) -> None:
        structure = host.view.canvas.network.structure
        assert structure is not None
        assert "dropout of 10 %; layer 1: 4 neurons, Tanh, drop 20 %; dropout of 20 %; layer 2" in structure.in_words()
        target = Target(Part.LONE_DROPOUT, 1, block=2)
        numbers = host.view.canvas.network.values
        assert describe(target, structure, None, numbers) == "Dropout behind layer 1: 20 %"
        assert "a random 20 % of the values that pass here" in tooltip(target, structure)
        assert "drops nothing" in tooltip(Target(Part.LONE_DROPOUT, 0, block=0), Structure(("a",), ("b",), (NONE,)))

    def test_it_lights_up_under_the_pointer(self, host: Host) -> None:
        before = items(host)[0].pixmap().toImage()
        host.hover(bar(host, 0))
        assert items(host)[0].pixmap().toImage() != before
        host.hover(slot_position(host.view, 0, 0))
        assert items(host)[0].pixmap().toImage() == before

    def test_a_frame_of_the_network_is_shown_around_it(self, host: Host) -> None:
        frame = frame_of(host.project, value=1.0)
        host.view.show_frame(frame)
        assert host.view.canvas.network.snapshot is frame
        assert is_near(host.color_of(2, 1), LIGHT.positive)


class TestNames:
    def test_a_dropout_is_called_after_its_place(self) -> None:
        blocks = blocks_of((TENTH, FIFTH, FOUR, TENTH, NONE, TWO))
        names = [block_name(blocks, block.index) for block in blocks]
        assert names == [
            "dropout 1 on the inputs", "dropout 2 on the inputs", "layer 1", "dropout behind layer 1", "layer 2",
        ]  # fmt: skip
        assert [the(name) for name in names[2:4]] == ["layer 1", "the dropout behind layer 1"]


class TestChanging:
    def test_a_click_opens_its_menu_in_which_a_share_is_chosen(self, host: Host) -> None:
        host.click(bar(host, 0))
        menu = open_menu(host)
        assert menu.accessibleName() == "Dropout on the inputs"
        assert [action.text() for action in menu.actions()][:5] == ["0 %", "10 %", "20 %", "30 %", "50 %"]
        assert menu.actions()[1].isChecked()
        menu.actions()[0].trigger()
        assert host.texts == ["Set the dropout on the inputs to 0 %"]
        assert host.layers == (NONE, *LAYERS[1:])

    def test_any_other_share_is_typed_into_the_field_of_every_dropout(self, qtbot: QtBot, host: Host) -> None:
        host.click(bar(host, 1))
        field = open_menu(host).findChild(NumberField, "layer_dropout")
        assert isinstance(field, NumberField)
        field.selectAll()
        qtbot.keyClicks(field, "35")
        qtbot.keyClick(field, Key.Key_Return)
        assert host.layers == (TENTH, FOUR, FIFTH, DropoutSpec(0.35), TWO)

    def test_it_is_removed_from_its_menu(self, host: Host) -> None:
        entry(host.ask_menu(bar(host, 1)), "Remove dropout")
        assert host.layers == (TENTH, FOUR, FIFTH, TWO)
        assert host.texts == ["Remove the dropout behind layer 1"]

    def test_a_dropout_is_put_on_the_inputs_from_their_menu(self, host: Host) -> None:
        menu = host.ask_menu(host.middle(host.layout.cell(0, 0)))
        entry(menu, "Insert dropout")
        menu.close()
        assert host.layers == (FIFTH, *LAYERS)
        host.show(project((FOUR,) * MAX_LAYERS))
        menu = host.ask_menu(host.middle(host.layout.cell(0, 0)))
        assert not next(action for action in menu.actions() if action.text() == "Insert dropout").isEnabled()

    def test_what_is_done_to_a_layer_leaves_it_alone(self, host: Host) -> None:
        host.click(slot_position(host.view, 0, 5))
        host.click(host.middle(host.layout.head(2).larger))
        host.click(host.middle(host.layout.head(1).remove))
        assert host.texts == ["Set layer 1 to 6 neurons", "Set layer 2 to 3 neurons", "Remove layer 1"]
        assert host.layers == (TENTH, FIFTH, DenseSpec(3))

    def test_sizes_are_drawn_across_it(self, host: Host) -> None:
        host.drag([slot_position(host.view, 0, 2), slot_position(host.view, 1, 2)])
        assert host.layers == (TENTH, DenseSpec(3), FIFTH, FIFTH, DenseSpec(3))
        assert len(host.gestures) == 1

    def test_a_layer_is_inserted_on_either_side_of_it(self, host: Host) -> None:
        host.click(insert_position(host.view, 1))
        assert host.layers == (TENTH, FOUR, FOUR, FIFTH, FIFTH, TWO)
        host.show(project(LAYERS))
        host.click(insert_position(host.view, 0))
        assert host.layers == (FOUR, *LAYERS)
        assert host.texts == ["Insert layer 1", "Insert layer 1"]

    def test_a_neuron_behind_it_is_switched_off(self, host: Host) -> None:
        entry(host.ask_menu(host.middle(host.layout.cell(2, 1))), "Switch off")
        assert host.layers[-1] == DenseSpec(2, off=(1,))


class TestMoving:
    def test_it_is_dragged_past_a_layer(self, host: Host) -> None:
        there = QPoint(host.middle(host.layout.cell(2, 0)).x() + 30, bar(host, 0).y())
        host.drag([bar(host, 0), there - QPoint(20, 0), there])
        assert host.layers == (FOUR, FIFTH, FIFTH, TWO, TENTH)
        assert host.texts == ["Move the dropout on the inputs behind layer 2"]
        assert not host.view.canvas.findChildren(QMenu)

    def test_a_layer_is_dragged_past_it(self, host: Host) -> None:
        name = host.middle(host.layout.head(1).name)
        host.drag([name, QPoint(bar(host, 0).x() - 20, name.y())])
        assert host.layers == (FOUR, FIFTH, TENTH, FIFTH, TWO)
        assert host.texts == ["Move layer 1 past a dropout"]

    def test_escape_leaves_it_where_it_was(self, qtbot: QtBot, host: Host) -> None:
        qtbot.mousePress(host.viewport, LEFT, pos=bar(host, 0))
        qtbot.mouseMove(host.viewport, bar(host, 1) + QPoint(30, 0))
        host.press(Key.Key_Escape)
        qtbot.mouseRelease(host.viewport, LEFT, pos=bar(host, 1))
        assert host.edits == []

    def test_alt_and_the_arrows_move_it_and_it_stays_chosen(self, host: Host) -> None:
        steering = host.view.canvas.steering
        host.view.canvas.picker.select_block(0)
        host.press(Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        assert host.layers == (FOUR, FIFTH, TENTH, FIFTH, TWO)
        assert steering.block == 1
        host.press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert (host.layers, steering.block) == (LAYERS, 0)


class TestSelecting:
    def test_the_arrows_go_from_block_to_block(self, host: Host) -> None:
        picker, found = host.view.canvas.picker, []
        picker.select(Selection(-1))
        for _ in range(5):
            host.press(Key.Key_Right)
            found.append((picker.selection, picker.dropout))
        assert found == [
            (None, 0), (Selection(0), None), (None, 2), (Selection(1), None), (Selection(2), None),
        ]  # fmt: skip
        host.press(Key.Key_Left)
        host.press(Key.Key_Left)
        assert picker.dropout == 2

    def test_from_neuron_to_neuron_they_pass_it(self, host: Host) -> None:
        picker = host.view.canvas.picker
        picker.select(Selection(0, 1))
        host.press(Key.Key_Right)
        assert (picker.selection, picker.dropout) == (Selection(1, 1), None)

    def test_what_is_selected_is_set_off_until_something_else_is(self, host: Host) -> None:
        plain = items(host)[1].pixmap().toImage()
        host.view.canvas.picker.select_block(2)
        selected = items(host)[1].pixmap().toImage()
        assert selected != plain
        host.view.resize(640, 470)
        assert items(host)[1].pixmap().toImage() != plain
        host.press(Key.Key_Escape)
        assert host.view.canvas.picker.dropout is None
        host.view.canvas.picker.select_block(2)
        host.view.canvas.picker.select(Selection(0))
        assert host.view.canvas.picker.dropout is None

    def test_the_selection_of_the_window_is_given_up_for_it(self, host: Host) -> None:
        host.view.canvas.picker.select(Selection(0, 1))
        host.view.canvas.picker.select_block(0)
        assert host.selections == [Selection(0, 1), None]

    def test_delete_removes_it_and_enter_opens_its_menu(self, host: Host) -> None:
        host.view.canvas.picker.select_block(2)
        host.press(Key.Key_Return)
        menu = open_menu(host)
        assert menu.accessibleName() == "Dropout behind layer 1"
        menu.close()
        host.press(Key.Key_Delete)
        assert host.layers == (TENTH, FOUR, FIFTH, TWO)
        assert host.view.canvas.picker.dropout is None

    def test_up_down_plus_and_minus_mean_nothing_to_it(self, host: Host) -> None:
        host.view.canvas.picker.select_block(0)
        for key in (Key.Key_Up, Key.Key_Down, Key.Key_Plus, Key.Key_Minus):
            host.press(key)
        assert host.edits == []
        assert host.view.canvas.picker.dropout == 0

    def test_the_menu_key_opens_its_menu(self, host: Host) -> None:
        host.view.canvas.picker.select_block(0)
        assert host.ask_menu(QPoint(1, 1), by_key=True).accessibleName() == "Dropout on the inputs"


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(layers=DENSE_AND_DROPOUTS)
def test_any_dense_layers_and_dropouts_are_drawn_and_ask_for_nothing(host: Host, layers: tuple[LayerSpec, ...]) -> None:
    before = len(host.edits)
    host.show(project(layers))
    host.view.show_frame(frame_of(host.project, value=0.5))
    assert host.view.is_editable
    lone = [block for block in blocks_of(layers) if not isinstance(block, UnitsBlock)]
    assert [item.block for item in items(host)] == [block.index for block in lone]
    assert len(host.edits) == before


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(layers=DENSE_AND_DROPOUTS, data=st.data())
def test_every_gesture_on_a_layer_leaves_all_lone_dropouts(
    host: Host, layers: tuple[LayerSpec, ...], data: st.DataObject
) -> None:
    host.show(project(layers))
    columns = [block.index for block in blocks_of(layers) if isinstance(block, UnitsBlock)]
    if not columns:
        return
    column = data.draw(st.integers(1, len(columns)))
    action = data.draw(st.sampled_from(["grow", "draw", "insert", "move", "remove"]))
    lost: tuple[LayerSpec, ...] = ()
    if action == "grow":
        host.view.canvas.steering.step(columns[column - 1], larger)
    elif action == "draw":
        host.drag([slot_position(host.view, column - 1, 3), slot_position(host.view, column - 1, 6)])
    elif action == "insert":
        host.view.canvas.steering.insert(data.draw(st.integers(0, len(blocks_of(layers)))))
    elif action == "move":
        host.view.canvas.mover.put(columns[column - 1], data.draw(st.integers(0, len(blocks_of(layers)) - 1)))
    else:
        places = blocks_of(layers)[columns[column - 1]].places
        lost = layers[places.start + 1 : places.stop]
        host.view.canvas.steering.remove(columns[column - 1])
    dropouts = sorted(layer.dropped for layer in layers if layer.dropped is not None)
    kept = sorted(layer.dropped for layer in host.layers if layer.dropped is not None)
    assert sorted([*kept, *(layer.dropped for layer in lost if layer.dropped is not None)]) == dropouts


@pytest.mark.parametrize("path", KEPT, ids=[path.name.partition(".")[0] for path in KEPT])
def test_a_kept_file_is_shown_and_stays_as_it_is(qtbot: QtBot, path: Path) -> None:
    view = NetworkView()
    qtbot.addWidget(view)
    asked = [QSignalSpy(signal) for signal in (view.layers_edited, view.values_edited, view.locks_edited)]
    kept = load(path)
    view.show_project(kept, inputs=("a", "b"), outputs=("c",))
    with qtbot.waitExposed(view):
        view.show()
    assert [spy.count() for spy in asked] == [0, 0, 0]
    assert view.is_editable is ("convolution" not in path.name and not path.name.startswith("pictures"))
    structure = view.canvas.network.structure
    shown = structure.layers if view.is_editable and structure is not None else kept.network.layers
    again = replace(kept, network=replace(kept.network, layers=shown))
    assert encode(again).encode("utf-8") == path.read_bytes()
