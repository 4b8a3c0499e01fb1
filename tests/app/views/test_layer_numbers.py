"""One numbering of layers: that of the editor for columns, that of the list for everything else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nnplayground.app.views.layer_numbers import layer_numbers, numbered
from nnplayground.errors import UserError
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec, MaxPool2DSpec
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.training.run.run import Run


def test_columns_are_counted_without_their_dropouts_and_the_output() -> None:
    assert layer_numbers((DenseSpec(6), DropoutSpec(0.3), DenseSpec(4), DenseSpec(2))) == (1, 1, 2, 3, None)
    assert layer_numbers(()) == (None,)


def test_a_list_counts_every_layer_and_the_output() -> None:
    layers = (Conv2DSpec(), MaxPool2DSpec(), FlattenSpec(), DropoutSpec(0.3), DenseSpec(4))
    assert layer_numbers(layers) == (1, 2, 3, 4, 5, 6)


def test_a_list_counts_as_the_messages_do() -> None:
    layers = (DenseSpec(4), FlattenSpec(), DropoutSpec(0.3), MaxPool2DSpec())
    number, every = layer_numbers(layers)[3], layer_numbers(layers)[-1]
    with pytest.raises(UserError, match=f"Layer {number} of {every}: A max pooling layer"):
        Run(replace(Project(), network=NetworkSpec(layers=layers)))


def test_the_number_stands_before_the_name() -> None:
    assert (numbered(2, "Dense"), numbered(None, "Output")) == ("2 · Dense", "Output")
