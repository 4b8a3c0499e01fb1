"""How weights, biases and what is done to them are called."""

from __future__ import annotations

import pytest

from nnplayground.app.features.network.place_words import freeze_text, path_name, selection_words, set_text
from nnplayground.app.features.network.structure import Structure
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.parameter_index import ParameterIndex, Selection

STRUCTURE = Structure(("x₁", "bill length"), ("Adelie", "Gentoo"), (DenseSpec(3, off=(1,)), DenseSpec(2, "relu")))


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (ParameterIndex(0, 2, 1), "input bill length → layer 1 neuron 3"),
        (ParameterIndex(1, 0, 2), "layer 1 neuron 3 → layer 2 neuron 1"),
        (ParameterIndex(2, 1, 0), "layer 2 neuron 1 → output Gentoo"),
        (ParameterIndex(2, 0), "bias of output Adelie"),
        (ParameterIndex(1, 1), "bias of layer 2 neuron 2"),
    ],
)
def test_every_number_has_a_name(place: ParameterIndex, name: str) -> None:
    assert path_name(STRUCTURE, place) == name


def test_the_words_for_undo() -> None:
    assert set_text(STRUCTURE, ParameterIndex(0, 0), 0.5) == "Set bias of layer 1 neuron 1 to 0.5"
    assert (
        freeze_text(STRUCTURE, [ParameterIndex(2, 1, 0)], frozen=False)
        == "Unfreeze weight layer 2 neuron 1 → output Gentoo"
    )
    into = [ParameterIndex(1, 0, source) for source in range(3)]
    assert freeze_text(STRUCTURE, into, frozen=True) == "Freeze the weights into layer 2 neuron 1"
    layer = [ParameterIndex(2, unit, source) for unit in range(2) for source in (None, 0, 1)]
    assert freeze_text(STRUCTURE, layer, frozen=True) == "Freeze outputs"
    assert freeze_text(STRUCTURE, [*into, *layer], frozen=True) == "Freeze 9 numbers"


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (Selection(-1), "Selected: inputs, 2 inputs."),
        (Selection(0), "Selected: layer 1, 3 neurons, Tanh."),
        (Selection(2), "Selected: outputs, 2 neurons."),
        (Selection(0, 1), "Selected: layer 1 neuron 2, switched off."),
        (Selection(-1, 0), "Selected: input x₁."),
        (Selection(2, 0, 1), "Selected: weight layer 2 neuron 2 → output Adelie."),
    ],
)
def test_a_selection_is_told_as_a_sentence(selection: Selection, words: str) -> None:
    assert selection_words(STRUCTURE, selection) == words
