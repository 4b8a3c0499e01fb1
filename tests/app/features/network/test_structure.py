"""What network is on show, in words and by column."""

from __future__ import annotations

from nnplayground.app.features.network.structure import Structure, kept_columns
from nnplayground.engine.architecture import Architecture
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec, LayerSpec

A, B, C = DenseSpec(4), DenseSpec(2, "relu"), DenseSpec(7)


def structure(*layers: LayerSpec) -> Structure:
    return Structure(("x1", "x2"), ("blue",), layers)


def test_the_network_in_words() -> None:
    words = structure(A, B).in_words()
    assert words == "2 inputs: x1, x2; layer 1: 4 neurons, Tanh; layer 2: 2 neurons, ReLU; 1 output: blue."


def test_no_hidden_layer_is_said_in_words() -> None:
    assert structure().in_words().endswith("No hidden layer: this is linear or logistic regression.")


def test_a_network_fits_when_sizes_and_activations_are_the_same() -> None:
    shown = structure(A, B)
    assert shown.fits(Architecture.dense((2, 4, 2, 1), ("tanh", "relu", "sigmoid")))
    assert not shown.fits(Architecture.dense((2, 4, 3, 1), ("tanh", "relu", "sigmoid")))
    assert not shown.fits(Architecture.dense((2, 4, 2, 1), ("tanh", "tanh", "sigmoid")))
    assert not shown.fits(Architecture.dense((2, 4, 1), ("tanh", "sigmoid")))


def test_units_are_named_as_in_a_sentence() -> None:
    shown = structure(A, B)
    assert [shown.unit_name(column, 0) for column in range(4)] == [
        "input x1", "layer 1 neuron 1", "layer 2 neuron 1", "output blue",
    ]  # fmt: skip


def test_another_size_keeps_every_column() -> None:
    assert kept_columns(structure(A, B), structure(C, B)) == {0: 0, 1: 1, 2: 2, 3: 3}


def test_an_insertion_keeps_the_layers_on_both_sides() -> None:
    assert kept_columns(structure(A, B), structure(A, C, B)) == {0: 0, 1: 1, 3: 2, 4: 3}


def test_a_removal_keeps_the_other_layers() -> None:
    assert kept_columns(structure(A, C, B), structure(A, B)) == {0: 0, 1: 1, 2: 3, 3: 4}


def test_other_inputs_are_not_taken_for_the_old_ones() -> None:
    new = Structure(("x1", "x1^2"), ("blue",), (A,))
    assert kept_columns(structure(A), new) == {1: 1, 2: 2}


def test_dropout_is_told_in_words_and_changes_nothing_else() -> None:
    dropping = A, DropoutSpec(0.2)
    assert "layer 1: 4 neurons, Tanh, drop 20 %;" in structure(*dropping, B).in_words()
    assert structure(*dropping, B).fits(Architecture.dense((2, 4, 2, 1), ("tanh", "relu", "sigmoid")))
    assert kept_columns(structure(A, B), structure(*dropping, B)) == {0: 0, 1: 1, 2: 2, 3: 3}
