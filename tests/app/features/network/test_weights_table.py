"""Weights and biases as a table: each number once, with where it belongs."""

from __future__ import annotations

import numpy as np

from nnplayground.app.features.network.weights_table import weights_table
from nnplayground.engine.architecture import Architecture
from nnplayground.export.table_csv import rows_of


def test_each_row_names_layer_neuron_and_input_of_one_number() -> None:
    architecture = Architecture.dense((2, 2, 1), ("tanh", "sigmoid"))
    parameters = np.array([0.11, 0.12, 0.10, 0.21, 0.22, 0.20, 0.31, 0.32, 0.30])
    assert list(rows_of(weights_table(architecture, parameters))) == [
        ("1", "1", "1", "0.11"),
        ("1", "1", "2", "0.12"),
        ("1", "1", "bias", "0.1"),
        ("1", "2", "1", "0.21"),
        ("1", "2", "2", "0.22"),
        ("1", "2", "bias", "0.2"),
        ("2", "1", "1", "0.31"),
        ("2", "1", "2", "0.32"),
        ("2", "1", "bias", "0.3"),
    ]
