"""What the boundary view hands out as columns of numbers."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.samples.tables import map_table, points_table
from nnplayground.arrays import Floats
from nnplayground.training.observe.answers import Answers
from nnplayground.training.observe.maps import Maps
from tests.app.features.output.views import SIDE, corners, frame, shown_view
from tests.app.snapshots import made_data, made_maps, made_snapshot


def lengths(table: dict[str, Floats]) -> set[int]:
    return {len(column) for column in table.values()}


def test_each_cell_of_a_map_has_a_line_with_its_centre_and_its_answer() -> None:
    data = corners()
    outputs = np.arange(6.0).reshape(1, 2, 3)
    table = map_table(made_maps(data, outputs), data)
    assert table["x1"].tolist() == [-4.0, 0.0, 4.0, -4.0, 0.0, 4.0]
    assert table["x2"].tolist() == [-3.0, -3.0, -3.0, 3.0, 3.0, 3.0]
    assert table["answer"].tolist() == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def test_more_classes_have_a_column_each_and_a_unit_one() -> None:
    data = made_data([[0.0, 0.0]] * 3, [0.0, 1.0, 2.0], classes=("a", "b", "c"))
    maps = made_maps(data, np.arange(12.0).reshape(3, 2, 2))
    assert list(map_table(maps, data)) == ["x1", "x2", "answer a", "answer b", "answer c"]
    assert map_table(maps, data, unit=(0, 1))["answer"].tolist() == [4.0, 5.0, 6.0, 7.0]


def test_a_curve_has_each_place_once_and_components_are_called_so() -> None:
    one = made_data([[1.0], [2.0]], [0.0, 1.0], names=("size",), bounds=[(0.0, 4.0)])
    maps = Maps(0, 0, (0.0, 0.0), (4.0, 4.0), (np.tile([0.1, 0.9], (1, 2, 1)),))
    table = map_table(maps, one)
    assert table["size"].tolist() == [1.0, 3.0] and table["answer"].tolist() == [0.1, 0.9]
    four = made_data([[0.0] * 4, [1.0] * 4], [0.0, 1.0], names=tuple("abcd"), bounds=[(0.0, 1.0)] * 4)
    scores = Maps(0, 1, (-1.0, -1.0), (1.0, 1.0), (np.zeros((1, 2, 2)),), "components")
    assert list(map_table(scores, four))[:2] == ["component 1", "component 2"]


def test_the_samples_come_with_part_and_answer() -> None:
    table = points_table(corners(), Answers(np.array([1.0, 0.0, 1.0, 1.0]), np.zeros(4)))
    assert list(table) == ["x1", "x2", "target", "part", "predicted"]
    assert table["part"].tolist() == [0.0, 0.0, 1.0, 1.0]
    assert table["target"].tolist() == [1.0, 0.0, 0.0, 1.0]
    assert table["predicted"].tolist() == [1.0, 0.0, 1.0, 1.0]
    assert "predicted" not in points_table(corners())


def test_the_view_hands_out_what_it_shows(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        assert view.export_table() == {} and view.export_points() == {}
        view.show_frame(frame(corners(), predicted=(1.0, 0.0, 0.0, 1.0)))
        for wanted in (False, True):
            view.wants_relief = wanted
            table = view.export_table()
            assert lengths(table) == {SIDE * SIDE}
            np.testing.assert_allclose(table["answer"], np.tanh(table["x1"]))
        assert view.export_points()["predicted"].tolist() == [1.0, 0.0, 0.0, 1.0]
        view.stage.clear_maps()
        assert view.export_table() == {}


def test_a_curve_on_show_is_handed_out(qtbot: QtBot) -> None:
    one = made_data([[1.0], [2.0]], [0.0, 4.0], classes=(), names=("size",), bounds=[(0.0, 4.0)])
    maps = Maps(0, 0, (0.0, 0.0), (4.0, 4.0), (np.tile([0.1, 0.9], (1, 2, 1)),))
    with shown_view(qtbot) as view:
        view.show_frame(frame(corners()))
        view.show_frame(made_snapshot(one, maps=maps))
        assert view.export_table()["answer"].tolist() == [0.1, 0.9]
