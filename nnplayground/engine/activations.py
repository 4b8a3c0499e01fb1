"""Activation functions: what a neuron does with its weighted sum.

Each entry of `ACTIVATIONS` holds the value and the way back side by side. Arrays are laid out
`[units, samples]` (a leading axis for several runs is allowed) and results are written into given buffers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats


@dataclass(frozen=True)
class Activation:
    """One activation function.

    `value(z, out)` writes a = f(z). `backward(delta, a, scratch)` turns dC/da, held in `delta`, into
    dC/dz in place; it may use `scratch`, an array of the same shape. `hidden` tells whether the function
    makes sense inside the network; softmax does not.
    """

    value: Callable[[Floats, Floats], object]
    backward: Callable[[Floats, Floats, Floats], object]
    hidden: bool = True


def identity(z: Floats, out: Floats) -> None:
    """f(z) = z."""
    np.copyto(out, z)


def identity_backward(delta: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = 1: nothing to do."""


def tanh_backward(delta: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = 1 - a², with a = tanh(z)."""
    np.multiply(a, a, scratch)
    np.subtract(1.0, scratch, scratch)
    np.multiply(delta, scratch, delta)


def sigmoid(z: Floats, out: Floats) -> None:
    """f(z) = 1 / (1 + e⁻ᶻ); e⁻ᶻ may overflow to infinity, which gives the right limit 0."""
    np.negative(z, out)
    np.exp(out, out)
    np.add(out, 1.0, out)
    np.reciprocal(out, out)


def sigmoid_backward(delta: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = a (1 - a), with a = sigmoid(z)."""
    np.subtract(1.0, a, scratch)
    np.multiply(scratch, a, scratch)
    np.multiply(delta, scratch, delta)


def relu(z: Floats, out: Floats) -> None:
    """f(z) = max(0, z) (Nair and Hinton 2010)."""
    np.maximum(z, 0.0, out=out)


def relu_backward(delta: Floats, a: Floats, scratch: Floats) -> None:
    """f'(z) = 1 where z > 0, else 0; at z = 0 the derivative is taken as 0, as PyTorch does."""
    np.greater(a, 0.0, scratch)
    np.multiply(delta, scratch, delta)


def softmax(z: Floats, out: Floats) -> None:
    """f(z)ᵢ = eᶻⁱ / Σⱼ eᶻʲ over the units; the largest z is subtracted first, so nothing overflows."""
    np.subtract(z, z.max(axis=-2, keepdims=True), out)
    np.exp(out, out)
    np.divide(out, out.sum(axis=-2, keepdims=True), out)


def softmax_backward(delta: Floats, a: Floats, scratch: Floats) -> None:
    """dC/dzᵢ = aᵢ (dC/daᵢ - Σⱼ aⱼ dC/daⱼ): every output depends on every z."""
    np.multiply(a, delta, scratch)
    np.subtract(delta, scratch.sum(axis=-2, keepdims=True), delta)
    np.multiply(delta, a, delta)


ACTIVATIONS: dict[str, Activation] = {
    "tanh": Activation(np.tanh, tanh_backward),
    "sigmoid": Activation(sigmoid, sigmoid_backward),
    "relu": Activation(relu, relu_backward),
    "identity": Activation(identity, identity_backward),
    "softmax": Activation(softmax, softmax_backward, hidden=False),
}

HIDDEN_ACTIVATIONS = tuple(name for name, entry in ACTIVATIONS.items() if entry.hidden)
