"""The floor: one training step of a dense tanh network written out by hand for NumPy, with nothing around it.

All parameters lie in one flat vector, biases are one more column, every buffer is made once, and the step is a plain
list of NumPy calls. Nobody could use this; it only shows what the machine allows.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from measuring import RATE, Loop, Problem


def lean_loop(problem: Problem) -> Loop:
    """Return the floor: tanh everywhere, half the squared error, plain gradient descent."""
    sizes, flat, samples = problem.sizes, problem.start.copy(), len(problem.inputs)
    gradient = np.zeros_like(flat)
    matrices, gradients, start = [], [], 0
    for below, out in pairwise(sizes):
        stop = start + out * (below + 1)
        matrices.append(flat[start:stop].reshape(out, below + 1))
        gradients.append(gradient[start:stop].reshape(out, below + 1))
        start = stop
    rows = np.concatenate([problem.inputs, np.ones((samples, 1))], axis=1)
    columns, answers = rows.T, np.ascontiguousarray(problem.targets.T)
    wholes = [np.ones((out + 1, samples)) for out in sizes[1:]]
    values = [whole[:-1] for whole in wholes]
    sums, spares = ([np.empty((out, samples)) for out in sizes[1:]] for _ in range(2))
    # The last row means nothing; without the column of biases NumPy would copy a matrix for its product.
    spreads = [np.empty((out + 1, samples)) for out in sizes[1:]]
    deltas = [spread[:-1] for spread in spreads]
    forward = list(zip(matrices, sums, values, wholes, strict=True))
    backward = [
        (
            (deltas[k], wholes[k - 1].T, gradients[k], matrices[k].T, spreads[k - 1]),
            (deltas[k - 1], values[k - 1], spares[k - 1]),
        )
        for k in range(len(matrices) - 1, 0, -1)
    ]
    dot, tanh, multiply, subtract = np.dot, np.tanh, np.multiply, np.subtract
    output, delta, spare, share = values[-1], deltas[-1], spares[-1], 1.0 / samples
    first_delta, first_gradient = deltas[0], gradients[0]

    def step() -> None:
        below = columns
        for matrix, total, value, whole in forward:
            dot(matrix, below, total)
            tanh(total, value)
            below = whole
        subtract(output, answers, delta)
        multiply(delta, share, delta)
        multiply(output, output, spare)
        subtract(1.0, spare, spare)
        multiply(delta, spare, delta)
        for (upper, seen, part, transposed, spread), (lower, value, scratch) in backward:
            dot(upper, seen, part)
            dot(transposed, upper, spread)
            multiply(value, value, scratch)
            subtract(1.0, scratch, scratch)
            multiply(lower, scratch, lower)
        dot(first_delta, rows, first_gradient)
        multiply(gradient, RATE, gradient)
        subtract(flat, gradient, flat)

    return Loop(step, lambda: flat)
