"""All weights and biases of a network as a table, to be saved."""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.export.table_csv import Column

BIAS = "bias"


def weights_table(architecture: Architecture, parameters: Floats) -> dict[str, Column]:
    """Return a row for each number of the flat `parameters`: layer with weights, neuron and input, counted from 1.

    The input of a bias is called `bias`.
    """
    layers, neurons, inputs, values = [], [], list[str](), []
    for place, matrix in enumerate(architecture.matrices(parameters), start=1):
        out, below = matrix.shape
        layers.append(np.full(matrix.size, place))
        neurons.append(np.repeat(np.arange(1, out + 1), below))
        inputs += [*map(str, range(1, below)), BIAS] * out
        values.append(matrix.ravel())
    return {
        "layer": np.concatenate(layers),
        "neuron": np.concatenate(neurons),
        "input": inputs,
        "value": np.concatenate(values),
    }
