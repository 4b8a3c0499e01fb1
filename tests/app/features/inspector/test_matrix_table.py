"""The matrix of a layer: shown, copied, pasted, edited and frozen with real keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplayground.app.features.inspector.matrix_model import MatrixModel
from nnplayground.app.features.inspector.matrix_table import MatrixTable
from nnplayground.app.ui.contrast import LEAST_CONTRAST, contrast
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import NetworkSpec
from nnplayground.project.parameter_index import FrozenParameter, ParameterIndex, Selection
from tests.app.features.inspector.inspected import PROJECT, Host, click, clipboard, inspector, type_into

CTRL = Qt.KeyboardModifier.ControlModifier
Role = Qt.ItemDataRole


@pytest.fixture
def layer(qtbot: QtBot) -> Iterator[Host]:
    with inspector(qtbot, selection=Selection(0)) as host:
        yield host


def table(host: Host) -> MatrixTable:
    return host.view.layer.table


def press(host: Host, key: Qt.Key) -> None:
    host.qtbot.keyClick(table(host), key, CTRL)


def select(host: Host, top: int, left: int, bottom: int, right: int) -> None:
    model = table(host).model()
    block = QItemSelection(model.index(top, left), model.index(bottom, right))
    table(host).selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_it_is_w_out_in_with_the_biases_last_and_its_shape_in_words(layer: Host) -> None:
    model = table(layer).model()
    assert (model.rowCount(), model.columnCount()) == (4, 3)
    across = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(3)]
    up = [model.headerData(place, Qt.Orientation.Vertical) for place in range(4)]
    assert across == ["x₁", "x₂", "bias b"] and up[0] == "neuron 1"
    for row in range(4):
        for column in range(3):
            assert float(model.index(row, column).data(Role.EditRole)) == layer.matrix[row, column]
    assert "W[out, in] = 4 × 2: 4 neurons with 2 inputs each; b has 4 numbers." in layer.view.layer.sentences.text()


def test_what_was_copied_is_pasted_back_bit_for_bit(layer: Host) -> None:
    rng = np.random.default_rng(1)
    numbers = rng.normal(size=(4, 3)) * 10.0 ** rng.integers(-9, 5, (4, 3))
    places = [(table(layer).matrix.place(row, column), numbers[row, column]) for row in range(4) for column in range(3)]
    layer.session.run.set_values([(place, float(value)) for place, value in places])
    layer.bring()
    press(layer, Qt.Key.Key_C)
    copied = clipboard()
    layer.session.restart()
    layer.bring()
    assert layer.matrix.tobytes() != numbers.tobytes()
    press(layer, Qt.Key.Key_V)
    assert np.ascontiguousarray(layer.matrix).tobytes() == numbers.tobytes()
    assert layer.values[-1][2] == "Paste 4 × 3 weights" and len(layer.values) == 1
    press(layer, Qt.Key.Key_C)
    assert clipboard() == copied


def test_pasting_what_is_there_already_changes_nothing(layer: Host) -> None:
    press(layer, Qt.Key.Key_C)
    press(layer, Qt.Key.Key_V)
    assert not layer.values and not layer.refusals


def test_a_block_from_a_spreadsheet_of_another_country_is_pasted_over_the_selected_block(layer: Host) -> None:
    before = layer.matrix.copy()
    select(layer, 1, 0, 2, 1)
    QApplication.clipboard().setText("0,5\t-1,25\r\n2\t3e-2\r\n")
    press(layer, Qt.Key.Key_V)
    before[1:3, 0:2] = [[0.5, -1.25], [2.0, 0.03]]
    assert np.array_equal(layer.matrix, before)


def test_what_does_not_fit_is_refused_and_nothing_is_lost(layer: Host) -> None:
    before = layer.matrix.copy()
    QApplication.clipboard().setText("1\t2\n3\t4")
    press(layer, Qt.Key.Key_V)
    assert layer.refusals == [
        (
            "The clipboard holds 2 × 2 numbers, but the matrix is 4 × 2, or 4 × 3 with its biases; "
            "copy as many, or select a block."
        )
    ]
    assert np.array_equal(layer.matrix, before) and not layer.values


def test_escape_selects_nothing_so_that_the_whole_matrix_is_meant_again(layer: Host) -> None:
    select(layer, 0, 0, 1, 1)
    layer.qtbot.keyClick(table(layer), Qt.Key.Key_Escape)
    QApplication.clipboard().setText("\n".join(["1 2"] * 4))
    press(layer, Qt.Key.Key_V)
    assert layer.matrix[:, :2].tolist() == [[1.0, 2.0]] * 4


def test_frozen_numbers_stay_when_others_are_pasted_over_them(qtbot: QtBot) -> None:
    frozen = replace(PROJECT.network, frozen=(FrozenParameter(0, 1, 0, 0.125),))
    with inspector(qtbot, replace(PROJECT, network=frozen), selection=Selection(0)) as host:
        QApplication.clipboard().setText("\n".join(["1 2"] * 4))
        press(host, Qt.Key.Key_V)
        assert host.matrix[:, 0].tolist() == [1.0, 0.125, 1.0, 1.0]
        assert "1 frozen number stayed" in host.refusals[0]
        assert table(host).model().index(1, 0).data(Role.DecorationRole) is not None
        assert table(host).model().index(0, 0).data(Role.DecorationRole) is None


def test_python_and_csv_are_copied_from_the_menu(layer: Host) -> None:
    for action in layer.view.layer.copy.menu().actions()[1:]:
        action.trigger()
        text = clipboard()
        layer.session.restart()
        layer.bring()
        assert text.startswith(("W = np.array([", ",x₁,x₂,bias\nlayer 1 neuron 1,"))
        QApplication.clipboard().setText(text)
        press(layer, Qt.Key.Key_V)
        press(layer, Qt.Key.Key_C)
        action.trigger()
        assert clipboard() == text


def test_a_selected_block_is_copied_alone(layer: Host) -> None:
    select(layer, 2, 1, 3, 2)
    press(layer, Qt.Key.Key_C)
    assert [[float(cell) for cell in line.split("\t")] for line in clipboard().split("\n")] == layer.matrix[
        2:, 1:
    ].tolist()


def test_a_cell_is_edited_in_place(layer: Host) -> None:
    click(layer, table(layer), 2, 1, double=True)
    type_into(layer, table(layer), "7")
    assert layer.values[-1][1] == ((ParameterIndex(0, 2, 1), 7.0),)
    assert table(layer).model().index(2, 1).data() == "7.00"


def test_a_block_is_frozen_and_let_go(layer: Host) -> None:
    select(layer, 0, 1, 1, 2)
    table(layer)._lock(True)
    assert {lock.place for lock in layer.locks[-1][0]} == {
        ParameterIndex(0, 0, 1),
        ParameterIndex(0, 0),
        ParameterIndex(0, 1, 1),
        ParameterIndex(0, 1),
    }
    assert layer.locks[-1][1] == "Freeze 4 numbers"
    table(layer)._lock(False)
    assert layer.locks[-1][0] == ()


def test_the_name_of_a_row_leads_to_its_neuron(layer: Host) -> None:
    header = table(layer).verticalHeader()
    place = header.viewport().rect().center()
    place.setY(header.sectionViewportPosition(2) + 4)
    layer.qtbot.mouseDClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert layer.selections[-1] == Selection(0, 2)


def test_of_a_huge_matrix_only_what_can_be_seen_is_asked_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    project = replace(PROJECT, network=NetworkSpec(layers=(DenseSpec(1500), DenseSpec(1500))))
    asked = set()

    def data(model: MatrixModel, index: QModelIndex, role: int = Role.DisplayRole) -> object:
        asked.add((index.row(), index.column()))
        return real(model, index, role)

    real = MatrixModel.data
    monkeypatch.setattr(MatrixModel, "data", data)
    with inspector(qtbot, project, selection=Selection(1)) as host:
        QApplication.processEvents()
        model = table(host).model()
        assert (model.rowCount(), model.columnCount()) == (1500, 1501)
        assert 0 < len(asked) < 1000
        press(host, Qt.Key.Key_C)
        assert "too many for the clipboard" in host.refusals[-1]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_number_can_be_read_on_its_ground(layer: Host, theme: Theme) -> None:
    layer.view.set_theme(theme)
    model = table(layer).model()
    for value in np.linspace(-1.5, 1.5, 61):
        layer.session.run.set_values([(ParameterIndex(0, 0, 0), float(value))])
        layer.bring()
        index = model.index(0, 0)
        assert contrast(index.data(Role.ForegroundRole), index.data(Role.BackgroundRole)) >= LEAST_CONTRAST


def test_a_network_that_has_overflowed_is_shown_and_its_numbers_cannot_be_frozen(layer: Host) -> None:
    layer.session.run.network.parameters[:] = np.nan
    layer.bring()
    assert table(layer).model().index(0, 0).data() == "not a number"
    select(layer, 0, 0, 0, 0)
    table(layer)._lock(True)
    assert "cannot be frozen" in layer.refusals[-1] and not layer.locks
