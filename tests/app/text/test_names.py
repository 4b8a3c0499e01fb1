"""Names of layers, neurons and weights."""

from __future__ import annotations

import pytest

from nnplayground.app.text.names import INPUTS, Names
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Dense
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec, LayerSpec, MaxPool2DSpec
from nnplayground.project.parameter_index import ParameterIndex, Selection


def names_of(*hidden: LayerSpec, inputs: tuple[str, ...] = ("x1", "x2"), outputs: tuple[str, ...] = ("blue",)) -> Names:
    layers = (*(layer.layer() for layer in hidden), Dense(len(outputs), "tanh"))
    return Names(Architecture((len(inputs),), layers), hidden, inputs, outputs)


def pictures() -> Names:
    hidden = (Conv2DSpec(2, 3), MaxPool2DSpec(), FlattenSpec(), DenseSpec(4))
    layers = (*(layer.layer() for layer in hidden), Dense(10, "softmax"))
    return Names(Architecture((1, 8, 8), layers), hidden, (), tuple("0123456789"))


def test_layers_count_as_in_the_drawing() -> None:
    names = names_of(DenseSpec(4), DropoutSpec(0.5), DenseSpec(2))
    assert [names.layer(layer) for layer in range(-1, 3)] == ["Inputs", "Layer 1", "Layer 2", "Output"]
    assert names.title(0, 2) == "Layer 1, neuron 3"
    assert names.unit(1, 0) == "layer 2 neuron 1"
    assert names.unit(2, 0) == "output blue"
    assert names.title(2, 0) == "Output blue"


def test_weights_are_named_by_where_they_lead() -> None:
    names = names_of(DenseSpec(4), DropoutSpec(0.5), DenseSpec(2))
    assert names.weight(ParameterIndex(1, 0, 2)) == "layer 1 neuron 3 → layer 2 neuron 1"
    assert names.weight(ParameterIndex(0, 3, 1)) == "input x₂ → layer 1 neuron 4"
    assert names.weight(ParameterIndex(2, 0)) == "bias of output blue"
    assert names.source(1, 2) == "layer 1 neuron 3"
    assert names.below(1, 2) == Selection(0, 2)
    assert names.below(0, 1) == Selection(INPUTS, 1)


def test_a_plain_output_has_no_name_of_its_own() -> None:
    assert names_of(outputs=("output",)).title(0, 0) == "Output"


def test_in_pictures_places_are_named_by_channel_row_and_column() -> None:
    names = pictures()
    assert [names.layer(layer) for layer in range(-1, 3)] == ["Inputs", "Layer 1", "Layer 4", "Output"]
    assert names.title(0, 1) == "Layer 1, filter 2"
    assert names.source(0, 5) == "channel 1, row 2, column 3"
    assert names.source(1, 9 + 4) == "layer 2 filter 2, row 2, column 2"
    assert names.short_source(1, 9 + 4) == "2·2·2"
    assert names.below(1, 0) is None and names.below(2, 3) == Selection(1, 3)


@pytest.mark.parametrize(
    ("selection", "there"),
    [
        (Selection(0), True),
        (Selection(0, 3, 1), True),
        (Selection(-1, 1), True),
        (Selection(1, 0), True),
        (Selection(2), False),
        (Selection(0, 4), False),
        (Selection(0, 0, 2), False),
        (Selection(-1, 2), False),
        (Selection(-2), False),
        (Selection(0, None, 1), False),
    ],
)
def test_only_what_the_network_has_can_be_shown(selection: Selection, there: bool) -> None:
    assert names_of(DenseSpec(4)).has(selection) is there
