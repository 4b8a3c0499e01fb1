"""The inspector shows what is selected, and asks for changes instead of making them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.inspector.weights_model import FROZEN, GRADIENT, NAME, WEIGHT
from nnplayground.app.ui.plots.empty import NO_NETWORK
from nnplayground.app.ui.theme import THEMES, Theme
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec
from nnplayground.project.model import DataSpec, ImagesSource, NetworkSpec, Project, TableSource
from nnplayground.project.parameter_index import FrozenParameter, ParameterIndex, Selection
from nnplayground.training.observe.inspections import InspectionRequest
from tests.app.features.inspector.inspected import PROJECT, Host, click, clipboard, editor, inspector, type_into

Key = Qt.Key


@pytest.fixture
def neuron(qtbot: QtBot) -> Iterator[Host]:
    with inspector(qtbot, selection=Selection(1, 0)) as host:
        yield host


def title(host: Host) -> str:
    return host.view._title.whole_text()


def shown_page(host: Host) -> QWidget | None:
    return next((page for page in host.view.pages if page.isVisible()), None)


def test_without_a_selection_it_says_how_to_select(qtbot: QtBot) -> None:
    with inspector(qtbot) as host:
        assert shown_page(host) is None
        assert "Ctrl+click a neuron" in host.view._empty.text() and host.view._empty.isVisible()
        assert host.asked is None


def test_a_layer_can_be_chosen_by_name(qtbot: QtBot) -> None:
    with inspector(qtbot) as host:
        box = host.view.choice
        assert [box.itemText(place) for place in range(box.count())] == ["Inputs", "Layer 1", "Layer 2", "Output"]
        box.setFocus()
        qtbot.keyClick(box, Key.Key_Down)
        qtbot.keyClick(box, Key.Key_Down)
        assert host.selections[-1] == Selection(0)
        assert title(host) == "Layer 1 · 4 neurons · Tanh"


def test_a_neuron_shows_its_weights_with_the_names_of_what_they_come_from(neuron: Host) -> None:
    assert title(neuron) == "Layer 2, neuron 1 · Tanh"
    rows = neuron.view.neuron.coming.model()
    names = [rows.index(row, NAME).data() for row in range(rows.rowCount())]
    assert names == ["layer 1 neuron 1", "layer 1 neuron 2", "layer 1 neuron 3", "layer 1 neuron 4", "bias"]
    exact = [float(rows.index(row, WEIGHT).data(Qt.ItemDataRole.EditRole)) for row in range(5)]
    assert exact == neuron.matrix[0].tolist()
    goes_to = neuron.view.neuron.going.model()
    assert [goes_to.index(0, NAME).data(), goes_to.rowCount()] == ["output blue", 1]


def test_a_neuron_of_the_first_layer_names_the_inputs(qtbot: QtBot) -> None:
    with inspector(qtbot, selection=Selection(0, 2)) as host:
        rows = host.view.neuron.coming.model()
        assert [rows.index(row, NAME).data() for row in range(3)] == ["x₁", "x₂", "bias"]


def test_the_words_tell_whether_it_learns_and_where_its_sums_lie(neuron: Host) -> None:
    text = neuron.view.neuron.sentences.text()
    assert "aturated" in text and "lies between" in text and "f(z) = tanh z" in text
    assert "Of its 4 inputs, none is dead" in text
    assert neuron.asked == InspectionRequest(1, 0)


def test_the_curve_is_drawn_with_the_sums_under_it(neuron: Host) -> None:
    plot = neuron.view.neuron.curve
    band = plot._band.rect()
    z = neuron.session.run.network.layer_outputs(neuron.session.run.data.train_inputs)[0]
    sums = neuron.matrix[0, :-1] @ z + neuron.matrix[0, -1]
    assert (band.left(), band.right()) == pytest.approx(tuple(np.percentile(sums, [5, 95])))
    assert not plot._bars.path().isEmpty() and not plot._line.path().isEmpty()


def test_double_click_and_typing_sets_a_weight(neuron: Host) -> None:
    before = float(neuron.matrix[0, 1])
    click(neuron, neuron.view.neuron.coming, 1, WEIGHT, double=True)
    type_into(neuron, neuron.view.neuron.coming, "-0.42")
    ((old, new, text, gesture),) = neuron.values
    assert old == ((ParameterIndex(1, 0, 1), before),) and new == ((ParameterIndex(1, 0, 1), -0.42),)
    assert text == "Set weight layer 1 neuron 2 → layer 2 neuron 1 to −0.420" and gesture == 0
    assert neuron.view.neuron.coming.model().index(1, WEIGHT).data() == "−0.420"


def test_f2_edits_the_bias_and_nonsense_is_refused_with_one_sentence(neuron: Host) -> None:
    table = neuron.view.neuron.coming
    click(neuron, table, 4, WEIGHT)
    neuron.qtbot.keyClick(table, Key.Key_F2)
    type_into(neuron, table, "cat")
    assert not neuron.values and len(neuron.refusals) == 1
    assert neuron.refusals[0].startswith('"cat" cannot be a weight or a bias; it must be a number from')
    field = editor(table)
    assert (field.text(), field.property("invalid")) == ("cat", True)
    field.selectAll()
    type_into(neuron, table, "1,000")
    assert neuron.refusals[1] == '"1,000" can be 1000 or 1; write 1000 or 1.'
    assert field.text() == "1,000"
    field.selectAll()
    type_into(neuron, table, "0,5")
    assert neuron.values[0][1] == ((ParameterIndex(1, 0), 0.5),)
    assert neuron.values[0][2] == "Set bias of layer 2 neuron 1 to 0.500"


def test_an_editor_that_was_only_opened_sets_nothing_while_training_goes_on(neuron: Host) -> None:
    table = neuron.view.neuron.coming
    click(neuron, table, 0, WEIGHT, double=True)
    neuron.session.run.train_epochs(1)
    neuron.bring(running=True)
    type_into(neuron, table, "")
    assert not neuron.values


def test_what_is_being_typed_stays_while_training_goes_on(neuron: Host) -> None:
    table = neuron.view.neuron.coming
    click(neuron, table, 0, WEIGHT, double=True)
    neuron.qtbot.keyClicks(editor(table), "1.2")
    neuron.session.run.train_epochs(1)
    neuron.bring(running=True)
    type_into(neuron, table, "5")
    assert neuron.values[0][1] == ((ParameterIndex(1, 0, 0), 1.25),)


def test_a_tick_freezes_at_the_value_of_this_moment_and_lets_go_again(neuron: Host) -> None:
    table = neuron.view.neuron.coming
    value = float(neuron.matrix[0, 2])
    click(neuron, table, 2, FROZEN)
    assert neuron.locks[-1] == ((FrozenParameter(1, 0, 2, value),), "Freeze layer 1 neuron 3 → layer 2 neuron 1", 0)
    assert table.model().index(2, FROZEN).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    neuron.qtbot.keyClick(table, Key.Key_Space)
    assert neuron.locks[-1] == ((), "Unfreeze layer 1 neuron 3 → layer 2 neuron 1", 0)


def test_gradients_come_with_the_first_batch(neuron: Host) -> None:
    rows = neuron.view.neuron.coming.model()
    assert rows.index(0, GRADIENT).data() != "–"
    neuron.session.restart()
    neuron.bring()
    assert rows.index(0, GRADIENT).data() == "–"


def test_largest_first_orders_the_rows_and_keeps_them_in_place_while_training(neuron: Host) -> None:
    rows = neuron.view.neuron.coming.model()
    neuron.qtbot.mouseClick(neuron.view.neuron.by_size, Qt.MouseButton.LeftButton)
    sizes = [abs(float(rows.index(row, WEIGHT).data(Qt.ItemDataRole.EditRole))) for row in range(5)]
    assert sizes == sorted(sizes, reverse=True)
    names = [rows.index(row, NAME).data() for row in range(5)]
    neuron.session.run.set_values([(neuron.view.neuron.coming.model_of_rows.place(4), 9.0)])
    neuron.bring(running=True)
    assert [rows.index(row, NAME).data() for row in range(5)] == names
    neuron.bring()
    assert rows.index(0, NAME).data() == names[4]


def test_a_name_leads_to_its_weight_and_from_there_to_both_ends(neuron: Host) -> None:
    click(neuron, neuron.view.neuron.coming, 2, NAME, double=True)
    assert neuron.selections[-1] == Selection(1, 0, 2)
    assert title(neuron) == "Layer 1 neuron 3 → layer 2 neuron 1"
    neuron.qtbot.mouseClick(neuron.view.edge.source, Qt.MouseButton.LeftButton)
    assert neuron.selections[-1] == Selection(0, 2)
    neuron.select(Selection(1, 0, 2))
    neuron.qtbot.mouseClick(neuron.view.edge.target, Qt.MouseButton.LeftButton)
    assert neuron.selections[-1] == Selection(1, 0)


def test_a_neuron_is_switched_off_by_its_button(neuron: Host) -> None:
    neuron.qtbot.mouseClick(neuron.view.neuron.off, Qt.MouseButton.LeftButton)
    assert neuron.switches == [Selection(1, 0)]
    assert not neuron.view.neuron.off.isChecked()


def test_one_that_is_off_says_so_and_an_output_cannot_be(qtbot: QtBot) -> None:
    layers = (DenseSpec(4, off=(1,)), DenseSpec(2))
    with inspector(qtbot, replace(PROJECT, network=NetworkSpec(layers=layers)), selection=Selection(0, 1)) as host:
        assert host.view.neuron.sentences.text().startswith("Switched off")
        assert host.view.neuron.off.isChecked() and host.view.neuron.off.text() == "Switched off"
        host.select(Selection(2, 0))
        assert not host.view.neuron.off.isVisible() and not host.view.neuron.going.isVisible()


def test_the_weights_of_a_neuron_are_copied_with_their_names(neuron: Host) -> None:
    neuron.view.neuron.coming.setFocus()
    neuron.qtbot.keyClick(neuron.view.neuron.coming, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in clipboard().split("\n")]
    assert [name for name, _ in lines][-1] == "bias"
    assert [float(number) for _, number in lines] == neuron.matrix[0].tolist()


def test_an_edge_shows_number_gradient_and_the_next_step(qtbot: QtBot) -> None:
    with inspector(qtbot, selection=Selection(0, 1, 0)) as host:
        value, field = float(host.matrix[1, 0]), host.view.edge.field
        assert field.text() == repr(value)
        text = host.view.edge.sentences.text()
        assert "Last gradient" in text and "plain SGD adds −0.03 ×" in text
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, "0.25")
        qtbot.keyClick(field, Key.Key_Return)
        assert host.values[-1][:2] == (((ParameterIndex(0, 1, 0), value),), ((ParameterIndex(0, 1, 0), 0.25),))
        qtbot.mouseClick(host.view.edge.frozen, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
        assert host.locks[-1][0] == (FrozenParameter(0, 1, 0, 0.25),)
        assert "frozen" in host.view.edge.sentences.text()


def test_arrow_keys_in_the_field_are_one_gesture_of_steps_of_a_tenth(qtbot: QtBot) -> None:
    with inspector(qtbot, selection=Selection(0, 1, 0)) as host:
        host.session.run.set_values([(ParameterIndex(0, 1, 0), 0.5)])
        host.bring()
        field = host.view.edge.field
        field.setFocus()
        for _ in range(2):
            qtbot.keyClick(field, Key.Key_Up)
        assert [new for _, new, _, _ in host.values] == [
            ((ParameterIndex(0, 1, 0), 0.6),),
            ((ParameterIndex(0, 1, 0), 0.7),),
        ]
        gestures = {gesture for *_, gesture in host.values}
        assert len(gestures) == 1 and gestures != {0}


def test_inputs_show_their_scaling_and_their_spread_in_the_units_of_the_data(qtbot: QtBot) -> None:
    source = TableSource(path="penguins.csv", targets=("species",), inputs=("bill_length_mm", "body_mass_g"))
    project = Project(data=DataSpec(source=source, scaling="standardize"))
    with inspector(qtbot, project, selection=Selection(-1)) as host:
        data, rows = host.session.run.data, host.view.inputs.table.model()
        column = data.samples.inputs[data.train_rows][:, 1]
        assert rows.index(1, 0).data() == "body_mass_g"
        assert rows.index(1, 1).data().startswith("(body_mass_g − 4,")
        spread = [float(rows.index(1, place).data(Qt.ItemDataRole.ToolTipRole)) for place in (2, 3, 4)]
        assert spread == pytest.approx([column.min(), column.mean(), column.max()])
        assert "standard deviation 1" in host.view.inputs.sentences.text()
        assert not host.view.inputs.going.isVisible()
        click(host, host.view.inputs.table, 1, 0, double=True)
        assert host.selections[-1] == Selection(-1, 1)
        assert host.view.inputs.going.isVisible() and host.view.inputs.going.model().rowCount() == 4


def test_a_layer_that_is_gone_is_shown_no_more(neuron: Host) -> None:
    smaller = replace(PROJECT, network=NetworkSpec(layers=()))
    with inspector(neuron.qtbot, smaller) as other:
        neuron.session = other.session
        neuron.bring()
    assert shown_page(neuron) is None and neuron.view._empty.isVisible()


def test_hidden_it_asks_for_nothing_and_when_shown_again_for_what_is_selected(neuron: Host) -> None:
    neuron.view.hide()
    assert neuron.asked is None
    neuron.view.show_selection(Selection(0, 3))
    assert neuron.asked is None
    neuron.view.show()
    assert neuron.asked == InspectionRequest(0, 3)


def test_after_a_failure_it_says_that_there_is_nothing(neuron: Host) -> None:
    neuron.view.clear()
    assert shown_page(neuron) is None and neuron.view._empty.text() == NO_NETWORK
    neuron.bring()
    assert title(neuron) == "Layer 2, neuron 1 · Tanh"


def test_the_menu_of_a_row_freezes_and_copies(neuron: Host) -> None:
    table = neuron.view.neuron.coming
    click(neuron, table, 1, WEIGHT)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(table.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    neuron.qtbot.keyClick(menu, Key.Key_F)
    assert neuron.locks[-1][1] == "Freeze layer 1 neuron 2 → layer 2 neuron 1"


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
@pytest.mark.parametrize("selection", [None, Selection(-1), Selection(0), Selection(1, 1), Selection(0, 0, 1)])
def test_every_control_has_a_name_and_words(qtbot: QtBot, theme: Theme, selection: Selection | None) -> None:
    with inspector(qtbot, selection=selection) as host:
        host.view.set_theme(theme)
        for button in host.view.findChildren(QToolButton):
            if button.isVisible():
                assert button.objectName() and button.toolTip() and button.text()
                assert min(button.width(), button.height()) >= 24


NARROWEST = 520  # pixels that the narrowest window leaves to what stands below the network and the output


@pytest.mark.parametrize("size", [(1040, 160), (500, 400), (300, 200)])
def test_it_can_be_made_small(qtbot: QtBot, size: tuple[int, int]) -> None:
    with inspector(qtbot, selection=Selection(1, 0), size=size) as host:
        assert host.view.width() <= max(size[0], NARROWEST) and shown_page(host) is host.view.neuron


def test_a_filter_of_a_network_that_looks_at_pictures_is_shown_too(qtbot: QtBot) -> None:
    layers = (Conv2DSpec(filters=2), FlattenSpec(), DropoutSpec(0.2), DenseSpec(3))
    project = Project(data=DataSpec(source=ImagesSource()), network=NetworkSpec(layers=layers))
    with inspector(qtbot, project, selection=Selection(0)) as host:
        assert title(host) == "Layer 1 · 2 filters · ReLU"
        assert "one filter" in host.view.layer.sentences.text()
        host.select(Selection(0, 1))
        assert host.view.neuron.coming.model().index(4, NAME).data() == "channel 1, row 2, column 2"
        assert not host.view.neuron.going.isVisible() and not host.view.neuron.off.isVisible()
        host.select(Selection(1, 2, 10))
        assert not host.view.edge.source.isEnabled() and host.view.edge.target.isEnabled()
