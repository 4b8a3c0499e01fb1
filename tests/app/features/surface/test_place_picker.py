"""Choosing one weight or bias by three lists."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from nnplayground.app.features.surface.place_picker import PlacePicker, first_places, fits
from nnplayground.app.text.names import Names
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Conv2D, Dense, Flatten
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, FlattenSpec
from nnplayground.project.parameter_index import ParameterIndex

DENSE = Names(
    Architecture.dense((2, 3, 2), ("tanh", "softmax")), (DenseSpec(3, "tanh"),), ("x1", "x2"), ("orange", "blue")
)
PICTURES = Names(
    Architecture((1, 4, 4), (Conv2D(2, 3, "relu"), Flatten(), Dense(2, "softmax"))),
    (Conv2DSpec(2, 3), FlattenSpec()),
    tuple(f"pixel {place}" for place in range(16)),
    ("zero", "one"),
)


@pytest.fixture
def picker(qtbot: QtBot) -> PlacePicker:
    widget = PlacePicker("across", "Across")
    qtbot.addWidget(widget)
    return widget


def texts(picker: PlacePicker) -> list[list[str]]:
    return [[box.itemText(row) for row in range(box.count())] for box in picker.boxes]


def pick(picker: PlacePicker, which: int, row: int) -> None:
    """What a user does in a list."""
    picker.boxes[which].setCurrentIndex(row)
    picker.boxes[which].activated.emit(row)


def test_lists_name_what_the_network_has(picker: PlacePicker) -> None:
    picker.show_place(DENSE, ParameterIndex(1, 1, 2))
    assert texts(picker) == [
        ["Layer 1", "Output"],
        ["Orange", "Blue"],
        ["bias", "from neuron 1", "from neuron 2", "from neuron 3"],
    ]
    assert [box.currentIndex() for box in picker.boxes] == [1, 1, 3]


def test_filters_are_named_by_their_places(picker: PlacePicker) -> None:
    picker.show_place(PICTURES, ParameterIndex(0, 1, None))
    layers, units, sources = texts(picker)
    assert units == ["Filter 1", "Filter 2"]
    assert sources[:3] == ["bias", "from 1·1·1", "from 1·1·2"]
    assert picker.boxes[2].currentIndex() == 0
    assert len(layers) == 2


def test_each_list_chooses_its_part_of_the_place(qtbot: QtBot, picker: PlacePicker) -> None:
    picker.show_place(DENSE, ParameterIndex(0, 0, 1))
    for which, row, wanted in (
        (1, 2, ParameterIndex(0, 2, 1)),
        (2, 0, ParameterIndex(0, 2, None)),
        (0, 1, ParameterIndex(1, 0, 0)),
    ):
        with qtbot.waitSignal(picker.chosen) as told:
            pick(picker, which, row)
        assert told.args == [wanted]
        assert picker.place == wanted


def test_showing_a_place_is_no_news(qtbot: QtBot, picker: PlacePicker) -> None:
    with qtbot.assertNotEmitted(picker.chosen):
        picker.show_place(DENSE, ParameterIndex(0, 1, 0))
        pick(picker, 1, 1)


def test_the_first_places_are_two_different_ones_that_exist() -> None:
    single = Names(Architecture.dense((1, 1), ("identity",)), (), ("x1",), ("output",))
    for names in (DENSE, PICTURES, single):
        one, other = first_places(names)
        assert one != other
        assert fits(names, one) and fits(names, other)
    assert not fits(single, ParameterIndex(0, 0, 1))
